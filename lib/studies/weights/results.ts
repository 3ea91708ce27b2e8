import { phonemeCorpus } from "../../corpora/mod.ts";
import { greedyDecode } from "../../decoding/mod.ts";
import { type ReadableStore, readWeights } from "../../experiments/mod.ts";
import { labelErrorRate } from "../../metrics/mod.ts";
import { copyParams, mean, type Params, RandomState, sequenceAt } from "../../numeric/mod.ts";
import { framewiseOf, readModel, streams, type TrainedModel } from "../../training/mod.ts";
import { headlineExperiment } from "../write_up/sweep.ts";

/** The two LSTMs of a BLSTM, as their weights are named. */
export type Direction = "fwd" | "bwd";

/** What the weights of one BLSTM say. */
export interface Weights {
  /** Mean bias of the forget gates, forwards and backwards. */
  readonly forwardBias: number;
  readonly backwardBias: number;
  /** Forget biases above 0, of both directions. */
  readonly positive: number;
  /** Mean cosine of a forward cell with the nearest backward cell, see {@linkcode likeness}. */
  readonly across: number;
  /** The same with the nearest other forward cell. */
  readonly within: number;
  /** PER on held-out sequences of the whole network, and with one direction silenced. */
  readonly whole: number;
  readonly withoutForward: number;
  readonly withoutBackward: number;
}

/** What the weights of five trained BLSTM say, one value a seed, and those of seed 0 to draw. */
export interface Results {
  readonly measures: Readonly<Record<keyof Weights, readonly number[]>>;
  readonly params: Params;
}

/** Cells per direction. */
export const CELLS = 24;
const SEEDS = [0, 1, 2, 3, 4];
const SEQUENCES = 64;

/**
 * Measures the weights that `deno task reproduce` leaves in `results/`.
 *
 * @throws {MissingRunError} If weights are not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const models = await Promise.all(
    SEEDS.map(async (seed) =>
      readModel(await readWeights(store.within("write-up"), headlineExperiment("blstm", seed)))
    ),
  );
  const all = models.map(measuresOf);
  const values = (name: keyof Weights) => all.map((weights) => weights[name]);
  return {
    measures: {
      forwardBias: values("forwardBias"),
      backwardBias: values("backwardBias"),
      positive: values("positive"),
      across: values("across"),
      within: values("within"),
      whole: values("whole"),
      withoutForward: values("withoutForward"),
      withoutBackward: values("withoutBackward"),
    },
    params: models[0].params,
  };
}

function measuresOf(trained: TrainedModel): Weights {
  const { params } = trained;
  const [forward, backward] = [forgetBiases(params, "fwd"), forgetBiases(params, "bwd")];
  return {
    forwardBias: mean(forward),
    backwardBias: mean(backward),
    positive: [...forward, ...backward].filter((bias) => bias > 0).length,
    across: likeness(params, "fwd", "bwd"),
    within: likeness(params, "fwd", "fwd"),
    whole: errorRate(trained),
    withoutForward: errorRate(trained, "fwd"),
    withoutBackward: errorRate(trained, "bwd"),
  };
}

/** The biases of the forget gates: the second block of four. */
export function forgetBiases(params: Params, direction: Direction): number[] {
  const { data, cols } = params[`0.${direction}.b`];
  return [...data.subarray(cols / 4, cols / 2)];
}

/**
 * How alike the cells of two directions are: the mean, over the cells of one, of the largest cosine
 * between its input weights to all four gates and those of a cell of the other; a cell is not
 * compared with itself.
 */
export function likeness(params: Params, from: Direction, to: Direction): number {
  const cells = unitCells(params, from), others = unitCells(params, to);
  const cosine = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, w, n) => sum + w * b[n], 0);
  return mean(cells.map((cell, n) => {
    const compared = from === to ? others.toSpliced(n, 1) : others;
    return Math.max(...compared.map((other) => cosine(cell, other)));
  }));
}

/** The input weights of each cell to its four gates, scaled to length 1. */
function unitCells(params: Params, direction: Direction): number[][] {
  const { data, rows, cols } = params[`0.${direction}.Wx`];
  return Array.from({ length: cols / 4 }, (_, cell) => {
    const weights = Array.from(
      { length: 4 * rows },
      (_, n) => data[Math.floor(n / 4) * cols + (n % 4) * cols / 4 + cell],
    );
    const norm = Math.hypot(...weights);
    return weights.map((w) => w / norm);
  });
}

/** The PER with one direction silenced: its half of the output layer's weights set to 0. */
function errorRate(trained: TrainedModel, silenced?: Direction) {
  const { params, experiment: { seed } } = trained;
  const changed = copyParams(params);
  const { data } = changed["1.W"], half = data.length / 2;
  if (silenced === "fwd") data.fill(0, 0, half);
  if (silenced === "bwd") data.fill(0, half);
  const batch = phonemeCorpus(seed).batch(new RandomState(seed + streams.evaluation), SEQUENCES);
  const { y } = framewiseOf(trained).layer.forward(changed, batch.x);
  return labelErrorRate(batch.targets.map((_, b) => greedyDecode(sequenceAt(y, b))), batch.targets);
}
