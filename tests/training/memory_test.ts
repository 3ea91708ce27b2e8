import { assert, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { sizesOf } from "lib/corpora/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import {
  type Experiment,
  heldOutBatch,
  largestMemory,
  type LayerOptions,
  memoryOf,
  requireMemory,
  Training,
} from "lib/training/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { framewiseOf } from "lib/systems/mod.ts";

/** Bytes of all matrices that one step makes, and of weights, their gradients' means and copies. */
function bytesOfStep(experiment: Experiment): number {
  const training = new Training(experiment);
  const { data, params } = training, { layer: model, criterion } = framewiseOf(training);
  let bytes = 0;
  const alloc = (rows: number, cols: number) => {
    bytes += 8 * rows * cols;
    return matrix(rows, cols);
  };
  const batch = data.train.batch(new RandomState(1), experiment.batch, alloc);
  const ctx = { alloc, training: true, rng: new RandomState(2) };
  const { y, cache } = model.forward(params, batch.x, ctx);
  const { dLogits } = criterion.loss(y, batch, alloc);
  model.backward(params, cache, dLogits, ctx);
  for (const { data } of Object.values(params)) bytes += 3 * 8 * data.length;
  return bytes;
}

const fixed: Experiment["corpus"] = {
  kind: "phonemes",
  phonesPerSequence: [9, 9],
  framesPerPhone: [8, 8],
  framesPerSilence: [3, 3],
};
const nested = (layer: LayerOptions): Partial<Experiment> => ({
  model: { kind: "layers", layers: [layer, { kind: "linear" }] },
});
const cases: Record<string, Partial<Experiment>> = {
  "blstm": { model: { kind: "blstm", hidden: 24 } },
  "lstm, large": { model: { kind: "lstm", hidden: 200 }, batch: 1 },
  "lstm, delayed": { model: { kind: "lstm", hidden: 8, delay: 90 } },
  "deep": { model: { kind: "blstm", hidden: 12, layers: 3 } },
  "pyramid": { model: { kind: "blstm", hidden: 12, layers: 3, pyramid: true } },
  "brnn": { model: { kind: "brnn", hidden: 20 } },
  "mlp": { model: { kind: "mlp", hidden: 20, radius: 10 } },
  "nested, both ways": nested({ kind: "bidirectional", of: { kind: "rnn", hidden: 30 } }),
  "nested, a gru both ways": nested({
    kind: "bidirectional",
    of: { kind: "gru", hidden: 40 },
  }),
  "nested, dropout both ways": nested({
    kind: "bidirectional",
    of: {
      kind: "layers",
      layers: [{ kind: "linear", size: 90 }, { kind: "dropout", rate: 0.3 }],
    },
  }),
  "nested, a large linear layer both ways": nested({
    kind: "bidirectional",
    of: { kind: "linear", size: 90 },
  }),
  "nested, a window in a delay": nested({
    kind: "delay",
    frames: 60,
    of: { kind: "window", hidden: 30, radius: 4 },
  }),
  "nested, a pyramid in a stack": nested({
    kind: "layers",
    layers: [{ kind: "lstm", hidden: 20 }, {
      kind: "pyramid",
      layers: [{ kind: "rnn", hidden: 20 }, { kind: "lstm", hidden: 20 }],
    }],
  }),
  "nested, conv1d": nested({ kind: "conv1d", size: 20, kernel: 5, stride: 2 }),
  "nested, conv1d in groups": nested({
    kind: "conv1d",
    size: 80,
    kernel: 7,
    padding: 3,
    groups: 4,
  }),
  "nested, conv1d, depthwise": nested({ kind: "conv1d", size: 8, kernel: 3, groups: 8 }),
  "nested, conv2d": nested({ kind: "conv2d", channels: 6, kernel: 3, stride: 2, padding: 1 }),
  "nested, conv2d without a stride": nested({ kind: "conv2d", channels: 9, kernel: 3, padding: 1 }),
  "nested, layerNorm": nested({ kind: "layerNorm" }),
  "nested, swish": nested({ kind: "swish" }),
  "nested, specAugment": nested({ kind: "specAugment" }),
  "nested, selfAttention": nested({ kind: "selfAttention", heads: 8 }),
  "nested, selfAttention, long": {
    ...nested({ kind: "selfAttention", heads: 2, relative: true }),
    corpus: { kind: "phonemes", phonesPerSequence: [60, 60] },
  },
  "nested, selfAttention both ways": nested({
    kind: "bidirectional",
    of: { kind: "selfAttention", heads: 2 },
  }),
  "nested, feedForward": nested({ kind: "feedForward", dropout: 0.1 }),
  "nested, residual": nested({ kind: "residual", of: { kind: "rnn", hidden: 8 } }),
  "nested, a conformer, long": {
    ...nested({ kind: "conformer", heads: 2, dropout: 0.1 }),
    corpus: { kind: "phonemes", phonesPerSequence: [60, 60] },
  },
  "nested, conformers behind a stride": nested({
    kind: "layers",
    layers: [
      { kind: "specAugment" },
      { kind: "conv2d", channels: 4, kernel: 3, stride: 2, padding: 1 },
      { kind: "relu" },
      { kind: "conv2d", channels: 4, inputChannels: 4, kernel: 3, stride: 2, padding: 1 },
      { kind: "linear", size: 16 },
      { kind: "conformer", heads: 4, kernel: 7, dropout: 0.1 },
      { kind: "conformer", heads: 4, kernel: 7, relative: false },
    ],
  }),
  "ffnn on words": { model: { kind: "ffnn" }, corpus: { kind: "words" } },
  "many labels": { corpus: { kind: "phonemes", phonemes: 300 } },
  "lengths fixed": { corpus: fixed, batch: 10 },
  "full sum": {
    corpus: { kind: "words", wordsPerSequence: [9, 9] },
    model: { kind: "ffnn" },
    criterion: { kind: "full-sum", prior: { kind: "batch", priorScale: 1, stopGradient: false } },
  },
};

const prior = { kind: "batch", priorScale: 1, stopGradient: false } as const;
const manyLabels: Partial<Experiment> = {
  corpus: { ...fixed, phonemes: 300, bands: 2 },
  model: { kind: "ffnn" },
};
const criteria: Experiment["criterion"][] = [
  { kind: "ctc", labelSmoothing: 0.1 },
  { kind: "framewise", labelSmoothing: 0.1 },
  { kind: "full-sum", prior },
  { kind: "full-sum", prior, labelSmoothing: 0.1 },
];
for (const criterion of criteria) {
  cases[`many labels, ${JSON.stringify(criterion)}`] = { ...manyLabels, criterion };
}

for (const [name, change] of Object.entries(cases)) {
  Deno.test(`memoryOf() is at least what a step makes, and less than six times that: ${name}`, () => {
    const experiment = smallExperiment({ batch: 6, evaluations: [], ...change });
    const share = memoryOf(experiment) / bytesOfStep(experiment);
    assert(share >= 1 && share < 6, `${share} times`);
  });
}

Deno.test("memoryOf() grows by the gradients of every piece, and the weights that workers share", () => {
  const of = (pieces: number) => memoryOf(smallExperiment({ pieces, batch: 4 }));
  const { params } = new Training(smallExperiment());
  const weights = Object.values(params).reduce((sum, { data }) => sum + data.length, 0);
  assertEquals([2, 4].map((pieces) => of(pieces) - of(1)), [8 * 3 * weights, 8 * 5 * weights]);
});

Deno.test("memoryOf() grows with the sequences of an evaluation, most where frames are kept", () => {
  const of = (sequences: number, asked: object) =>
    memoryOf(smallExperiment({ evaluations: [{ every: 1, sequences, stream: 1, ...asked }] }));
  assertGreater(of(1000, {}), of(1, {}));
  for (const asked of [{ alignment: {} }, { frames: {} }, { blanks: true }]) {
    assertGreater(of(1000, asked), 10 * of(1000, {}));
  }
  assertEquals(of(1000, { blanks: false }), of(1000, {}));
});

const systems: readonly Experiment["criterion"][] = [
  { kind: "ctc" },
  { kind: "transducer", prediction: { kind: "lstm", hidden: 4 }, joint: 4 },
  { kind: "attention", hidden: 4, attention: { kind: "additive", width: 4 } },
];
for (const criterion of systems.slice(1)) {
  Deno.test(`memoryOf() grows by the gradients of every piece of a system, too: ${criterion.kind}`, () => {
    const change = { criterion, batch: 4, evaluations: [] };
    const of = (pieces: number) => memoryOf(smallExperiment({ ...change, pieces }));
    const { params } = new Training(smallExperiment(change));
    const weights = Object.values(params).reduce((sum, { data }) => sum + data.length, 0);
    assertEquals([2, 4].map((pieces) => of(pieces) - of(1)), [8 * 3 * weights, 8 * 5 * weights]);
  });
}

Deno.test("an evaluation keeps three lists of labels a sequence, of attention as long as the frames", () => {
  const grid = { every: 1, stream: 1 };
  for (const criterion of systems) {
    const { corpus, ...rest } = smallExperiment({ criterion });
    const of = (sequences: number) =>
      memoryOf({
        ...rest,
        corpus,
        evaluations: [{ ...grid, sequences: 1 }, { ...grid, sequences }],
      });
    const { frames, target } = sizesOf(corpus);
    const most = criterion.kind === "attention" ? frames : target;
    assertEquals(of(3000) - of(1000), 2000 * 8 * 3 * most);
    assertEquals(of(1) - memoryOf({ ...rest, corpus, evaluations: [] }), 8 * 3 * most); // one by one
  }
});

const absurd: Partial<Experiment>[] = [
  { batch: 1e9 },
  { batch: 100_000, model: { kind: "blstm", hidden: 24 } },
  { model: { kind: "blstm", hidden: 20_000 } },
  { model: { kind: "lstm", hidden: 1e9 } },
  { model: { kind: "lstm", hidden: 8, layers: 1e12 } },
  ...systems.map((criterion): Partial<Experiment> => ({
    model: { kind: "blstm", hidden: 8, layers: 1e9 },
    criterion,
    evaluations: [],
  })),
  { model: { kind: "lstm", hidden: 8, delay: 1e9 } },
  { model: { kind: "mlp", hidden: 8, radius: 1e12 } },
  { model: { kind: "brnn", hidden: 1e6 } },
  nested({ kind: "lstm", hidden: 1e9 }),
  nested({ kind: "bidirectional", of: { kind: "rnn", hidden: 20_000 } }),
  nested({ kind: "delay", frames: 1e9, of: { kind: "rnn", hidden: 8 } }),
  nested({ kind: "window", hidden: 8, radius: 1e12 }),
  nested({ kind: "pyramid", layers: [{ kind: "linear", size: 1e9 }] }),
  nested({ kind: "conv1d", size: 1e9, kernel: 3 }),
  nested({ kind: "conv1d", size: 4, kernel: 1e9, padding: 1e9 }),
  nested({ kind: "conv2d", channels: 1e9, kernel: 3 }),
  nested({ kind: "feedForward", expansion: 1e9 }),
  nested({ kind: "conformer", heads: 1, expansion: 1e9 }),
  {
    ...nested({ kind: "selfAttention", heads: 2 }),
    corpus: { kind: "phonemes", phonesPerSequence: [1, 3000] },
  },
  { corpus: { kind: "phonemes", phonemes: 1e6 } },
  { corpus: { kind: "phonemes", bands: 1e9 } },
  { corpus: { kind: "phonemes", phonesPerSequence: [1, 1e9] } },
  { corpus: { kind: "phonemes", framesPerPhone: [1, 1e9] } },
  { corpus: { kind: "phonemes", framesPerSilence: [1, 1e9] } },
  { corpus: { kind: "words", wordsPerSequence: [1, 1e9] } },
  { corpus: { kind: "words", framesPerLetter: [1, 1e9] } },
  { corpus: { kind: "words", silenceFactor: [1, 1e9] } },
  { evaluations: [{ every: 1, sequences: 1e9, stream: 1 }] },
  { evaluations: [{ every: 1, sequences: 1e7, stream: 1, blanks: true }] },
];

Deno.test("what would need too much memory is refused before anything is built, with its size", () => {
  for (const change of absurd) {
    assertThrows(
      () => new Training(smallExperiment(change)),
      RangeError,
      "Cannot train as it would need about ",
    );
  }
  assertThrows(
    () => new Training(smallExperiment({ batch: 10 ** 6 })),
    RangeError,
    "GiB of memory, and may have 4 GiB: lower the sequences of a batch, the size of the model",
  );
  for (const [limit, text] of [[2000, "2000 GiB"], [2e6, "2.0e+6 GiB"]] as const) {
    assertThrows(
      () => requireMemory(smallExperiment({ batch: 1e12 }), limit * 2 ** 30),
      RangeError,
      `and may have ${text}: `,
    );
  }
});

Deno.test("the limit is the caller's to move, and bytes up to it are allowed", () => {
  const experiment = smallExperiment();
  const bytes = memoryOf(experiment);
  requireMemory(experiment, bytes);
  assertThrows(() => requireMemory(experiment, bytes - 1), RangeError);
  new Training(experiment, { memory: bytes });
  assertThrows(() => new Training(experiment, { memory: bytes - 1 }), RangeError, "would need");
  assertEquals(largestMemory, 4 * 1024 ** 3);
});

Deno.test("held-out sequences count as a batch of that size", () => {
  const training = new Training(smallExperiment());
  assertThrows(() => heldOutBatch(training, 1e9), RangeError, "would need about");
});
