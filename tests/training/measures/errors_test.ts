import { assertEquals, assertThrows } from "@std/assert";
import { dataSet } from "lib/corpora/mod.ts";
import { labelErrors, wordErrorRate } from "lib/metrics/mod.ts";
import { beamDecoder } from "lib/systems/mod.ts";
import { RandomState, sequenceAt } from "lib/numeric/mod.ts";
import { requireForm } from "lib/form/mod.ts";
import { requireMeasurable, Training } from "lib/training/mod.ts";
import { errorsForm } from "lib/training/measures/errors.ts";
import { smallExperiment, spelling } from "../../support/experiments.ts";

/** Some steps in, so that every kind of edit is made. */
function trained(errors: object) {
  const grid = { every: 40, sequences: 30, stream: 1000003, errors };
  const training = new Training(smallExperiment({ iters: 40, evaluations: [grid] }));
  for (let n = 0; n < 40; n++) training.step();
  return { training, grid };
}

Deno.test("errors are the edits of what is recognised greedily, and their rate the PER", () => {
  const { training, grid } = trained({});
  const { per, errors } = training.evaluate(grid);
  assertEquals(errors!.length, 1);
  const [{ substitutions, insertions, deletions }] = errors!;
  const batches = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const rng = new RandomState(training.experiment.seed + 1000003);
  const targets = batches.flatMap(() => training.data.dev.batch(rng, 3).targets);
  const labels = targets.reduce((sum, { length }) => sum + length, 0);
  assertEquals(errors![0].per, per);
  assertEquals((substitutions + insertions + deletions) / labels, per);
  assertEquals(deletions > 0, true);
});

Deno.test("a beam decodes the same posteriors, and is counted beside greedy decoding", () => {
  const decoders = [{ kind: "greedy" }, { kind: "beam", width: 8 }];
  const { training, grid } = trained({ decoders });
  const { per, errors } = training.evaluate(grid);
  const rng = new RandomState(training.experiment.seed + 1000003);
  const decode = beamDecoder({ beamWidth: 8 });
  const found: (readonly number[])[] = [], targets: (readonly number[])[] = [];
  for (let n = 0; n < 10; n++) {
    const batch = training.data.dev.batch(rng, 3);
    const logProbs = training.system.posterior!(training.params, batch.x);
    batch.targets.forEach((target, b) => {
      found.push(decode(sequenceAt(logProbs, b)));
      targets.push(target);
    });
  }
  const { rate, labels: _, ...edits } = labelErrors(found, targets);
  assertEquals(errors![0].per, per);
  assertEquals(errors![1], { per: rate, ...edits });
});

Deno.test("labels are folded before errors are counted: one name is no error, none is left out", () => {
  const one = ["1", "2", "3", "4", "5", "6"].map((from) => ({ from, to: "x" }));
  const { training, grid } = trained({ fold: one });
  const [{ substitutions, insertions, deletions }] = training.evaluate(grid).errors!;
  assertEquals([substitutions, insertions > 0 || deletions > 0], [0, true]);
  const none = trained({ fold: one.slice(1).map(({ from }) => ({ from })) });
  const [left] = none.training.evaluate(none.grid).errors!;
  assertEquals(left.substitutions, 0);
});

Deno.test("words between separators are counted as whole words, of labels as they are", () => {
  const { training, grid } = trained({ separator: "6", fold: [{ from: "1", to: "2" }] });
  const [{ words }] = training.evaluate(grid).errors!;
  const rng = new RandomState(training.experiment.seed + 1000003);
  const found: string[] = [], targets: string[] = [];
  const text = (labels: readonly number[]) =>
    labels.join(" ").split("6").map((word) => word.trim().replaceAll(" ", "+")).join(" ");
  for (let n = 0; n < 10; n++) {
    const batch = training.data.dev.batch(rng, 3);
    targets.push(...batch.targets.map(text));
    const { sequences } = training.system.decode(training.params, batch.x);
    found.push(...sequences.map(({ labels }) => text(labels)));
  }
  const { rate, labels: _, ...edits } = wordErrorRate(found, targets);
  assertEquals(words, { wer: rate, ...edits });
  assertThrows(
    () => requireMeasurable({ errors: { separator: " " } }, training),
    RangeError,
    'its separator must be a label of the data set: " " is none of 1 2',
  );
});

Deno.test("errors of a system without posteriors are counted, and a beam of it refused", () => {
  const criterion = {
    kind: "transducer",
    prediction: { kind: "lstm", hidden: 3 },
    joint: 4,
  } as const;
  const experiment = spelling(criterion, 2, {
    evaluations: [{ every: 2, sequences: 5, stream: 1, errors: {} }],
  });
  const training = new Training(experiment);
  const { per, errors } = training.evaluate(experiment.evaluations[0]);
  assertEquals(errors![0].per, per);
  const { system } = training, data = dataSet(experiment.corpus, 0);
  const beam = { errors: { decoders: [{ kind: "beam", width: 2 }] } } as const;
  assertThrows(
    () => requireMeasurable(beam, { system, data }),
    RangeError,
    'Cannot measure "errors" with a beam as the system must have posterior()',
  );
  assertThrows(
    () => requireMeasurable({ errors: { fold: [{ from: "zz" }] } }, { system, data }),
    RangeError,
    'every from of its fold must be a label of the data set: "zz" is none of a b',
  );
  const [blank] = data.names; // no label of a target
  for (const errors of [{ fold: [{ from: blank }] }, { separator: blank }]) {
    assertThrows(
      () => requireMeasurable({ errors }, { system, data }),
      RangeError,
      "is none of a b",
    );
  }
});

Deno.test("a grid may name one way to decode, and must not name none", () => {
  const refused = (decoders: object[]) => () =>
    requireForm("Cannot count", errorsForm, { decoders });
  refused([{ kind: "beam", width: 10_000 }])();
  assertThrows(refused([]), RangeError, "decoders must be a list of at least 1");
  assertThrows(refused([{ kind: "beam", width: 10_001 }]), RangeError, "decoders[0].width");
});
