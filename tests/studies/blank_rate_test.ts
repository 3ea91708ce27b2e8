import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import {
  MissingRunError,
  type Run,
  runName,
  storeOf,
  Training,
  writeUpExperiment,
} from "lib/experiments/mod.ts";
import {
  claims,
  correlation,
  durationNames,
  experiment,
  gather,
  results,
  sweep,
} from "lib/studies/blank_rate/mod.ts";
import runs from "../../results/blank-rate.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("blank rate: twenty experiments, each buildable, under the names that results/ knows", () => {
  const all = sweep.entries([0, 1, 2, 3, 4]).map(({ experiment }) => experiment);
  for (const experiment of all) new Training(experiment);
  assertEquals([sweep.seeds, all.length], [5, 20]);
  assertEquals(
    all.map(runName).sort(),
    runs.runs.map(({ experiment }) => runName(experiment as typeof all[0])).sort(),
  );
});

Deno.test("blank rate: trainings are the write-up's but for what is measured, and the length of phones", () => {
  const { evaluations: _, name: __, ...ours } = experiment("lstm", 3);
  const { evaluations: ___, name: ____, ...theirs } = writeUpExperiment("lstm", 3, { iters: 1000 });
  assertEquals(ours, theirs);
  const { corpus } = experiment("blstm", 3, "long");
  assertEquals(corpus, { kind: "phonemes", framesPerPhone: [8, 20] });
});

/** A run that is all blank up to step 100, and has its labels at step 140. */
function run(of: Run["experiment"], late = 0): Run {
  const row = (iter: number, blankRate: number, entropy: number, per: number) => ({
    ...{ every: 20, iter, nll: 1, per, seqAcc: 0, infeasible: 0 },
    blanks: {
      ...{ blankRate, blankPosterior: blankRate, spikesPerLabel: 1, spikeWidth: 3, entropy },
      ...{ silence: 0.1 * of.seed, blankInSilence: 1, blankInPhones: 0.5 },
    },
  });
  return {
    experiment: of,
    rows: [
      row(1, 0.3, 1.9, 0.9), // untrained: neither leaves the plateau nor counts for the entropy
      row(60, 1, 0.4, 1),
      row(80 + late, 0.995, 0.35, 0.99),
      row(100 + late, 0.98, 0.33, 0.9),
      row(140 + late, 0.6, 0.1, 0.05),
    ],
  };
}

Deno.test("gather() reads when trainings leave the plateau and what blanks come to, seed by seed", () => {
  const found = gather(
    sweep.entries([1, 2]).map(({ key, experiment }) => ({
      key,
      run: run(experiment, key.kind === "lstm" ? 200 : 0),
    })),
  );
  assertEquals(found.courses.blstm.steps, {
    perLeaves: [80, 80],
    entropyFalls: [100, 100],
    plateauEnds: [100, 100],
    solved: [140, 140],
  });
  assertEquals(found.courses.lstm.steps.solved, [340, 340]);
  assertEquals(found.courses.lstm.blankRate, [0.6, 0.6]);
  for (const r of found.courses.blstm.decisive) assertEquals(r < -0.98, true);
  for (const duration of durationNames) {
    assertEquals(found.durations[duration].silence, [0.1, 0.2]);
    assertEquals(found.durations[duration].spikeWidth, [3, 3]);
  }
});

Deno.test("correlation() is 1 of a line up, -1 of a line down, NaN of a constant", () => {
  assertAlmostEquals(correlation([1, 2, 4], [3, 5, 9]), 1);
  assertAlmostEquals(correlation([1, 2, 4], [-1, -2, -4]), -1);
  assertEquals(correlation([1, 2], [5, 5]), NaN);
});

Deno.test("blank rate: results say which run is not there", async () => {
  const missing = "blank-rate-blstm-phones8-20-seed1";
  const others = runs.runs.filter(({ experiment: { name } }) => name !== missing);
  await assertRejects(
    () => results(storeOf({ "blank-rate": { runs: others } })),
    MissingRunError,
    missing,
  );
});

Deno.test("blank rate: the stored runs give the stated verdicts, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results(storeOf({ "blank-rate": runs })));
});
