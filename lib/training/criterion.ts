import { hmmTopology, type Transitions } from "../alignment/mod.ts";
import { type DataSet, requireKnown, requireReference } from "../corpora/mod.ts";
import {
  gradientFactors,
  logFrequencies,
  type NormalizedGradient,
  type Prior,
  separatedBlank,
  softmaxOutput,
} from "../criteria/mod.ts";
import { requireForm } from "../form/mod.ts";
import type { RandomState } from "../numeric/mod.ts";
import {
  ctcCriterion,
  type FrameCriterion,
  framewiseCriterion,
  fullSumCriterion,
  requireSilence,
  type TopologyKind,
} from "../systems/mod.ts";
import { criterionForm } from "./experiment_form.ts";
import type { AttentionCriterion } from "./attention_options.ts";
import type { TransducerCriterion } from "./transducer_options.ts";

/**
 * What a training minimises, as a plain JSON value. Each that judges frames has `labelSmoothing`, the
 * ε of a uniform target, see `framewiseBatchLoss()` and `ctcBatchLoss()`; defaults to 0.
 */
export type CriterionOptions = FrameCriterionOptions | TransducerCriterion | AttentionCriterion;

/** What judges one row of scores per frame. */
export type FrameCriterionOptions =
  | { readonly kind: "ctc"; readonly labelSmoothing?: number }
  | FullSumCriterion
  /** Cross entropy with the reference alignment of the corpus. */
  | {
    readonly kind: "framewise";
    readonly separatedBlank?: boolean;
    readonly labelSmoothing?: number;
  };

/** The full sum with its scales; with the defaults it is CTC. */
export interface FullSumCriterion {
  /** The sum over all alignments. */
  readonly kind: "full-sum";
  /** Defaults to "ctc". Where the corpus has no words, "hmm" takes every label for one. */
  readonly topology?: TopologyKind;
  /** α; defaults to 1. */
  readonly posteriorScale?: number;
  /** "static" counts the labels of 1000 sequences of the corpus, plus one each. */
  readonly prior?:
    | {
      readonly kind: "static";
      /** β */
      readonly priorScale: number;
    }
    | {
      readonly kind: "sequence" | "batch";
      /** β */
      readonly priorScale: number;
      /** Defaults to true. */
      readonly stopGradient?: boolean;
    };
  /** γ; defaults to 0. */
  readonly transitionScale?: number;
  /** Of the HMM topology; defaults to none. */
  readonly transitions?: Transitions;
  /** Defaults to gradients as they are. */
  readonly normalizedGradient?: NormalizedGradient;
  /** Whether a sigmoid decides on blank, apart from the softmax; defaults to false. */
  readonly separatedBlank?: boolean;
  /** ε of label smoothing; defaults to 0. */
  readonly labelSmoothing?: number;
}

const SEQUENCES_OF_PRIOR = 1000;

/** What a criterion has to know of a data set. */
export type DataOfCriterion = Pick<DataSet, "labels" | "silence" | "knows" | "train">;

/**
 * The criterion of an experiment.
 *
 * @param data What it is trained on.
 * @param rng The stream that a static prior is counted on.
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If the kind of criterion, topology or prior is unknown or no judge of frames, transitions are no
 * probabilities, an option is out of range, or the data set does not know what the criterion needs.
 */
export function buildCriterion(
  options: CriterionOptions,
  data: DataOfCriterion,
  rng: RandomState,
): FrameCriterion {
  requireForm("Cannot build a criterion", criterionForm, options);
  const output = "separatedBlank" in options && options.separatedBlank
    ? separatedBlank()
    : softmaxOutput;
  if (options.kind === "transducer" || options.kind === "attention") {
    throw new RangeError(
      `Cannot build a criterion as its kind must judge frames: "${options.kind}" is a system of its own`,
    );
  }
  const { silence } = data, { labelSmoothing } = options;
  switch (options.kind) {
    case "ctc":
      return ctcCriterion({ silence, labelSmoothing });
    case "framewise":
      requireKnown("Cannot train frame by frame", ["alignment"], data);
      return framewiseCriterion({ silence, output, labelSmoothing });
    case "full-sum": {
      const { topology, posteriorScale, transitionScale, transitions, normalizedGradient } =
        options;
      // Once now, so that what only they can check fails before the first step.
      if (topology === "hmm") requireSilence(silence);
      hmmTopology([[1]], { silence: 0, transitions });
      gradientFactors(Float64Array.of(1), normalizedGradient);
      const prior = buildPrior(options.prior, data, rng);
      const full = {
        posteriorScale,
        transitionScale,
        normalizedGradient,
        prior,
        output,
        labelSmoothing,
      };
      return fullSumCriterion({ ...full, topology, transitions, silence });
    }
  }
}

function buildPrior(
  options: FullSumCriterion["prior"],
  data: DataOfCriterion,
  rng: RandomState,
): Prior | undefined {
  if (options?.kind !== "static") return options;
  const what = "Cannot count a static prior";
  requireKnown(what, ["alignment"], data);
  const { alignment } = requireReference(what, data.train.batch(rng, SEQUENCES_OF_PRIOR));
  const logPrior = logFrequencies(alignment, data.labels, { smoothing: 1 });
  return { kind: "static", priorScale: options.priorScale, logPrior };
}
