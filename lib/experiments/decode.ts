import { ctcTopology, type ScoredSpan, viterbi } from "../alignment/mod.ts";
import { editDistance } from "../metrics/mod.ts";
import { sequenceAt } from "../numeric/mod.ts";
import {
  beamDecoder,
  type Decode,
  type DecodeOptions,
  decodePosterior,
  requireDecodeOptions,
} from "../systems/mod.ts";
import type { EvaluatedBatch, TrainedModel } from "../training/mod.ts";

export { beamDecoder, type Decode, type DecodeOptions };

/** One sequence as it was decoded. */
export interface DecodedSequence {
  /** [L] the true labels. */
  readonly target: readonly number[];
  /** What was decoded, without blanks. */
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
  return batch.targets.map((target, b) => {
    const posterior = sequenceAt(logProbs, b);
    const { labels } = decodePosterior(posterior, options);
    const { spans } = viterbi(posterior, ctcTopology(labels));
    return { target, labels, errors: editDistance(labels, target), spans };
  });
}

/** Whether CTC's decoders apply to a model: not where its alignments have no blank between labels. */
export function decodesAsCtc(
  { experiment: { criterion } }: Pick<TrainedModel, "experiment">,
): boolean {
  return !["transducer", "attention"].includes(criterion.kind) &&
    !(criterion.kind === "full-sum" && criterion.topology === "hmm");
}
