import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  type DataSet,
  dataSet,
  openDataSet,
  phonemeCorpus,
  requireKnown,
  sizesOf,
} from "lib/corpora/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { Training } from "lib/training/mod.ts";
import { smallExperiment } from "../support/experiments.ts";

Deno.test("a synthetic data set opens with and without waiting, and draws what its corpus draws", async () => {
  const waited = await openDataSet({ kind: "phonemes" }, 5),
    data = dataSet({ kind: "phonemes" }, 5);
  const batch = phonemeCorpus(5).batch(new RandomState(1), 3);
  for (const source of [waited.train, data.train, data.dev, data.test]) {
    assertEquals(source.batch(new RandomState(1), 3), batch);
    assertEquals(source.sequences, undefined);
  }
  assertEquals([data.names[0], data.names[6], data.silence], ["ε", "6", 0]);
  assertEquals(data.frameSeconds, undefined);
  const { features, labels } = sizesOf({ kind: "phonemes" });
  assertEquals([features, labels], [data.features, data.labels]);
  // deno-lint-ignore no-explicit-any -- a kind that there is not
  await assertRejects(() => openDataSet({ kind: "noise" } as any, 0), RangeError, "kind");
});

const bare: DataSet = { ...dataSet({ kind: "phonemes" }, 3), knows: [] };

Deno.test("requireKnown() names what a data set does not know", () => {
  requireKnown("Cannot train", ["alignment"], dataSet({ kind: "phonemes" }, 3));
  assertThrows(
    () => requireKnown("Cannot train", ["alignment"], bare),
    RangeError,
    "Cannot train as the data set must have a reference alignment: it has targets alone",
  );
});

Deno.test("what needs an alignment that a data set does not have fails before training starts", () => {
  const grid = { every: 5, sequences: 7, stream: 1 };
  const cases = [
    smallExperiment({ criterion: { kind: "framewise" } }),
    smallExperiment({
      criterion: { kind: "full-sum", prior: { kind: "static", priorScale: 1 } },
    }),
    ...[{ frames: {} }, { blanks: true }, { alignment: {} }].map((asked) =>
      smallExperiment({ evaluations: [{ ...grid, ...asked }] })
    ),
  ];
  for (const experiment of cases) {
    new Training(experiment);
    assertThrows(
      () => new Training(experiment, { data: bare }),
      RangeError,
      "must have a reference alignment",
    );
  }
});

Deno.test("a training with batches of features and targets alone steps and evaluates all the same", () => {
  const full = dataSet({ kind: "phonemes" }, 3);
  const train: DataSet["train"] = {
    sequences: 9,
    batch(rng, B, alloc) {
      const { x, targets } = full.train.batch(rng, B, alloc);
      return { x, targets };
    },
  };
  const experiment = smallExperiment();
  const training = new Training(experiment, { data: { ...bare, train, dev: train } });
  const other = new Training(experiment);
  assertEquals(training.step(), other.step());
  const [grid] = experiment.evaluations;
  assertEquals(training.evaluate(grid), other.evaluate(grid));
});

Deno.test("the sizes of corpora of speech are those of the longest that can come, from the options alone", () => {
  const sizes = (corpus: Parameters<typeof sizesOf>[0]) => {
    const { frames, target, features, labels } = sizesOf(corpus);
    return [frames, target, features, labels];
  };
  // Seven digits of 2.5 s with eight pauses of 0.4 s; 8 s of TIMIT with 30 phones each; 30 s of 40
  assertEquals(sizes({ kind: "digits" }), [2070, 7, 39, 11]);
  assertEquals(sizes({ kind: "digits", digitsPerSequence: [1, 2], pauseMs: [0, 100] }), [
    530,
    2,
    39,
    11,
  ]);
  assertEquals(sizes({ kind: "timit" }), [800, 240, 39, 62]);
  assertEquals(sizes({ kind: "timit", silence: "blank", features: { stack: 4, shiftMs: 5 } }), [
    400,
    240,
    156,
    53,
  ]);
  assertEquals(sizes({ kind: "recordings" }), [3000, 1200, 39, 1001]);
  const named = { labels: ["a", "b"], longestSeconds: 2, features: { stack: 3 } };
  assertEquals(sizes({ kind: "recordings", ...named }), [67, 80, 117, 3]);
});
