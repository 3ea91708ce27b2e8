import {
  type LabelledBatch,
  type PhonemeCorpus,
  phonemeCorpus,
  type PhonemeCorpusOptions,
} from "lib/corpora/mod.ts";
import { blstm, conformer, type Layer, linear, stack } from "lib/models/mod.ts";
import { logSoftmax } from "lib/numeric/kernels/mod.ts";
import {
  type Matrix,
  matrix,
  type Params,
  RandomState,
  rowSlice,
  type Sequences,
  sequences,
} from "lib/numeric/mod.ts";
import { streams } from "lib/training/mod.ts";
import type { AttentionBeamWorkload, AttentionWorkload } from "./attention.ts";

/** One training step of a BLSTM with CTC: forward, loss, backward, clipping and Adam. */
export interface TrainWorkload {
  readonly kind: "train";
  readonly seed: number;
  /** Cells per direction. */
  readonly hidden: number;
  readonly layers: number;
  /** Sequences per step. */
  readonly batch: number;
  readonly phonesPerSequence: readonly [number, number];
  /** Whether ours and NumPy draw each batch inside the step; the others are always given theirs. */
  readonly draws: boolean;
  /** How many different batches are drawn ahead where they are given. */
  readonly batches: number;
}

/** One training step of bidirectional layers with CTC on noise of the sizes of speech. */
export interface SpeechWorkload {
  readonly kind: "speech";
  readonly seed: number;
  /** Cells per direction. */
  readonly hidden: number;
  readonly layers: number;
  /** Sequences per step, all of `frames` frames. */
  readonly batch: number;
  readonly frames: number;
  /** Width D of a frame. */
  readonly features: number;
  /** Labels with blank. */
  readonly labels: number;
  /** Labels per target. */
  readonly length: number;
  /** How many different batches are drawn ahead. */
  readonly batches: number;
}

/**
 * One whole step of a training of a bidirectional layer with CTC, its batch drawn and cut into
 * pieces. Only ours does this, with one worker and with two.
 */
export interface CoresWorkload {
  readonly kind: "cores";
  readonly seed: number;
  /** Cells per direction. */
  readonly hidden: number;
  /** Sequences per step. */
  readonly batch: number;
  readonly pieces: number;
  readonly corpus: PhonemeCorpusOptions;
}

/** CTC from logits to logit gradients. */
export interface CtcWorkload {
  readonly kind: "ctc";
  readonly seed: number;
  readonly batch: number;
  readonly frames: number;
  readonly labels: number;
  /** Labels per target. */
  readonly length: number;
}

/** The transducer loss from logits to logit gradients. */
export interface TransducerWorkload {
  readonly kind: "transducer";
  readonly seed: number;
  readonly batch: number;
  readonly frames: number;
  readonly labels: number;
  /** Labels U per target. */
  readonly length: number;
}

/** Greedy decoding of one long sequence. */
export interface GreedyWorkload {
  readonly kind: "greedy";
  readonly seed: number;
  readonly frames: number;
  readonly labels: number;
}

/** Prefix beam search over one sequence, without a language model and without pruning. */
export interface BeamWorkload {
  readonly kind: "beam";
  readonly seed: number;
  readonly frames: number;
  readonly labels: number;
  readonly width: number;
}

/** One LSTM layer in one direction, given its input. Only ours does this. */
export interface LayerWorkload {
  readonly kind: "layer";
  readonly seed: number;
  readonly pass: "forward" | "backward";
  /** Width D of the input. */
  readonly inputs: number;
  readonly hidden: number;
  readonly batch: number;
  readonly phonesPerSequence: readonly [number, number];
}

/** A Conformer block forwards and backwards, on sequences of equal length; the loss is ½ (y - target)² a frame. */
export interface ConformerWorkload {
  readonly kind: "conformer";
  readonly seed: number;
  /** Width of the block. */
  readonly width: number;
  readonly heads: number;
  readonly kernel: number;
  readonly batch: number;
  readonly frames: number;
}

/** The register-only multiply–add loop. Only ours does this. */
export interface CeilingWorkload {
  readonly kind: "ceiling";
}

/** What a contender is asked to do; plain JSON, with seeds in place of data. */
export type Task =
  | TrainWorkload
  | SpeechWorkload
  | CoresWorkload
  | CtcWorkload
  | TransducerWorkload
  | GreedyWorkload
  | BeamWorkload
  | LayerWorkload
  | ConformerWorkload
  | AttentionWorkload
  | AttentionBeamWorkload
  | CeilingWorkload;

/** A task under the name that `--only` takes. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly task: Task;
}

const headline: TrainWorkload = {
  kind: "train",
  seed: 0,
  hidden: 24,
  layers: 1,
  batch: 16,
  phonesPerSequence: [3, 8],
  draws: true,
  batches: 16,
};

/** Batches of 100 short sequences: 1 to 3 phones are 22 frames on average. */
const short = { batch: 100, phonesPerSequence: [1, 3], draws: false, batches: 4 } as const;

const speech = {
  kind: "speech",
  seed: 0,
  batch: 16,
  frames: 300,
  features: 39,
  labels: 62,
  length: 38,
  batches: 2,
} as const;

/** The sizes of notebooks 24 and 26, at the longest sequences that are trained on there. */
const attention = {
  seed: 0,
  features: 8,
  hidden: 32,
  embedding: 12,
  width: 16,
  reach: 8,
  labels: 7,
  frames: 45,
} as const;

function layer(inputs: number, hidden: number, pass: "forward" | "backward"): Workload {
  const { batch, phonesPerSequence } = hidden < 100 ? headline : short;
  return {
    name: `layer-${inputs}-${hidden}-${pass}`,
    title: `LSTM layer, D = ${inputs}, H = ${hidden}, ${pass}`,
    task: { kind: "layer", seed: 0, inputs, hidden, batch, phonesPerSequence, pass },
  };
}

/** Hidden sizes of the sweep; the headline step's own is among them. */
export const sweep: readonly number[] = [8, 16, 24, 32, 64, 128, 256];

/**
 * At this seed all contenders find the same labelling at every width, and from 16 on a likelier one
 * than greedy decoding.
 */
const beam: BeamWorkload = { kind: "beam", seed: 6, frames: 200, labels: 30, width: 16 };

/** Widths of the beam; the workload `beam` has its own among them. */
export const widths: readonly number[] = [1, 4, 16, 64, 256];

/** All workloads, in the table's order. */
export const workloads: readonly Workload[] = [
  { name: "step", title: "Headline step: BLSTM, H = 24, batch 16", task: headline },
  {
    name: "deep-20",
    title: "Step of two layers, H = 20, batch 100, T ≈ 22",
    task: { ...headline, ...short, hidden: 20, layers: 2 },
  },
  {
    name: "deep-100",
    title: "Step of two layers, H = 100, batch 100, T ≈ 22",
    task: { ...headline, ...short, hidden: 100, layers: 2 },
  },
  {
    name: "speech-100",
    title: "Step of one layer, H = 100, batch 16, T = 300, D = 39, K = 62",
    task: { ...speech, hidden: 100, layers: 1 },
  },
  {
    name: "speech-250",
    title: "Step of three layers, H = 250, batch 16, T = 300, D = 39, K = 62",
    task: { ...speech, hidden: 250, layers: 3 },
  },
  {
    name: "cores",
    title: "Step of a training in four pieces, H = 100, batch 16, T ≈ 300, D = 39, K = 62",
    task: {
      kind: "cores",
      seed: 0,
      hidden: 100,
      batch: 16,
      pieces: 4,
      // 37 phones of 5 frames, and 3 frames of silence around almost all of them.
      corpus: {
        phonemes: speech.labels - 1,
        bands: speech.features,
        phonesPerSequence: [37, 37],
        framesPerPhone: [5, 5],
        framesPerSilence: [3, 3],
      },
    },
  },
  {
    name: "conformer-32",
    title: "Conformer block, D = 32, 4 heads, batch 16, T = 60",
    task: {
      kind: "conformer",
      seed: 0,
      width: 32,
      heads: 4,
      kernel: 15,
      batch: 16,
      frames: 60,
    },
  },
  {
    name: "conformer-144",
    title: "Conformer block, D = 144, 4 heads, batch 8, T = 100",
    task: {
      kind: "conformer",
      seed: 0,
      width: 144,
      heads: 4,
      kernel: 31,
      batch: 8,
      frames: 100,
    },
  },
  {
    name: "attention",
    title: "Attention step: LSTMs of 32 cells, location-aware, batch 8, T = 45, U = 8",
    task: { ...attention, kind: "attention", batch: 8, length: 8, batches: 2 },
  },
  {
    name: "attention-beam",
    title: "Beam search of the same, width 8, one sequence, 20 labels",
    task: { ...attention, kind: "attention-beam", beamWidth: 8, maxLabels: 20 },
  },
  {
    name: "ctc",
    title: "CTC alone, T = 1000, K = 30, L = 100",
    task: { kind: "ctc", seed: 3, batch: 1, frames: 1000, labels: 30, length: 100 },
  },
  {
    name: "ctc-64",
    title: "CTC alone, a batch of 64 of them",
    task: { kind: "ctc", seed: 3, batch: 64, frames: 1000, labels: 30, length: 100 },
  },
  {
    name: "transducer",
    title: "Transducer loss, T = 200, U = 40, K = 60, batch 8",
    task: { kind: "transducer", seed: 4, batch: 8, frames: 200, labels: 60, length: 40 },
  },
  {
    name: "greedy",
    title: "Greedy decoding, 10,000 × 30",
    task: { kind: "greedy", seed: 5, frames: 10_000, labels: 30 },
  },
  { name: "beam", title: "Prefix beam search, width 16, 200 × 30", task: beam },
  ...widths.filter((width) => width !== beam.width).map((width) => ({
    name: `beam-${width}`,
    title: `Prefix beam search, width ${width}`,
    task: { ...beam, width },
  })),
  ...sweep.filter((hidden) => hidden !== headline.hidden).map((hidden) => ({
    name: `hidden-${hidden}`,
    title: `Headline step with H = ${hidden}`,
    task: { ...headline, hidden },
  })),
  {
    name: "ceiling",
    title: "Register-only loop of fused f64x2 multiply–adds",
    task: { kind: "ceiling" },
  },
  ...[[8, 24], [8, 100], [200, 100], [500, 250]].flatMap(([inputs, hidden]) => [
    layer(inputs, hidden, "forward"),
    layer(inputs, hidden, "backward"),
  ]),
];

/** The corpus of a training or layer workload. */
export function corpusOf(
  { seed, phonesPerSequence }: Pick<TrainWorkload, "seed" | "phonesPerSequence">,
): PhonemeCorpus {
  return phonemeCorpus(seed, { phonesPerSequence });
}

/** The model of a training workload: bidirectional layers and a linear one. */
export function modelOf(task: TrainWorkload | SpeechWorkload): Layer {
  const { hidden, layers } = task;
  const [D, K] = task.kind === "speech" ? [task.features, task.labels] : [8, 7];
  const recurrent = Array.from(
    { length: layers },
    (_, n) => blstm(n === 0 ? D : 2 * hidden, hidden),
  );
  return stack(...recurrent, linear(2 * hidden, K));
}

/** What a step is given. */
export type GivenBatch = Pick<LabelledBatch, "x" | "targets">;

/** The first batches of the training stream, drawn ahead. */
export function trainingBatches(task: TrainWorkload): LabelledBatch[];
export function trainingBatches(task: TrainWorkload | SpeechWorkload): GivenBatch[];
export function trainingBatches(task: TrainWorkload | SpeechWorkload): GivenBatch[] {
  const rng = new RandomState(task.seed + streams.training);
  if (task.kind === "speech") {
    const { batch, frames, features, labels, length } = task;
    return Array.from({ length: task.batches }, () => ({
      x: sequences(Array.from({ length: batch }, () => gaussians(rng, frames, features))),
      targets: Array.from({ length: batch }, () => draws(rng, length, labels)),
    }));
  }
  const corpus = corpusOf(task);
  return Array.from({ length: task.batches }, () => corpus.batch(rng, task.batch));
}

/** Block, weights, input and target of a Conformer workload, drawn in this order from one stream. */
export function conformerInputs(
  { seed, width, heads, kernel, batch, frames }: ConformerWorkload,
): { block: Layer<unknown[]>; params: Params; x: Sequences; target: Matrix } {
  const rng = new RandomState(seed), block = conformer(width, heads, { kernel });
  const params = block.init(rng);
  const parts = Array.from({ length: batch }, () => gaussians(rng, frames, width));
  return { block, params, x: sequences(parts), target: gaussians(rng, batch * frames, width) };
}

/** Logits [T, K] of every sequence, laid end to end, and its target. */
export function ctcInputs(
  { seed, batch, frames, labels, length }: CtcWorkload,
): { logits: Matrix[]; targets: number[][] } {
  const rng = new RandomState(seed);
  const all = gaussians(rng, batch * frames, labels);
  const targets = Array.from({ length: batch }, () => draws(rng, length, labels));
  const logits = targets.map((_, b) => rowSlice(all, b * frames, (b + 1) * frames));
  return { logits, targets };
}

/** Logits [T · (U + 1), K] of every sequence, and its target. */
export function transducerInputs(
  { seed, batch, frames, labels, length }: TransducerWorkload,
): { logits: Matrix[]; targets: number[][] } {
  const rng = new RandomState(seed);
  const logits = Array.from({ length: batch }, () => gaussians(rng, frames * (length + 1), labels));
  const targets = Array.from({ length: batch }, () => draws(rng, length, labels));
  return { logits, targets };
}

/** Scores [T, K] in which blank is often the best. */
export function greedyInputs({ seed, frames, labels }: GreedyWorkload): Matrix {
  const scores = gaussians(new RandomState(seed), frames, labels);
  for (let t = 0; t < frames; t++) scores.data[t * labels] += 2;
  return scores;
}

/** Log-probabilities [T, K], peaked as a trained network's are. */
export function beamInputs({ seed, frames: T, labels: K }: BeamWorkload): Matrix {
  const scores = gaussians(new RandomState(seed), T, K);
  for (let i = 0; i < scores.data.length; i++) {
    scores.data[i] = 6 * scores.data[i] + (i % K === 0 ? 16 : 0);
  }
  return matrix(T, K, logSoftmax(new Float64Array(T * K), scores.data, T, K));
}

/** How many labels there are, and a sum that depends on each and its place. */
export function greedyCheck(labels: readonly number[]): number[] {
  return [labels.length, labels.reduce((sum, label, n) => sum + label * (1 + n % 97), 0)];
}

/** Labels of 1 … K - 1. */
export function draws(rng: RandomState, length: number, K: number): number[] {
  return Array.from({ length }, () => rng.randint(1, K));
}

/** [rows, cols] standard Gaussians, row by row. */
export function gaussians(rng: RandomState, rows: number, cols: number): Matrix {
  const m = matrix(rows, cols);
  for (let i = 0; i < m.data.length; i++) m.data[i] = rng.randn();
  return m;
}
