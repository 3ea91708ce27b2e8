import { assertEquals, assertNotEquals } from "@std/assert";
import { type DataSet, dataSet } from "lib/corpora/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { heldOutBatches, recognised } from "lib/training/held_out.ts";
import { Training } from "lib/training/mod.ts";
import { fakeVoices } from "../support/fake_voices.ts";
import { smallExperiment } from "../support/experiments.ts";

const data = fakeVoices({ stack: 4, sentences: 3 });

/** The targets of all batches of an evaluation. */
function heard(
  sequences: number,
  split: "dev" | "test" | undefined,
  of: Pick<DataSet, "dev" | "test"> = data,
  seed = 1,
) {
  const { count, draw } = heldOutBatches({ sequences, split }, of, 16, new RandomState(seed));
  return Array.from({ length: count }, (_, n) => draw(n).targets);
}

Deno.test("a split with an end is heard once, sequence by sequence, whatever the stream", () => {
  for (const split of ["dev", "test"] as const) {
    const source = data[split], N = source.sequences;
    const all = source.take(Array.from({ length: N }, (_, n) => n)).targets;
    const batches = heard(1000, split);
    assertEquals(batches.flat(), all);
    assertEquals(
      batches.map(({ length }) => length).slice(0, -1),
      Array(batches.length - 1).fill(16),
    );
    assertEquals(heard(N, split, data, 2), batches);
  }
  assertNotEquals(heard(50, "dev").flat(), heard(50, "test").flat());
});

Deno.test("of a split with more sequences some at equal distances are heard, of every voice alike", () => {
  const places = Array.from({ length: 6 }, (_, n) => 25 * n);
  assertEquals(heard(6, "dev").flat(), data.dev.take(places).targets);
  const { draw } = heldOutBatches({ sequences: 6, split: "dev" }, data, 16, new RandomState(1));
  assertEquals(draw(0).speakers, ["slt", "slt", "rms", "rms", "kal16", "kal16"]);
});

Deno.test("without a split, or where it has no end, fresh sequences are drawn from the stream", () => {
  const rng = new RandomState(1);
  assertEquals(heard(20, undefined), [16, 4].map((B) => data.dev.batch(rng, B).targets));
  const phonemes = dataSet({ kind: "phonemes" }, 3);
  assertEquals(heard(20, "test", phonemes), heard(20, undefined, phonemes));
  assertNotEquals(heard(20, "test", phonemes, 2), heard(20, "test", phonemes));
});

Deno.test("an evaluation of a split measures the whole of it, and leaves the training as it is", () => {
  const corpus = { kind: "voices", stack: 4, sentences: 3 } as const;
  const grid = { every: 2, sequences: 1000, stream: 5, split: "test", errors: {} } as const;
  const experiment = smallExperiment({ corpus, iters: 2, evaluations: [grid] });
  const training = new Training(experiment, { data });
  const { errors, per } = training.evaluate(grid);
  const [{ substitutions, insertions, deletions }] = errors!;
  const labels = heard(1000, "test").flat(2).length;
  assertEquals((substitutions + insertions + deletions) / labels, per);
  assertEquals(training.evaluate(grid), training.evaluate(grid));
  const other = new Training({ ...experiment, evaluations: [] }, { data });
  assertEquals(training.step(), other.step());
});

Deno.test("posteriors are kept where they are asked for, and are the caller's own", () => {
  const { system, params, data } = new Training(smallExperiment());
  const { x } = data.dev.batch(new RandomState(1), 3);
  const [kept, left] = [true, false].map((keep) => recognised(system, params, x, keep));
  assertEquals([kept.labels, left.logProbs], [left.labels, undefined]);
  const before = kept.logProbs!.frames.data.slice();
  recognised(system, params, data.dev.batch(new RandomState(2), 40).x, true);
  assertEquals(kept.logProbs!.frames.data, before);
});
