import {
  type Allocate,
  batchSize,
  type Matrix,
  matrix,
  requireFinite,
  requireSequences,
  type Sequences,
} from "../numeric/mod.ts";
import { requireSmoothing, smoothed } from "./label_smoothing.ts";
import { type Output, softmaxOutput } from "./output.ts";

/** The framewise loss of a batch. */
export interface FramewiseBatchLoss {
  /** Mean over the sequences of -Σₜ log p(yₜ), or what smoothing makes of it, nats per sequence. */
  loss: number;
  /** [N, K] gradient of that mean with respect to the logits */
  dLogits: Sequences;
  /** Always 0: every alignment fits its frames. */
  infeasible: number;
}

/**
 * Framewise cross entropy: a true label for every frame.
 *
 * L = -Σₜ log p(yₜ | x), as a mean over sequences;  ∂L/∂logits[t, j] = p[t, j] - [j = yₜ] for the
 * softmax. With label smoothing ε the target of a frame is (1 - ε) [k = yₜ] + ε/K in place of
 * [k = yₜ].
 *
 * @param logits [N, K] scores before the output.
 * @param alignment [N] the true label of every frame of the batch, end to end
 * @param options.output How logits become log-probabilities; defaults to {@link softmaxOutput}.
 * @param options.labelSmoothing ε, from 0 to below 1; defaults to 0.
 * @throws {RangeError} If ε is out of range, a logit is NaN or ±Infinity, there is not one true label per frame, or
 * one is not from 0 to K - 1.
 *
 * @example
 * ```ts
 * import { framewiseBatchLoss } from "lib/criteria/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const logits = sequences([matrix(2, 4), matrix(1, 4)]);
 * assertAlmostEquals(framewiseBatchLoss(logits, [3, 0, 1]).loss, 1.5 * Math.log(4));
 * ```
 *
 * Source: the alignment paper, eqs. 12–14 and 18; Graves & Schmidhuber 2005, section 2.3;
 * Szegedy et al. 2016, section 7, for the smoothing.
 */
export function framewiseBatchLoss(
  logits: Sequences,
  alignment: ArrayLike<number>,
  options: { output?: Output; labelSmoothing?: number } = {},
  alloc: Allocate = matrix,
): FramewiseBatchLoss {
  const { output = softmaxOutput, labelSmoothing = 0 } = options;
  requireSmoothing("compute the framewise loss of a batch", labelSmoothing);
  const { rows: N, cols: K } = logits.frames;
  const B = batchSize(logits);
  requireSequences("compute the framewise loss of a batch", logits);
  requireFinite("The logits", logits.frames);
  const target = oneHot(alignment, N, K, alloc);
  const logProbs = output.logProbs(logits.frames, alloc);
  const frames = output.toward(logProbs, target, alloc);
  let sum = 0;
  for (let t = 0; t < N; t++) sum -= logProbs.data[t * K + alignment[t]];
  const loss = smoothed({ loss: sum, dLogits: frames }, logProbs, output, labelSmoothing, alloc);
  for (let i = 0; i < frames.data.length; i++) frames.data[i] /= B;
  return { loss: loss / B, dLogits: { frames, offsets: logits.offsets }, infeasible: 0 };
}

/** [N, K] with a 1 for the label of every frame; checks the labels. */
function oneHot(
  alignment: ArrayLike<number>,
  N: number,
  K: number,
  alloc: Allocate,
): Matrix {
  requireAlignment(alignment, N, K);
  const out = alloc(N, K);
  for (let t = 0; t < N; t++) out.data[t * K + alignment[t]] = 1;
  return out;
}

/**
 * Checks a reference alignment.
 *
 * @throws {RangeError} If it has not N labels, whole numbers from 0 to K - 1.
 */
export function requireAlignment(alignment: ArrayLike<number>, N: number, K: number): void {
  if (alignment.length !== N) {
    throw new RangeError(
      `A reference alignment must have one label for each of ${N} frames: it has ` +
        `${alignment.length}`,
    );
  }
  for (let t = 0; t < N; t++) {
    if (!(Number.isInteger(alignment[t]) && alignment[t] >= 0 && alignment[t] < K)) {
      throw new RangeError(
        `The labels of a reference alignment must be whole numbers from 0 to ${K - 1}: ` +
          `that of frame ${t} is ${alignment[t]}`,
      );
    }
  }
}
