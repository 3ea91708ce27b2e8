import { assert, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { sizesOf } from "lib/corpora/mod.ts";
import { type Experiment, readModel, train, Training } from "lib/experiments/mod.ts";
import { decodesAsCtc } from "lib/experiments/decode.ts";
import { normalForm } from "lib/experiments/normal_form.ts";
import { encodeCheckpoint, parameterCount } from "lib/models/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { memoryOf } from "lib/training/mod.ts";
import { spelling } from "../support/experiments.ts";

const attention = {
  kind: "attention",
  hidden: 16,
  attention: { kind: "additive", width: 8 },
} as const;

const small = (change: Partial<Experiment> = {}) => spelling(attention, 120, change);

Deno.test("an experiment names an attention encoder–decoder, and it learns to spell", async () => {
  const [first, last] = await Array.fromAsync(train(small()));
  assertGreater(first.per, 0.5);
  assertLess(last.per, 0.1);
  assertLess(last.nll, first.nll / 5);
  assertEquals(last.infeasible, 0);
});

Deno.test("an attention encoder–decoder is read back from its file, and decodes as it did", () => {
  const training = new Training(small({ criterion: { ...attention, ctcWeight: 0.3 } }));
  for (let n = 0; n < 10; n++) training.step();
  const bytes = encodeCheckpoint(training.params, {
    experiment: JSON.stringify(training.experiment),
  });
  const read = readModel(bytes);
  const { x } = training.data.dev.batch(new RandomState(5), 3);
  assertEquals(
    read.system.decode(read.params, x, { beamWidth: 3 }),
    training.system.decode(training.params, x, { beamWidth: 3 }),
  );
  for (const name of Object.keys(read.params)) {
    assert(/^(?:encoder|decoder|ctc)\./.test(name), name);
  }
});

Deno.test("an encoder of nothing, or with options on the output layer, is refused", () => {
  const layers = (...layers: object[]) => () =>
    new Training(small({ model: { kind: "layers", layers } as Experiment["model"] }));
  assertThrows(layers({ kind: "linear" }), RangeError, "a layer below the output");
  assertThrows(
    layers({ kind: "gru", hidden: 4 }, { kind: "linear", blankBias: 1 }),
    RangeError,
    "an attention encoder–decoder as its encoder must have no output layer",
  );
  const asks = { evaluations: [{ every: 1, sequences: 2, stream: 1, blanks: true }] };
  assertThrows(() => new Training(small(asks)), RangeError, "the system must have posterior()");
  assertEquals(decodesAsCtc({ experiment: small() }), false);
});

Deno.test("an attention encoder–decoder at its defaults is the same run as one that states them", () => {
  const stated = {
    ...attention,
    ...{ embedding: 16, labelSmoothing: 0, scheduledSampling: 0, ctcWeight: 0 },
  };
  assertEquals(normalForm(small({ criterion: stated })), normalForm(small()));
});

Deno.test("the memory of an attention encoder–decoder counts its weights, and grows with its sizes", () => {
  for (const kind of ["additive", "dot", "none"] as const) {
    const of = (hidden: number) =>
      small({
        criterion: {
          ...attention,
          hidden,
          embedding: 4,
          attention: kind === "none" ? { kind } : { kind, width: 5 },
        },
      });
    const weights = (one: Experiment) => parameterCount(new Training(one).system);
    const grows = memoryOf(of(17)) - memoryOf(of(16)) - 8 * 4 * (weights(of(17)) - weights(of(16)));
    assertGreater(grows, 0, kind);
    assertLess(grows, memoryOf(of(16)) / 4, kind);
  }
  assertGreater(memoryOf(small({ batch: 16 })), memoryOf(small()));
});

Deno.test("a hybrid counts the logits of its CTC, frame by frame, beside those weights", () => {
  const hybrid = (batch: number) => small({ batch, criterion: { ...attention, ctcWeight: 0.3 } });
  const of = (experiment: Experiment) => memoryOf({ ...experiment, evaluations: [] });
  const more = (batch: number) => of(hybrid(batch)) - of(small({ batch }));
  const { frames, labels } = sizesOf(small().corpus);
  // Logits and log-probabilities, and the gradients of both, of every sequence at least.
  assertGreater((more(90) - more(80)) / 10, 8 * 4 * frames * labels - 1);
});

Deno.test("the same attention encoder–decoder trains to the same bits", async () => {
  const short = small({
    ...{ iters: 3, pieces: 2 },
    criterion: { ...attention, scheduledSampling: 0.3 },
    evaluations: [{ every: 3, sequences: 4, stream: 1 }],
  });
  assertEquals(await Array.fromAsync(train(short)), await Array.fromAsync(train(short)));
});
