import { logSoftmax } from "../numeric/kernels/mod.ts";
import { type Matrix, matrix, requireFinite } from "../numeric/mod.ts";
import { gradientTopology } from "./ctc_topology.ts";
import { type Alignment, viterbi } from "./viterbi.ts";

/**
 * GradScore: every label's gradient norms, normalised over time, and one score for blank.
 *
 * score[t, 1 + s] = log softmaxₜ(G[s])[t];  score[t, 0] = γ_ε
 *
 * @param G [L, T] log gradient norms, as `gradientNorms` gives them.
 * @param options.blankScore γ_ε, nats; defaults to -6.
 * @returns [T, L + 1] blank first, then the labels of the target by place
 * @throws {RangeError} If there is no frame, or a norm or γ_ε is not finite.
 *
 * @example
 * ```ts
 * import { gradScore } from "lib/alignment/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [G1, G2] = [Math.log(1), Math.log(3)];
 * const { data } = gradScore(matrix(1, 2, [G1, G2]));
 * assertEquals([...data].map(Math.exp).map((p) => p.toFixed(3)), ["0.002", "0.250", "0.002", "0.750"]);
 * ```
 *
 * Source: the alignment paper, eq. 25.
 */
export function gradScore(G: Matrix, options: { blankScore?: number } = {}): Matrix {
  const { blankScore = -6 } = options;
  if (!Number.isFinite(blankScore)) {
    throw new RangeError(
      `Cannot score gradients as blankScore must be finite: current value is ${blankScore}`,
    );
  }
  const overTime = logSoftmaxOverTime(G);
  return scoresOf(overTime, new Float64Array(G.cols).fill(blankScore));
}

/**
 * GradScoreExt: as {@link gradScore}, with a blank score for every frame, the mirror image of how
 * much the frame matters for any label, and normalised over labels and blank.
 *
 * G' = log softmaxₜ(G);  g = log 1/L Σₛ exp G'[s];  l = percentile of g over time;
 * g' = 2l - g;  scores = log softmax over L + 1 of (G', g')
 *
 * @param G [L, T] log gradient norms; L >= 1.
 * @param options.percentile From 0 to 100, interpolated linearly; defaults to 60.
 * @returns [T, L + 1] blank first, then the labels of the target by place
 * @throws {RangeError} If there is no frame or label, a norm is not finite, or the percentile is
 * out of range.
 *
 * Source: the alignment paper, eqs. 43–48.
 */
export function gradScoreExt(G: Matrix, options: { percentile?: number } = {}): Matrix {
  const { rows: L, cols: T } = G;
  const overTime = logSoftmaxOverTime(G);
  if (L === 0) throw new RangeError("Cannot score gradients as there must be at least one label");
  const g = Float64Array.from({ length: T }, (_, t) => {
    let max = -Infinity, sum = 0;
    for (let s = 0; s < L; s++) max = Math.max(max, overTime.data[s * T + t]);
    for (let s = 0; s < L; s++) sum += Math.exp(overTime.data[s * T + t] - max);
    return max + Math.log(sum / L);
  });
  const flip = percentile(g, options.percentile ?? 60);
  const scores = scoresOf(overTime, g.map((value) => 2 * flip - value));
  logSoftmax(scores.data, scores.data, T, L + 1);
  return scores;
}

/**
 * The best alignment by gradient scores: blank anywhere, labels as long as they like, equal labels
 * touching or not.
 *
 * @param scores [T, L + 1] from {@link gradScore} or {@link gradScoreExt}
 * @param target [L] the labels
 * @param options.blank The label of frames that belong to none; defaults to 0.
 * @returns As {@link viterbi} does; -Infinity where there are fewer frames than labels.
 * @throws {RangeError} If scores and target do not fit together, or a label is blank or no whole
 * number from 0 to 2^31 - 1.
 *
 * Source: the alignment paper, section 5, eq. 24.
 */
export function gradientAlignment(
  scores: Matrix,
  target: readonly number[],
  options: { blank?: number } = {},
): Alignment {
  const { blank = 0 } = options;
  gradientTopology(target, { blank }); // for its errors
  if (scores.cols !== target.length + 1) {
    throw new RangeError(
      `Cannot align by gradients as there must be ${target.length + 1} scores per frame, ` +
        `one for blank and one per label: there are ${scores.cols}`,
    );
  }
  // Labels by their place, so that equal labels have scores of their own.
  const { score, labels, spans } = viterbi(scores, gradientTopology(target.map((_, s) => s + 1)));
  return {
    score,
    labels: labels.map((place) => place === 0 ? blank : target[place - 1]),
    spans: spans.map((span) => ({ ...span, label: target[span.index] })),
  };
}

/**
 * The q-th percentile, interpolated linearly between the two values around place q/100 (n - 1).
 *
 * @throws {RangeError} If q is not from 0 to 100, or there is no value.
 */
export function percentile(values: Float64Array, q: number): number {
  if (!(q >= 0 && q <= 100) || values.length === 0) {
    throw new RangeError(
      `Cannot take a percentile as it must be from 0 to 100, of at least one value: ` +
        `current values are ${q} and ${values.length}`,
    );
  }
  const sorted = values.toSorted();
  const place = q / 100 * (sorted.length - 1);
  const below = Math.floor(place), above = Math.ceil(place);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** [L, T] row by row, as a new matrix */
function logSoftmaxOverTime(G: Matrix): Matrix {
  if (G.cols === 0) {
    throw new RangeError("Cannot score gradients as there must be at least one frame: T is 0");
  }
  requireFinite("The gradient norms", G);
  const out = matrix(G.rows, G.cols);
  logSoftmax(out.data, G.data, G.rows, G.cols);
  return out;
}

/** [T, L + 1] from [L, T] scores of labels and [T] scores of blank */
function scoresOf({ data, rows: L, cols: T }: Matrix, blank: Float64Array): Matrix {
  const out = matrix(T, L + 1);
  for (let t = 0; t < T; t++) {
    out.data[t * (L + 1)] = blank[t];
    for (let s = 0; s < L; s++) out.data[t * (L + 1) + 1 + s] = data[s * T + t];
  }
  return out;
}
