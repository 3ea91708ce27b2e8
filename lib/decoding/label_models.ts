import { type Matrix, matrix, requireLabel, requireLogProbs } from "../numeric/mod.ts";
import type { LabelModel } from "./label_beam_search.ts";
import { weighted } from "./language_model.ts";
import { logAdd } from "./log_add.ts";

/** A prefix of CTC: sums over the paths of frames 0 … t that stand for it, by how they end. */
interface CtcPrefix {
  readonly last: number;
  /** [T] paths that end in its last label, nats */
  readonly label: Float64Array;
  /** [T] paths that end in blank, nats */
  readonly blank: Float64Array;
  /** log-probability that the labelling starts with it, nats */
  readonly score: number;
}

/**
 * CTC as a model that says one label after the other, so that it can be searched together with one
 * that does so by nature: the log-probability of a label is that of the longer prefix less that of
 * the prefix, and they add up to the log-probability of the labelling.
 *
 * log p(k | g) = log p(g k … | x) - log p(g … | x), log p(end | g) = log p(g | x) - log p(g … | x)
 *
 * A step costs T operations for every label of every hypothesis.
 *
 * @param logProbs [T, K] log-probabilities, nats; label 0 is blank and stands for the end.
 * @throws {RangeError} If a log-probability is NaN or +Infinity.
 *
 * @example
 * ```ts
 * import { ctcLabelModel, labelBeamSearch } from "lib/decoding/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * // The best path is blank, blank (0.36); but the three paths of "a" have 0.64 together.
 * const model = ctcLabelModel(matrix(2, 2, [0.6, 0.4, 0.6, 0.4].map(Math.log)));
 * const [best] = labelBeamSearch(model, { beamWidth: 4 });
 * assertEquals(best.labels, [1]);
 * assertAlmostEquals(Math.exp(best.score), 0.64);
 * ```
 *
 * Source: Hori, Watanabe & Hershey 2017, algorithm 2; Graves 2008, section 7.5.
 */
export function ctcLabelModel(logProbs: Matrix): LabelModel {
  const { data, rows: T, cols: K } = logProbs;
  requireLogProbs("decode", logProbs);
  requireLabel("decode", "blank", 0, K);
  const blank = new Float64Array(T);
  for (let t = 0, sum = 0; t < T; t++) blank[t] = sum += data[t * K];
  let prefixes: CtcPrefix[] = [];
  const longer = (prefix: CtcPrefix, k: number): CtcPrefix => {
    const label = new Float64Array(T), blank = new Float64Array(T);
    let score = -Infinity, ofLabel = -Infinity, ofBlank = -Infinity;
    for (let t = 0; t < T; t++) {
      // The empty prefix is all that there is before the first frame.
      const enters = t === 0
        ? prefix.last < 0 ? 0 : -Infinity
        : k === prefix.last
        ? prefix.blank[t - 1]
        : logAdd(prefix.blank[t - 1], prefix.label[t - 1]);
      const entered = enters + data[t * K + k];
      score = logAdd(score, entered);
      const before = ofLabel;
      ofLabel = logAdd(ofLabel + data[t * K + k], entered);
      ofBlank = logAdd(ofBlank, before) + data[t * K];
      label[t] = ofLabel;
      blank[t] = ofBlank;
    }
    return { last: k, label, blank, score };
  };
  return {
    labels: K,
    next(parents, said) {
      prefixes = said.map((k, n) =>
        k === 0
          ? { last: -1, label: new Float64Array(T).fill(-Infinity), blank, score: 0 }
          : longer(prefixes[parents[n]], k)
      );
      const out = matrix(said.length, K);
      prefixes.forEach((prefix, n) => {
        // Of no frames nothing is the only labelling.
        const all = T === 0 ? prefix.score : logAdd(prefix.label[T - 1], prefix.blank[T - 1]);
        out.data[n * K] = less(all, prefix.score);
        for (let k = 1; k < K; k++) {
          out.data[n * K + k] = less(longer(prefix, k).score, prefix.score);
        }
      });
      return out;
    },
  };
}

/**
 * Several models as one, Σ weight · log p. What one of them holds impossible is so for all, unless
 * its weight is 0.
 *
 * @throws {RangeError} If there is none, they differ in their number of labels, or a weight is not
 * finite.
 *
 * @example
 * ```ts
 * import { ctcLabelModel, jointLabelModel, labelBeamSearch } from "lib/decoding/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [a, b] = [0.9, 0.2].map((p) => ctcLabelModel(matrix(1, 2, [1 - p, p].map(Math.log))));
 * const joint = jointLabelModel({ model: a, weight: 0.3 }, { model: b, weight: 0.7 });
 * assertEquals(labelBeamSearch(joint, { beamWidth: 2 })[0].labels, []);
 * ```
 *
 * Source: Hori, Watanabe & Hershey 2017, eq. 14.
 */
export function jointLabelModel(
  ...parts: readonly { readonly model: LabelModel; readonly weight: number }[]
): LabelModel {
  const K = parts[0]?.model.labels;
  if (parts.length === 0 || parts.some(({ model }) => model.labels !== K)) {
    const found = parts.map(({ model }) => model.labels).join(", ") || "none";
    throw new RangeError(
      `Cannot join models as there must be some, all of the same number of labels: found ${found}`,
    );
  }
  parts.forEach(({ weight }, n) => {
    if (Number.isFinite(weight)) return;
    throw new RangeError(
      `Cannot join models as weights must be finite: that of model ${n} is ${weight}`,
    );
  });
  return {
    labels: K,
    next(parents, said) {
      const out = matrix(said.length, K);
      for (const { model, weight } of parts) {
        const { data } = model.next(parents, said);
        for (let i = 0; i < data.length; i++) out.data[i] += weighted(weight, data[i]);
      }
      return out;
    },
  };
}

/** a - b of log-probabilities, where nothing less nothing is nothing. */
function less(a: number, b: number): number {
  return a === -Infinity ? a : a - b;
}
