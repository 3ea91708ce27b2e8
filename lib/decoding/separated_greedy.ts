import {
  blankColumn,
  blankLogits,
  requireOutputLayer,
  rowsOf,
} from "../criteria/separated_framewise.ts";
import { logSigmoid, logSumExpLabels } from "../criteria/separated_blank.ts";
import { linear } from "../models/mod.ts";
import type { Matrix } from "../numeric/mod.ts";

/** The best label of every frame. */
export interface SeparatedPath {
  /** [T] */
  path: Int32Array<ArrayBuffer>;
  /** [T] its log-probability, nats */
  logProbs: Float64Array<ArrayBuffer>;
}

/**
 * The best path of a linear output layer with a separated blank. A frame whose blank is likelier
 * than 1/2 is blank, whatever the labels: only the other frames are multiplied with all of W. The
 * same path as that of all log-probabilities; collapse it for the labelling.
 *
 * @param h [T, D] hidden frames
 * @param W [D, K]
 * @param b [1, K]
 * @param options.blank The label ε; defaults to 0.
 * @throws {RangeError} If shapes do not fit together, blank is not below K, or a logit is NaN.
 *
 * @example
 * ```ts
 * import { separatedBestPath } from "lib/decoding/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const W = matrix(1, 3, [4, 0, -1]); // the higher the value, the likelier the blank
 * const { path } = separatedBestPath(matrix(2, 1, [1, -1]), W, matrix(1, 3));
 * assertEquals([...path], [0, 2]);
 * ```
 *
 * Source: the alignment paper, section 4 and appendix A.6, Table 15.
 */
export function separatedBestPath(
  h: Matrix,
  W: Matrix,
  b: Matrix,
  options: { blank?: number } = {},
): SeparatedPath {
  const { blank = 0 } = options;
  requireOutputLayer(h, W, b, blank);
  const K = W.cols;
  const zBlank = blankLogits(h, blankColumn(W, blank), b.data[blank]);
  zBlank.forEach((z, t) => requireNumber(z, t, blank));
  const path = new Int32Array(h.rows).fill(blank);
  const logProbs = Float64Array.from(zBlank, logSigmoid);
  const open = [...zBlank.keys()].filter((t) => !(zBlank[t] > 0));
  const frames = rowsOf(h, open), offsets = Int32Array.of(0, open.length);
  const { data: z } = linear(h.cols, K).forward({ W, b }, { frames, offsets }).y.frames;
  open.forEach((t, n) => {
    const row = n * K;
    let best = -1;
    for (let k = 0; k < K; k++) {
      requireNumber(z[row + k], t, k);
      if (k !== blank && (best < 0 || z[row + k] > z[row + best])) best = k;
    }
    const { base, logSum } = logSumExpLabels(z, row, K, blank);
    const logLabel = logSigmoid(-zBlank[t]) + (z[row + best] - base) - logSum;
    if (logLabel > logProbs[t] || (logLabel === logProbs[t] && best < blank)) {
      path[t] = best;
      logProbs[t] = logLabel;
    }
  });
  return { path, logProbs };
}

function requireNumber(logit: number, t: number, k: number): void {
  if (Number.isNaN(logit)) {
    throw new RangeError(
      `Cannot decode as logits must be numbers: frame ${t}, label ${k} is NaN`,
    );
  }
}
