import { linear } from "../models/mod.ts";
import { type Matrix, matrix, requireFinite, requireMatrix } from "../numeric/mod.ts";
import { requireAlignment } from "./framewise.ts";
import { logSigmoid, logSumExpLabels, requireBlank } from "./separated_blank.ts";

/** A linear output layer and its loss, with gradients. */
export interface SeparatedFramewise {
  /** -Σₜ log p(yₜ), nats, over all frames. */
  loss: number;
  /** [N, D] gradient with respect to the hidden frames */
  dh: Matrix;
  /** [D, K] */
  dW: Matrix;
  /** [1, K] */
  db: Matrix;
}

/**
 * Framewise training of a linear output layer with a separated blank, which looks at the labels
 * only where the alignment has one: at a blank frame the loss is -log σ(z_ε), and no other logit
 * has a gradient. The same numbers as {@link linear}, {@link separatedBlank} and
 * {@link framewiseBatchLoss} one after the other give, for 1/10 of the work where 90 % of the
 * frames are blank.
 *
 * @param h [N, D] hidden frames
 * @param W [D, K]
 * @param b [1, K]
 * @param alignment [N] the true label of every frame
 * @param options.blank The label ε; defaults to 0.
 * @throws {RangeError} If shapes do not fit together, there is not one true label per frame, one is
 * not from 0 to K - 1, blank is not below K, or a logit is NaN or ±Infinity.
 *
 * Source: the alignment paper, section 4 and appendix A.6, Table 15.
 */
export function separatedFramewise(
  h: Matrix,
  W: Matrix,
  b: Matrix,
  alignment: ArrayLike<number>,
  options: { blank?: number } = {},
): SeparatedFramewise {
  const { blank = 0 } = options;
  const { rows: N, cols: D } = h;
  const K = W.cols;
  requireOutputLayer(h, W, b, blank);
  requireAlignment(alignment, N, K);
  const column = blankColumn(W, blank);
  const zBlank = blankLogits(h, column, b.data[blank]);
  requireFinite("The logits of blank", matrix(N, 1, zBlank));
  const speech = [...zBlank.keys()].filter((t) => alignment[t] !== blank);

  // Only frames with a label see the other K - 1 columns of W.
  const layer = linear(D, K), offsets = Int32Array.of(0, speech.length);
  const { y, cache } = layer.forward({ W, b }, { frames: rowsOf(h, speech), offsets });
  const z = y.frames;
  requireFinite("The logits", z);
  let loss = 0;
  speech.forEach((t, n) => {
    const { base, logSum } = logSumExpLabels(z.data, n * K, K, blank);
    loss += logSum - (z.data[n * K + alignment[t]] - base);
    for (let i = n * K; i < (n + 1) * K; i++) z.data[i] = Math.exp(z.data[i] - base - logSum);
    z.data[n * K + alignment[t]] -= 1;
    z.data[n * K + blank] = 0;
  });
  const { grads: { W: dW, b: db }, dx } = layer.backward({ W, b }, cache, y);

  const dh = matrix(N, D), { frames: dSpeech } = dx();
  speech.forEach((t, n) => dh.data.set(dSpeech.data.subarray(n * D, (n + 1) * D), t * D));
  for (let t = 0; t < N; t++) {
    const isBlank = alignment[t] === blank;
    loss -= logSigmoid(isBlank ? zBlank[t] : -zBlank[t]);
    const dz = Math.exp(logSigmoid(zBlank[t])) - (isBlank ? 1 : 0);
    for (let d = 0; d < D; d++) {
      dh.data[t * D + d] += dz * column[d];
      dW.data[d * K + blank] += dz * h.data[t * D + d];
    }
    db.data[blank] += dz;
  }
  return { loss, dh, dW, db };
}

/** [D] the column of W that gives the blank's logit */
export function blankColumn({ data, rows: D, cols: K }: Matrix, blank: number): Float64Array {
  return Float64Array.from({ length: D }, (_, d) => data[d * K + blank]);
}

/** [N] h w + b */
export function blankLogits(h: Matrix, w: Float64Array, b: number): Float64Array {
  const D = h.cols;
  return Float64Array.from({ length: h.rows }, (_, t) => {
    let z = b;
    for (let d = 0; d < D; d++) z += h.data[t * D + d] * w[d];
    return z;
  });
}

/** The given rows of a matrix, one after the other. */
export function rowsOf(m: Matrix, rows: readonly number[]): Matrix {
  const out = matrix(rows.length, m.cols);
  rows.forEach((r, n) => out.data.set(m.data.subarray(r * m.cols, (r + 1) * m.cols), n * m.cols));
  return out;
}

/**
 * Checks the shapes of an output layer.
 *
 * @throws {RangeError} If h [N, D], W [D, K] and b [1, K] do not fit, or blank is not below K.
 */
export function requireOutputLayer(h: Matrix, W: Matrix, b: Matrix, blank: number): void {
  if (h.cols !== W.rows || b.rows !== 1 || b.cols !== W.cols) {
    throw new RangeError(
      `An output layer must have h [N, D], W [D, K] and b [1, K]: they are ` +
        [h, W, b].map(({ rows, cols }) => `[${rows}, ${cols}]`).join(", "),
    );
  }
  for (const part of [h, W, b]) requireMatrix("use an output layer", part);
  requireBlank(blank, W.cols);
}
