import type { Form } from "../../form/mod.ts";
import { framewiseCrossEntropy, timeStampError } from "../../metrics/mod.ts";
import { sequenceAt } from "../../numeric/mod.ts";
import { requireAble } from "../../systems/mod.ts";
import { alignmentErrors, trueSpans } from "../alignment_errors.ts";
import {
  alignByForce,
  type AlignedByForce,
  alignmentForm,
  type AlignmentOptions,
} from "./alignment.ts";
import type { EvaluatedBatch, Measure } from "./measure.ts";
import { amount, count, listOf, recordOf, type ValueKind } from "./value_kinds.ts";

/** What one way of aligning comes to; means over all sequences, times in frames. */
export interface OwnAlignment {
  /** Framewise cross entropy of the alignment found, -1/T Σₜ log p(ŷₜ), nats per frame. */
  readonly ownCe: number;
  /** Time stamp error of the boundaries of words; left out, as the rest, if nothing was aligned. */
  readonly tse?: number;
  /** Time stamp error of word centres. */
  readonly tseCenter?: number;
  /** Time stamp error of the boundaries of labels. */
  readonly labelTse?: number;
  /** Share of frames aligned to blank or silence. */
  readonly silenceRatio?: number;
  /** How many targets have no path through their topology. */
  readonly unaligned: number;
}

const form: Form<readonly AlignmentOptions[]> = { is: "list", of: alignmentForm, least: 1 };

const rowKinds: Record<keyof OwnAlignment, ValueKind> = {
  ownCe: amount,
  tse: amount,
  tseCenter: amount,
  labelTse: amount,
  silenceRatio: amount,
  unaligned: count,
};

/** {@link ownAlignment} in several ways, by the topologies of the system. */
export const alignmentsMeasure: Measure<readonly AlignmentOptions[], readonly OwnAlignment[]> = {
  form,
  needs: { data: ["alignment"], system: ["posterior", "topologies"] },
  compute: (batches, ways, { system, data }) =>
    ways.map((options) => {
      const able = requireAble("Cannot align", system, "topologies");
      const evaluated = batches.map(({ batch, logProbs }) => ({
        batch,
        logProbs,
        topologies: able.topologies(batch, options.topology),
      }));
      return ownAlignment(evaluated, options, data);
    }),
  rowForm: listOf(recordOf(rowKinds, ["ownCe", "unaligned"])),
};

/**
 * Aligns held-out sequences by force, and says what the model itself thinks of the alignment that is
 * found, how far it is from the truth, for words and for labels, and how much of it is silence.
 *
 * @param options.silence The label of silence; defaults to 0.
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If there is no batch, a sequence has no topology, or an option is out of range.
 */
export function ownAlignment(
  batches: readonly EvaluatedBatch[],
  options: AlignmentOptions,
  { silence }: { silence?: number } = {},
): OwnAlignment {
  const aligned = alignByForce(batches, options);
  const { tse, tseCenter, silenceRatio, unaligned } = alignmentErrors(aligned, { silence });
  const ownCe = ownCrossEntropy(aligned);
  if (tse === undefined) return { ownCe, unaligned };
  const pairs = aligned.flatMap(({ batch, alignments }) =>
    alignments.flatMap(({ score, spans }, b) =>
      score === -Infinity ? [] : [{ found: spans, truth: trueSpans(batch, b, { silence }) }]
    )
  );
  const labelTse = timeStampError(
    pairs.flatMap(({ found }) => found),
    pairs.flatMap(({ truth }) => truth),
  ).tse;
  return { ownCe, tse, tseCenter, labelTse, silenceRatio, unaligned };
}

/** -Σₜ log p(ŷₜ) over the frames of all that could be aligned, by their number; NaN if none could. */
function ownCrossEntropy(aligned: readonly AlignedByForce[]): number {
  let sum = 0, T = 0;
  for (const { logProbs, alignments } of aligned) {
    alignments.forEach(({ score, labels }, b) => {
      if (score === -Infinity) return;
      sum += labels.length * framewiseCrossEntropy(sequenceAt(logProbs, b), labels);
      T += labels.length;
    });
  }
  return sum / T;
}
