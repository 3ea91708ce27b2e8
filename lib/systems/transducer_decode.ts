import { type Hypothesis, logAdd } from "../decoding/mod.ts";
import { weighted } from "../decoding/language_model.ts";
import type { Matrix } from "../numeric/mod.ts";
import { type DecodeOptions, requireDecodeOptions } from "./decode.ts";
import {
  type PredictionState,
  requireLabelsPerFrame,
  type TransducerSteps,
} from "./transducer_network.ts";

/** Blank, in every transducer. */
const BLANK = 0;

/** A label as it was given, and when. */
export interface GivenLabel {
  /** Which one. */
  readonly label: number;
  /** The encoder's frame that it was given at. */
  readonly frame: number;
}

/** Greedy search under way. */
export interface GreedySearch {
  /** Everything given so far. */
  readonly given: readonly GivenLabel[];
  /** The log-probability of the path so far, nats. */
  readonly score: number;
  /** Hears one frame [J] more, and says what it gives there. */
  hear(encoded: Float64Array): readonly GivenLabel[];
}

/**
 * Greedy search: at every frame the most probable step, label after label, until it is blank or as
 * many labels are given as may be. Of equally probable steps, the first by number.
 */
export function greedySearch(steps: TransducerSteps, labelsPerFrame: number): GreedySearch {
  let said = steps.after(BLANK), frame = 0, score = 0;
  const given: GivenLabel[] = [];
  return {
    given,
    get score() {
      return score;
    },
    hear(encoded) {
      const before = given.length;
      for (let n = 0;; n++) {
        const logProbs = steps.logProbs(encoded, said.predicted);
        const label = n === labelsPerFrame ? BLANK : largest(logProbs);
        score += logProbs[label];
        if (label === BLANK) break;
        given.push({ label, frame });
        said = steps.after(label, said);
      }
      frame++;
      return given.slice(before);
    },
  };
}

/** How {@link transducerBeamSearch} searches. */
export interface TransducerBeamOptions extends DecodeOptions {
  /** Width of the beam. */
  readonly beamWidth: number;
  /** The most labels at one frame. */
  readonly labelsPerFrame: number;
}

/** A prefix in the tree of all that were kept. */
interface Prefix {
  readonly parent?: Prefix;
  readonly last: number;
  readonly length: number;
  readonly said: PredictionState;
  readonly languageModel: number;
  readonly lmState: unknown;
  readonly longer: Map<number, Prefix>;
}

/**
 * Time-synchronous beam search: after every frame the best prefixes, each with the sum over all its
 * paths. Within a frame prefixes grow label by label, `beamWidth` of them a round, as long as they
 * may still get among the best; a prefix that is reached with different numbers of labels at this
 * frame adds up. Where nothing is pruned, the score of a labelling is the log of the full sum over its
 * paths of at most `labelsPerFrame` labels a frame.
 *
 * score = log p(labels | x) + lmWeight · log p_lm(labels) + insertionBonus · length
 *
 * @param encoded [T, J]
 * @returns The prefixes of the last beam, best score first.
 * @throws {RangeError} If an option is out of range, or the language model knows another number of
 * labels, or gives a log-probability that is NaN or +Infinity.
 *
 * Source: Graves 2012, section 2.5, with rounds in place of the sum over prefixes, as the
 * time-synchronous decoding of Saon, Tüske & Audhkhasi 2020.
 */
export function transducerBeamSearch(
  steps: TransducerSteps,
  encoded: Matrix,
  options: TransducerBeamOptions,
): Hypothesis[] {
  const { labelsPerFrame, ...decoding } = options;
  requireLabelsPerFrame("decode", labelsPerFrame);
  requireDecodeOptions(decoding);
  const { beamWidth, lm, lmWeight = 1, insertionBonus = 0 } = decoding;
  if (lm !== undefined && lm.labels !== steps.labels) {
    throw new RangeError(
      `Cannot decode as the language model must know K = ${steps.labels} labels: it knows ${lm.labels}`,
    );
  }
  const rank = (acoustic: number, languageModel: number, length: number) =>
    acoustic + weighted(lmWeight, languageModel) + insertionBonus * length;
  const rankOf = ([{ languageModel, length }, acoustic]: readonly [Prefix, number]) =>
    rank(acoustic, languageModel, length);
  const extended = (parent: Prefix, label: number): Prefix => {
    const known = parent.longer.get(label);
    if (known !== undefined) return known;
    const next = lm?.next(parent.lmState, label);
    const prefix: Prefix = {
      parent,
      last: label,
      length: parent.length + 1,
      said: steps.after(label, parent.said),
      languageModel: parent.languageModel + (next?.logProb ?? 0),
      lmState: next?.state,
      longer: new Map(),
    };
    parent.longer.set(label, prefix);
    return prefix;
  };
  const empty = { last: BLANK, length: 0, said: steps.after(BLANK), languageModel: 0 };
  let beam: (readonly [Prefix, number])[] = [
    [{ ...empty, lmState: lm?.start(), longer: new Map() }, 0],
  ];
  for (let t = 0; t < encoded.rows; t++) {
    const frame = encoded.data.subarray(t * encoded.cols, (t + 1) * encoded.cols);
    const heard = new Map<Prefix, Float64Array>(), finished = new Map<Prefix, number>();
    let growing: readonly (readonly [Prefix, number])[] = beam;
    for (let n = 0; growing.length > 0; n++) {
      const candidates: { parent: Prefix; label: number; acoustic: number; rank: number }[] = [];
      for (const [prefix, acoustic] of growing) {
        const y = heard.get(prefix) ?? steps.logProbs(frame, prefix.said.predicted);
        heard.set(prefix, y);
        finished.set(prefix, logAdd(finished.get(prefix) ?? -Infinity, acoustic + y[BLANK]));
        for (let k = 1; k < y.length && n < labelsPerFrame; k++) {
          const longer = acoustic + y[k];
          const further = lm === undefined ? 0 : lm.next(prefix.lmState, k).logProb;
          const r = rank(longer, prefix.languageModel + further, prefix.length + 1);
          if (r > -Infinity) {
            candidates.push({ parent: prefix, label: k, acoustic: longer, rank: r });
          }
        }
      }
      const ranks = [...finished].map(rankOf).sort((a, b) => b - a);
      const least = ranks.length < beamWidth ? -Infinity : ranks[beamWidth - 1];
      growing = candidates
        .filter((candidate) => candidate.rank > least)
        .sort((a, b) => b.rank - a.rank)
        .slice(0, beamWidth)
        .map(({ parent, label, acoustic }) => [extended(parent, label), acoustic] as const);
    }
    beam = [...finished].sort((a, b) => rankOf(b) - rankOf(a)).slice(0, beamWidth);
  }
  return beam
    .map(([prefix, acoustic]): Hypothesis => {
      const { length, lmState } = prefix;
      const languageModel = prefix.languageModel + (lm?.end(lmState) ?? 0);
      const score = rank(acoustic, languageModel, length);
      return { labels: labelsOf(prefix), score, acoustic, languageModel, length };
    })
    .filter(({ score }) => score > -Infinity)
    .sort((a, b) => b.score - a.score);
}

function labelsOf(prefix: Prefix): number[] {
  const labels: number[] = [];
  for (let p = prefix; p.parent !== undefined; p = p.parent) labels.push(p.last);
  return labels.reverse();
}

function largest(values: Float64Array): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
  return best;
}
