import { ctcTopology, type ScoredSpan, viterbi } from "../alignment/mod.ts";
import {
  greedyDecode,
  type LanguageModel,
  prefixBeamSearch,
  type PrefixBeamSearchOptions,
} from "../decoding/mod.ts";
import { type Form, number, optional, requireForm, whole } from "../form/mod.ts";
import { editDistance } from "../metrics/mod.ts";
import { type Matrix, sequenceAt } from "../numeric/mod.ts";
import { type EvaluatedBatch, largestScale, type TrainedModel } from "../training/mod.ts";

/** A decoder: the labelling of one posterior. */
export type Decode = (logProbs: Matrix) => readonly number[];

/** Prefix beam search as a decoder: the best labelling of the last beam. */
export function beamDecoder(options: PrefixBeamSearchOptions): Decode {
  return (logProbs) => prefixBeamSearch(logProbs, options)[0]?.labels ?? [];
}

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

/** One sequence as it was decoded. */
export interface DecodedSequence {
  readonly target: readonly number[];
  readonly labels: readonly number[];
  /** Edits from the one to the other. */
  readonly errors: number;
  /** Where the decoded labels lie: their forced alignment with the posteriors, in frames. */
  readonly spans: readonly ScoredSpan[];
}

/**
 * Decodes the sequences of a batch, and finds the times of what was decoded by forced alignment.
 *
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If the options are out of range, or the language model knows other labels.
 *
 * @example
 * ```ts
 * import { decodeBatch, heldOutBatch, Training, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const batch = heldOutBatch(new Training(writeUpExperiment("blstm", 0)), 2);
 * const [{ labels, spans }] = decodeBatch(batch, { beamWidth: 4 });
 * assertEquals(spans.map(({ label }) => label), labels);
 * ```
 */
export function decodeBatch(
  { batch, logProbs }: Pick<EvaluatedBatch, "batch" | "logProbs">,
  options: DecodeOptions = {},
): DecodedSequence[] {
  requireDecodeOptions(options);
  const { beamWidth, ...rest } = options;
  const decode: Decode = beamWidth === undefined
    ? greedyDecode
    : beamDecoder({ beamWidth, ...rest });
  return batch.targets.map((target, b) => {
    const posterior = sequenceAt(logProbs, b);
    const labels = decode(posterior);
    const { spans } = viterbi(posterior, ctcTopology(labels));
    return { target, labels, errors: editDistance(labels, target), spans };
  });
}

function requireDecodeOptions({ lm, ...rest }: DecodeOptions): void {
  requireForm<Omit<DecodeOptions, "lm">>("Cannot decode", decodeForm, rest);
  if (lm !== undefined && rest.beamWidth === undefined) {
    throw new RangeError("Cannot decode as a language model needs a beam: beamWidth is missing");
  }
}

/** Whether CTC's decoders apply to a model: not where its alignments have no blank between labels. */
export function decodesAsCtc(
  { experiment: { criterion } }: Pick<TrainedModel, "experiment">,
): boolean {
  return !(criterion.kind === "full-sum" && criterion.topology === "hmm");
}
