import { type Interval, wordSpans } from "../../alignment/mod.ts";
import type { DataSet } from "../../corpora/mod.ts";
import { optional, type RecordForm } from "../../form/mod.ts";
import { type BoundaryErrors, boundaryErrors, meanLabelDuration } from "../../metrics/mod.ts";
import { requireAble, requireSilence, type System, wordsOf } from "../../systems/mod.ts";
import { gradientAlignmentsIn, type GradientWay, gradientWayForm } from "../align_batch.ts";
import { type AlignedBatch, trueSpans } from "../alignment_errors.ts";
import { alignByForce, alignmentForm, type AlignmentOptions } from "./alignment.ts";
import type { EvaluatedBatch, Measure } from "./measure.ts";
import { amount, count, listOf, recordOf, type ValueKind } from "./value_kinds.ts";

/** How held-out sequences are aligned to be timed, as a plain JSON value. */
export interface TimingOptions {
  /** Ways to align, each of them timed; defaults to [{}], which is one. */
  readonly at?: readonly AlignmentOptions[];
  /** Ways to align by gradients, timed after those of `at`; defaults to none. */
  readonly gradients?: readonly GradientWay[];
}

/** How far from the truth one way to align is, in milliseconds. */
export interface Timing {
  /** Of words, where the data set knows them. */
  readonly words?: BoundaryErrors;
  /** Of labels other than silence, where the data set knows where they are. */
  readonly labels?: BoundaryErrors;
  /** Share of frames aligned to blank or silence; NaN if nothing could be aligned. */
  readonly silenceRatio: number;
  /** Mean duration of a label other than silence, milliseconds. */
  readonly labelDuration: number;
  /** How many targets have no path through their topology. */
  readonly unaligned: number;
}

/** What times are read by. */
export interface TimingScale {
  /** Length of a frame of the features, seconds. */
  readonly frameSeconds: number;
  /** Frames of the features for each that the model gives; defaults to 1. */
  readonly factor?: number;
  /** The label of silence; defaults to 0, that of blank. */
  readonly silence?: number;
  /** What is compared: whether labels have true places, and whether there are words. */
  readonly knows: DataSet["knows"];
}

/** What {@link TimingOptions} look like. */
export const timingForm: RecordForm<TimingOptions> = {
  is: "record",
  fields: {
    at: optional({ is: "list", of: alignmentForm, least: 1 }),
    gradients: optional({ is: "list", of: gradientWayForm }),
  },
};

const errorKinds: Record<keyof BoundaryErrors, ValueKind> = {
  tse: amount,
  tseCenter: amount,
  onset: amount,
  offset: amount,
  onsetBias: amount,
  offsetBias: amount,
  within10: amount,
  within20: amount,
  within50: amount,
  count,
};
const errors = recordOf(errorKinds, Object.keys(errorKinds));
const rowKinds: Record<keyof Timing, ValueKind> = {
  words: errors,
  labels: errors,
  silenceRatio: amount,
  labelDuration: amount,
  unaligned: count,
};

/** {@link timingMetrics} at every way to align, by the topologies or the gradients of the system. */
export const timingMeasure: Measure<TimingOptions, Timing[]> = {
  form: timingForm,
  needs: { data: [], system: ["posterior", "topologies"] },
  check({ at = [{}], gradients = [] }, { system, data: { knows, frameSeconds, silence } }) {
    if (!knows.includes("alignment") && !knows.includes("words")) {
      throw new RangeError(
        `Cannot measure "timing" as the data set must have a reference alignment or words: it has ` +
          `${knows.length === 0 ? "targets alone" : knows.join(", ")}`,
      );
    }
    if (frameSeconds === undefined) {
      throw new RangeError(
        `Cannot measure "timing" as the data set must say how long a frame is: ` +
          `its frames have no length, "alignment" counts them`,
      );
    }
    if (at.some(({ topology }) => topology === "hmm")) requireSilence(silence);
    if (gradients.length > 0) {
      requireAble('Cannot measure "timing" by gradients', system, "labelGradients");
    }
  },
  compute(batches, { at = [{}], gradients = [] }, { system, params, data }) {
    const { frameSeconds, silence, knows } = data;
    const able = requireAble("Cannot align", system, "topologies");
    const scale = { frameSeconds: frameSeconds!, silence, knows };
    const byForce = at.map((options) => {
      const evaluated = batches.map((one) => ({
        ...one,
        topologies: able.topologies(one.batch, options.topology),
      }));
      return timingMetrics(evaluated, options, { ...scale, factor: framesPerOutput(system) });
    });
    // Gradients are those of the features, whatever the model makes of their frames.
    const byGradients = gradientAlignmentsIn(gradients, { system, params }, batches)
      .map((aligned) => timed(aligned, scale));
    return [...byForce, ...byGradients];
  },
  rowForm: listOf(recordOf(rowKinds, ["silenceRatio", "labelDuration", "unaligned"])),
};

/** Frames of the features for each that a system gives: what convolutions cut off at the ends aside. */
function framesPerOutput({ frames }: Pick<System, "frames">): number {
  const many = 2 ** 16;
  return Math.round(many / frames(many));
}

/**
 * Aligns held-out sequences by force and compares with the truth in milliseconds: what was found
 * lies at edges of frames, the truth where the data set says, mostly inside a frame.
 *
 * @param batches Their posteriors may have fewer frames than their features.
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If there is no batch, a sequence has no topology, or an option is out of range.
 *
 * @example
 * ```ts
 * import { ctcTopology } from "lib/alignment/mod.ts";
 * import { timingMetrics } from "lib/training/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = sequences([matrix(3, 1)]);
 * const spans = [[{ index: 0, label: 1, start: 0.75, end: 1.5 }]]; // 30 to 60 ms
 * const batch = { x, targets: [[1]], words: [[[1]]], spans };
 * const logProbs = sequences([matrix(3, 2, [0, -9, -9, 0, 0, -9])]); // found at 40 to 80 ms
 * const { words } = timingMetrics([{ batch, logProbs, topologies: [ctcTopology([1])] }], {}, {
 *   frameSeconds: 0.04,
 *   knows: ["words"],
 * });
 * assertAlmostEquals(words!.tse, 15);
 * ```
 *
 * Source: the alignment paper, appendix A.4.2 and A.6.
 */
export function timingMetrics(
  batches: readonly EvaluatedBatch[],
  options: AlignmentOptions,
  scale: TimingScale,
): Timing {
  return timed(alignByForce(batches, options), scale);
}

/** Compares alignments, however they were made, with the truth. */
function timed(
  aligned: readonly AlignedBatch[],
  { frameSeconds, factor = 1, silence = 0, knows }: TimingScale,
): Timing {
  const ofFeatures = 1000 * frameSeconds, ofOutput = factor * ofFeatures;
  const found = { words: [] as Interval[], labels: [] as Interval[] };
  const truth = { words: [] as Interval[], labels: [] as Interval[] };
  let unaligned = 0, frames = 0, quiet = 0;
  for (const { batch, alignments } of aligned) {
    const words = wordsOf(batch);
    alignments.forEach(({ score, labels, spans }, b) => {
      if (score === -Infinity) {
        unaligned++;
        return;
      }
      frames += labels.length;
      for (const label of labels) if (label === 0 || label === silence) quiet++;
      const at = spans.map((span) => inTime(span, ofOutput));
      const due = trueSpans(batch, b, { silence }).map((span) => inTime(span, ofFeatures));
      found.words.push(...wordSpans(at, words[b]));
      truth.words.push(...wordSpans(due, words[b]));
      const spoken = batch.targets[b].map((label) => label !== silence);
      found.labels.push(...at.filter((_, n) => spoken[n]));
      truth.labels.push(...due.filter((_, n) => spoken[n]));
    });
  }
  return {
    ...(knows.includes("words") && { words: boundaryErrors(found.words, truth.words) }),
    ...(knows.includes("alignment") && { labels: boundaryErrors(found.labels, truth.labels) }),
    silenceRatio: quiet / frames,
    labelDuration: meanLabelDuration(found.labels),
    unaligned,
  };
}

/** From frames to milliseconds. */
function inTime({ start, end }: Interval, frameLength: number): Interval {
  return { start: frameLength * start, end: frameLength * end };
}
