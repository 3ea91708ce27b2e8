import { assert, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import {
  type Experiment,
  readModel,
  requireExperiment,
  train,
  Training,
} from "lib/experiments/mod.ts";
import { normalForm } from "lib/experiments/normal_form.ts";
import { decodesAsCtc } from "lib/experiments/decode.ts";
import { encodeCheckpoint, parameterCount } from "lib/models/mod.ts";
import { RandomState, sequenceAt, sequences } from "lib/numeric/mod.ts";
import type { TransducerSystem } from "lib/systems/mod.ts";
import { memoryOf } from "lib/training/mod.ts";
import { spelling } from "../support/experiments.ts";

const transducer = {
  kind: "transducer",
  prediction: { kind: "lstm", hidden: 8 },
  joint: 16,
} as const;

const small = (change: Partial<Experiment> = {}) => spelling(transducer, 60, change);

Deno.test("an experiment names a transducer, and it learns to spell in sixty steps", async () => {
  const [first, last] = await Array.fromAsync(train(small()));
  assertGreater(first.per, 0.5);
  assertLess(last.per, 0.1);
  assertLess(last.nll, first.nll / 10);
  assertEquals(last.infeasible, 0);
});

Deno.test("a one-directional transducer streams what it recognises offline, and is read back from its file", () => {
  const training = new Training(small({ model: { kind: "lstm", hidden: 8 } }));
  for (let n = 0; n < 10; n++) training.step();
  const bytes = encodeCheckpoint(training.params, {
    experiment: JSON.stringify(training.experiment),
  });
  const read = readModel(bytes), system = read.system as TransducerSystem;
  assertEquals(Object.keys(read.params).sort(), Object.keys(training.params).sort());
  for (const name of Object.keys(read.params)) {
    assert(/^(?:encoder\.|embedding$|prediction\.|joint\.)/.test(name), name);
  }
  const { x } = training.data.dev.batch(new RandomState(5), 3);
  const offline = system.decode(read.params, x).sequences;
  offline.forEach(({ labels }, b) => {
    const stream = system.stream(read.params);
    stream.push(sequenceAt(x, b));
    assertEquals(stream.given.map(({ label }) => label), labels);
  });
  assertEquals(training.system.decode(training.params, x).sequences, offline);
  const alone = sequences([sequenceAt(x, 0)]);
  assertEquals(system.decode(read.params, alone).sequences[0].labels, offline[0].labels);
});

Deno.test("the weights of a transducer are no other system's, and other files none of its", () => {
  const { params, experiment } = new Training(small());
  const bytes = encodeCheckpoint(params, {
    experiment: JSON.stringify({ ...experiment, criterion: { kind: "ctc" } }),
  });
  assertThrows(() => readModel(bytes), SyntaxError, "its weights are not those of its experiment");
});

Deno.test("a model's output layer is left out of a transducer's encoder, and may have no options there", () => {
  const layers = (...layers: object[]) =>
    new Training(small({ model: { kind: "layers", layers } as Experiment["model"] })).params;
  const gru = { kind: "gru", hidden: 4 };
  assertEquals(layers(gru), layers(gru, { kind: "linear" }));
  assert("encoder.1.W" in layers(gru, { kind: "linear", size: 3 }));
  assertThrows(
    () => layers(gru, { kind: "linear", blankBias: 1 }),
    RangeError,
    "the blankBias of its",
  );
  assertThrows(() => layers({ kind: "linear" }), RangeError, "a layer below the output");
});

Deno.test("a transducer has no posterior of frames to measure, and says so", () => {
  const asks = { evaluations: [{ every: 1, sequences: 2, stream: 1, blanks: true }] };
  assertThrows(() => new Training(small(asks)), RangeError, "the system must have posterior()");
  assertEquals(decodesAsCtc({ experiment: small() }), false);
});

Deno.test("a transducer at its defaults is the same run as one that states them", () => {
  const stated = {
    ...transducer,
    prediction: { ...transducer.prediction, embedding: 8 },
    labelsPerFrame: 5,
  };
  assertEquals(normalForm(small({ criterion: stated })), normalForm(small()));
  const wider = { ...transducer, joint: 17 };
  assert(
    JSON.stringify(normalForm(small({ criterion: wider }))) !== JSON.stringify(normalForm(small())),
  );
});

Deno.test("the memory of a transducer counts its weights four times, and grows with all its sizes", () => {
  const of = (change: Partial<Experiment>) => memoryOf(small(change));
  const count = parameterCount(new Training(small()).system);
  assertGreater(of({}), 8 * 4 * count);
  const joint = (joint: number) => of({ criterion: { ...transducer, joint } });
  const hidden = (hidden: number) =>
    of({ criterion: { ...transducer, prediction: { kind: "gru", hidden } } });
  assertGreater(joint(32), joint(16));
  assertGreater(hidden(32), hidden(16));
  assertGreater(of({ batch: 16 }), of({}));
  const grown = { ...transducer, prediction: { kind: "lstm", hidden: 5, embedding: 7 } } as const;
  const experiment = small({ criterion: grown, model: { kind: "lstm", hidden: 3 } });
  const more = { ...experiment, criterion: { ...grown, joint: 17 } };
  const weights = (one: Experiment) => parameterCount(new Training(one).system);
  // One unit more of the joint network, its weights counted as they are.
  const grows = memoryOf(more) - memoryOf(experiment) -
    8 * 4 * (weights(more) - weights(experiment));
  assertGreater(grows, 0);
});

Deno.test("the same transducer trains to the same bits", async () => {
  const short = small({ iters: 3, evaluations: [{ every: 3, sequences: 4, stream: 1 }] });
  assertEquals(await Array.fromAsync(train(short)), await Array.fromAsync(train(short)));
});

Deno.test("an experiment may let a transducer say up to 100 labels at a frame, no more", () => {
  const of = (labelsPerFrame: number) => small({ criterion: { ...transducer, labelsPerFrame } });
  requireExperiment(of(100));
  assertThrows(
    () => requireExperiment(of(101)),
    RangeError,
    "labelsPerFrame must be a whole number",
  );
});
