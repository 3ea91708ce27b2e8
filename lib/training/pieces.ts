import type { LabelledBatch } from "../corpora/mod.ts";
import { type Allocate, matrix, type Params, RandomState, rowSlice } from "../numeric/mod.ts";
import type { BatchGradients, System } from "../systems/mod.ts";
import type { Experiment } from "./experiment.ts";

/** Consecutive sequences of a batch: a unit of work for any worker. */
export interface Piece {
  /** A view on the batch. */
  readonly batch: LabelledBatch;
  /** Seed of the stream that its layers draw from. */
  readonly seed: number;
}

/** What a piece says of the weights; its gradients may lie in memory that workers share. */
export interface PieceGradients extends Omit<BatchGradients, "grads"> {
  /** By the names of the weights: the gradient of the mean loss over the piece. */
  readonly grads: Readonly<Record<string, { readonly data: Float64Array }>>;
  /** How many sequences it has. */
  readonly sequences: number;
}

/**
 * Where a batch is cut: piece p holds the sequences cuts[p] … cuts[p + 1] - 1. Each cut is the end
 * of a sequence that is nearest to an equal share of the frames and leaves no piece empty.
 *
 * @param offsets [B + 1] of the batch
 * @param pieces At least 1; a batch of fewer sequences has as many pieces as sequences.
 * @returns [P + 1] from 0 to B, increasing
 *
 * @example
 * ```ts
 * import { cutsOf } from "lib/training/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * // Sequences of 10, 2, 2 and 6 frames.
 * assertEquals(cutsOf(Int32Array.of(0, 10, 12, 14, 20), 2), [0, 1, 4]);
 * ```
 */
export function cutsOf(offsets: Int32Array, pieces: number): number[] {
  const B = offsets.length - 1, N = offsets[B], P = Math.min(pieces, B);
  const cuts = [0];
  for (let p = 1; p < P; p++) {
    const share = N * p / P;
    let cut = cuts[p - 1] + 1;
    while (cut < B - (P - p) && offsets[cut + 1] - share <= share - offsets[cut]) cut++;
    cuts.push(cut);
  }
  return [...cuts, B];
}

/**
 * Cuts a batch into pieces, each with a stream of its own.
 *
 * @param pieces See {@linkcode cutsOf}.
 * @param rng Draws the seeds of the streams, in the order of pieces.
 */
export function piecesOf(batch: LabelledBatch, pieces: number, rng: RandomState): Piece[] {
  const cuts = cutsOf(batch.x.offsets, pieces);
  return cuts.slice(1).map((to, p) => ({
    batch: sequencesOf(batch, cuts[p], to),
    seed: rng.randint(0, 2 ** 32),
  }));
}

/** Sequences from … to - 1 of a batch, as views. */
function sequencesOf(batch: LabelledBatch, from: number, to: number): LabelledBatch {
  const { x, targets, alignment, words, spans, speakers } = batch;
  const [first, last] = [x.offsets[from], x.offsets[to]];
  return {
    x: {
      frames: rowSlice(x.frames, first, last),
      offsets: x.offsets.slice(from, to + 1).map((offset) => offset - first),
    },
    targets: targets.slice(from, to),
    ...(alignment && { alignment: alignment.subarray(first, last) }),
    ...(words && { words: words.slice(from, to) }),
    ...(spans && { spans: spans.slice(from, to) }),
    ...(speakers && { speakers: speakers.slice(from, to) }),
  };
}

/** What a piece says of the weights, wherever it is computed. */
export function gradientsOfPiece(
  system: System,
  params: Params,
  { batch, seed }: Piece,
  alloc?: Allocate,
): BatchGradients & PieceGradients {
  const ctx = { alloc, training: true, rng: new RandomState(seed) };
  return { ...system.gradients(params, batch, ctx), sequences: batch.targets.length };
}

/**
 * The gradients of a batch that is cut in pieces, one after the other.
 *
 * @param rng What layers draw from; where there are several pieces, their seeds.
 */
export function gradientsOfBatch(
  system: System,
  params: Params,
  batch: LabelledBatch,
  pieces: number,
  rng: RandomState,
  alloc: Allocate,
): BatchGradients {
  if (pieces === 1) return system.gradients(params, batch, { alloc, training: true, rng });
  const parts = piecesOf(batch, pieces, rng)
    .map((piece) => gradientsOfPiece(system, params, piece, alloc));
  return meanOfPieces(parts, params, alloc);
}

/**
 * What pieces say together, added in their order: with nₚ sequences of piece p whose target fits,
 *
 * L = Σₚ nₚ Lₚ / Σₚ nₚ, and the same of gradients
 *
 * which is the mean over all sequences of the batch whose target fits.
 *
 * @param params The weights, for the shapes of their gradients.
 */
export function meanOfPieces(
  parts: readonly PieceGradients[],
  params: Params,
  alloc: Allocate = matrix,
): BatchGradients {
  const fitting = parts.map(({ sequences, infeasible }) => sequences - infeasible);
  const n = fitting.reduce((sum, count) => sum + count, 0);
  let loss = n === 0 ? Infinity : 0;
  parts.forEach((part, p) => {
    if (fitting[p] > 0) loss += fitting[p] * part.loss;
  });
  const grads = Object.entries(params).map(([name, { rows, cols }]) => {
    const mean = alloc(rows, cols), { data } = mean;
    parts.forEach((part, p) => {
      const g = part.grads[name].data, count = fitting[p];
      if (count === 0) return;
      for (let i = 0; i < data.length; i++) data[i] += count * g[i];
    });
    if (n > 0) { for (let i = 0; i < data.length; i++) data[i] /= n; }
    return [name, mean];
  });
  return {
    loss: n === 0 ? Infinity : loss / n,
    grads: Object.fromEntries(grads),
    infeasible: parts.reduce((sum, { infeasible }) => sum + infeasible, 0),
  };
}

/**
 * Checks that a batch can be cut.
 *
 * @throws {RangeError} If there are more pieces than sequences, or the criterion takes the sequences
 * of a batch together.
 */
export function requirePieces(
  { pieces = 1, batch, criterion }: Pick<Experiment, "pieces" | "batch" | "criterion">,
): void {
  if (pieces === 1) return;
  if (pieces > batch) {
    throw new RangeError(
      `Cannot train as pieces must be at most batch, so that each has a sequence: ` +
        `current values are ${pieces} and ${batch}`,
    );
  }
  if (criterion.kind !== "full-sum") return;
  const { prior, normalizedGradient } = criterion;
  const whole = prior?.kind === "batch"
    ? `a prior of the batch`
    : normalizedGradient !== undefined && normalizedGradient.over !== "sequence"
    ? `a gradient normalised over the batch`
    : undefined;
  if (whole === undefined) return;
  throw new RangeError(
    `Cannot train as pieces must be 1 with ${whole}, which takes all its sequences together: ` +
      `current value is ${pieces}`,
  );
}
