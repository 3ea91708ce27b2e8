import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import {
  blankDurations,
  blankRateDurations,
  type Experiment,
  MissingRunError,
  type Run,
} from "lib/experiments/mod.ts";

/** A store whose runs have a first row of nonsense, and one at the end that tells the seed. */
function storeOf(missing: (experiment: Experiment) => boolean) {
  const row = (iter: number, silence: number): Run["rows"][number] => ({
    ...{ every: 20, iter, nll: 1, per: 0, seqAcc: 1, infeasible: 0 },
    blanks: {
      ...{ blankRate: 0.5, blankPosterior: 0.5, spikesPerLabel: 1, spikeWidth: 3, entropy: 0 },
      ...{ silence, blankInSilence: 1 - silence, blankInPhones: 0.5 },
    },
  });
  const read = (experiment: Experiment): Promise<Run | undefined> =>
    Promise.resolve(
      missing(experiment)
        ? undefined
        : { experiment, rows: [row(1, 0.9), row(1000, 0.1 * experiment.seed)] },
    );
  return { within: () => ({ read }) } as unknown as Parameters<typeof blankDurations>[0];
}

Deno.test("blankDurations() takes means of the last rows, corpus by corpus", async () => {
  const durations = await blankDurations(storeOf(() => false), [1, 2]);
  assertEquals(
    durations.map(({ name }) => name),
    blankRateDurations.map(([least, most]) => `phones of ${least} to ${most} frames`),
  );
  for (const { rows, blanks } of durations) {
    assertEquals(rows.map(({ silence }) => silence), [0.1, 0.2]);
    assertAlmostEquals(blanks.silence, 0.15);
    assertAlmostEquals(blanks.blankInSilence, 0.85);
    assertEquals(blanks.blankInPhones, 0.5);
  }
});

Deno.test("blankDurations() says which run is not there", async () => {
  const missing = ({ name }: Experiment) => name === "blank-rate-blstm-phones8-20-seed1";
  await assertRejects(
    () => blankDurations(storeOf(missing), [0, 1]),
    MissingRunError,
    "blank-rate-blstm-phones8-20-seed1",
  );
});
