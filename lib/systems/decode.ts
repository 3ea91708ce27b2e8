import {
  bestPath,
  collapse,
  type LanguageModel,
  prefixBeamSearch,
  type PrefixBeamSearchOptions,
} from "../decoding/mod.ts";
import { type Form, number, optional, requireForm, whole } from "../form/mod.ts";
import type { Matrix } from "../numeric/mod.ts";
import type { RecognisedSequence } from "./system.ts";

/** Beyond this a scale or a shift leaves nothing of log-probabilities but rounding. */
export const largestScale = 1e6;

/** How to decode. */
export interface DecodeOptions {
  /** Width of the beam; defaults to greedy decoding. */
  readonly beamWidth?: number;
  /** Needs a beam; defaults to none. */
  readonly lm?: LanguageModel;
  /** Defaults to 1. */
  readonly lmWeight?: number;
  /** Defaults to 0. */
  readonly insertionBonus?: number;
}

const weight = number({ min: -largestScale, max: largestScale });
const decodeForm: Form<Omit<DecodeOptions, "lm">> = {
  is: "record",
  fields: {
    beamWidth: optional(whole({ min: 1 })),
    lmWeight: optional(weight),
    insertionBonus: optional(weight),
  },
};

/**
 * Checks how to decode.
 *
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If an option is out of range, or a language model has no beam.
 */
export function requireDecodeOptions({ lm, ...rest }: DecodeOptions): void {
  requireForm<Omit<DecodeOptions, "lm">>("Cannot decode", decodeForm, rest);
  if (lm !== undefined && rest.beamWidth === undefined) {
    throw new RangeError("Cannot decode as a language model needs a beam: beamWidth is missing");
  }
}

/** A decoder: the labelling of one posterior. */
export type Decode = (logProbs: Matrix) => readonly number[];

/** Prefix beam search as a decoder: the best labelling of the last beam. */
export function beamDecoder(options: PrefixBeamSearchOptions): Decode {
  return (logProbs) => prefixBeamSearch(logProbs, options)[0]?.labels ?? [];
}

/**
 * Decodes one posterior: greedily, where the score is the log-probability of the best path, or by
 * prefix beam search, whose score is the log-probability of the labelling, with what the language
 * model and the bonus add.
 *
 * @param logProbs [T, K] nats
 * @param scores [T, K] what the best path is read from, in the same order; defaults to `logProbs`.
 */
export function decodePosterior(
  logProbs: Matrix,
  options: DecodeOptions = {},
  scores: Matrix = logProbs,
): RecognisedSequence {
  const { beamWidth, ...rest } = options;
  if (beamWidth !== undefined) {
    const { labels, score } = prefixBeamSearch(logProbs, { beamWidth, ...rest })[0] ??
      { labels: [], score: -Infinity };
    return { labels, score };
  }
  const path = bestPath(scores);
  let score = 0;
  for (let t = 0; t < path.length; t++) score += logProbs.data[t * logProbs.cols + path[t]];
  return { labels: collapse(path, { blank: 0 }), score };
}
