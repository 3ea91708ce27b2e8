import { ctcTopology, type ScoredSpan, viterbi } from "../alignment/mod.ts";
import type { LabelledBatch } from "../corpora/mod.ts";
import { editDistance } from "../metrics/mod.ts";
import { sequenceAt } from "../numeric/mod.ts";
import {
  beamDecoder,
  type Decode,
  type DecodeOptions,
  decodePosterior,
  requireAble,
  requireDecodeOptions,
} from "../systems/mod.ts";
import {
  attentionAlignments,
  type CriterionOptions,
  type EvaluatedBatch,
  pathAlignments,
  requireFrames,
  type TrainedModel,
} from "../training/mod.ts";

export { beamDecoder, type Decode, type DecodeOptions };

/** One sequence as it was decoded. */
export interface DecodedSequence {
  /** [L] the true labels. */
  readonly target: readonly number[];
  /** What was decoded, without blanks. */
  readonly labels: readonly number[];
  /** Edits from the one to the other. */
  readonly errors: number;
  /** Where the decoded labels lie, in frames; empty where the system cannot tell. */
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

/**
 * Decodes the sequences of a batch with any system, and finds the times of what was decoded: by forced
 * alignment where the system has paths, else by attention weights; none where it has neither.
 *
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If the options are out of range, the language model knows other labels, or the
 * model does not give one output per frame.
 *
 * @example
 * ```ts
 * import { decodeSequences, heldOutSequences, Training, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const model = new Training(writeUpExperiment("lstm", 0));
 * const [{ labels, spans }] = decodeSequences(model, heldOutSequences(model, 1));
 * assertEquals(spans.map(({ label }) => label), labels);
 * ```
 */
export function decodeSequences(
  model: TrainedModel,
  batch: LabelledBatch,
  options: DecodeOptions = {},
): DecodedSequence[] {
  const { system, params, experiment } = model;
  requireFrames(model);
  if (decodesAsCtc(model)) {
    const able = requireAble("Cannot decode", system, "posterior");
    return decodeBatch({ batch, logProbs: able.posterior(params, batch.x) }, options);
  }
  const { sequences } = system.decode(params, batch.x, options);
  const said = { x: batch.x, targets: sequences.map(({ labels }) => labels) };
  const alignments = system.align !== undefined
    ? pathAlignments(model, said)
    : listens(experiment.criterion)
    ? attentionAlignments(model, said)
    : undefined;
  return batch.targets.map((target, b) => {
    const { labels } = sequences[b], spans = alignments?.[b].spans ?? [];
    return { target, labels, errors: editDistance(labels, target), spans };
  });
}

/** Whether what is trained is a decoder that weighs frames. */
export function listens(criterion: CriterionOptions): boolean {
  return criterion.kind === "attention" && criterion.attention.kind !== "none";
}

/** Whether CTC's decoders apply to a model: not where its alignments have no blank between labels. */
export function decodesAsCtc(
  { experiment: { criterion } }: Pick<TrainedModel, "experiment">,
): boolean {
  return !["transducer", "attention"].includes(criterion.kind) &&
    !(criterion.kind === "full-sum" && criterion.topology === "hmm");
}
