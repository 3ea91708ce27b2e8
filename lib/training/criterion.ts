import { ctcTopology, hmmTopology, type Topology, type Transitions } from "../alignment/mod.ts";
import type { Corpus, LabelledBatch, WordBatch } from "../corpora/mod.ts";
import {
  ctcBatchLoss,
  framewiseBatchLoss,
  fullSumBatchLoss,
  gradientFactors,
  logFrequencies,
  type NormalizedGradient,
  type Output,
  type Prior,
  separatedBlank,
  softmaxOutput,
} from "../criteria/mod.ts";
import { requireForm } from "../form/mod.ts";
import type { Allocate, RandomState, Sequences } from "../numeric/mod.ts";
import { criterionForm } from "./experiment_form.ts";

/** What a training minimises, as a plain JSON value. */
export type CriterionOptions =
  | { readonly kind: "ctc" }
  | FullSumCriterion
  /** Cross entropy with the reference alignment of the corpus. */
  | { readonly kind: "framewise"; readonly separatedBlank?: boolean };

/** Which label topology a sequence gets: blank anywhere, or silence around words alone. */
export type TopologyKind = "ctc" | "hmm";

/** The full sum with its scales; with the defaults it is CTC. */
export interface FullSumCriterion {
  /** The sum over all alignments. */
  readonly kind: "full-sum";
  /** Defaults to "ctc". Where the corpus has no words, "hmm" takes every label for one. */
  readonly topology?: TopologyKind;
  /** α; defaults to 1. */
  readonly posteriorScale?: number;
  /** Its β is `scale`; "static" counts the labels of 1000 sequences of the corpus, plus one each. */
  readonly prior?:
    | { readonly kind: "static"; readonly scale: number }
    | {
      readonly kind: "sequence" | "batch";
      readonly scale: number;
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
}

/** A criterion at work. */
export interface TrainingCriterion {
  /** How logits become log-probabilities. */
  readonly output: Output;
  /** The topology that it gives to every sequence, unless it is asked for another. */
  topologies(batch: LabelledBatch, kind?: TopologyKind): Topology[];
  /** Mean loss over sequences, its gradient, and how many targets do not fit. */
  loss(
    logits: Sequences,
    batch: LabelledBatch,
    alloc?: Allocate,
  ): { loss: number; dLogits: Sequences; infeasible: number };
}

const SEQUENCES_OF_PRIOR = 1000;

/**
 * The criterion of an experiment.
 *
 * @param rng The stream that a static prior is counted on.
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If the kind of criterion, topology or prior is unknown, transitions are no
 * probabilities, or an option is out of range.
 */
export function buildCriterion(
  options: CriterionOptions,
  corpus: Corpus,
  rng: RandomState,
): TrainingCriterion {
  requireForm("Cannot build a criterion", criterionForm, options);
  const output = "separatedBlank" in options && options.separatedBlank
    ? separatedBlank()
    : softmaxOutput;
  const topologies = topologiesOf(options);
  switch (options.kind) {
    case "ctc":
      return {
        output,
        topologies,
        loss: (logits, { targets }, alloc) => ctcBatchLoss(logits, targets, {}, alloc),
      };
    case "framewise":
      return {
        output,
        topologies,
        loss: (logits, { alignment }, alloc) =>
          framewiseBatchLoss(logits, alignment, { output }, alloc),
      };
    case "full-sum": {
      const { posteriorScale, transitionScale, normalizedGradient } = options;
      // Once now, so that what only they can check fails before the first step.
      hmmTopology([[1]], { silence: 0, transitions: options.transitions });
      gradientFactors(Float64Array.of(1), normalizedGradient);
      const prior = buildPrior(options.prior, corpus, rng);
      const full = { posteriorScale, transitionScale, normalizedGradient, prior, output };
      return {
        output,
        topologies,
        loss: (logits, batch, alloc) => fullSumBatchLoss(logits, topologies(batch), full, alloc),
      };
    }
  }
}

/** The words of every sequence; where the corpus has none, every label is one. */
export function wordsOf(batch: LabelledBatch): WordBatch["words"] {
  if ("words" in batch) return (batch as WordBatch).words;
  return batch.targets.map((target) => target.map((label) => [label]));
}

function topologiesOf(options: CriterionOptions): TrainingCriterion["topologies"] {
  const { topology = "ctc", transitions }: Partial<FullSumCriterion> = options.kind === "full-sum"
    ? options
    : {};
  const build = (batch: LabelledBatch, kind: TopologyKind = topology) => {
    switch (kind) {
      case "ctc":
        return batch.targets.map((target) => ctcTopology(target));
      case "hmm":
        return wordsOf(batch).map((words) => hmmTopology(words, { silence: 0, transitions }));
      default:
        throw new RangeError(
          `Cannot build a topology as its kind must be "ctc" or "hmm": it is ${
            JSON.stringify(kind)
          }`,
        );
    }
  };
  return build;
}

function buildPrior(
  options: FullSumCriterion["prior"],
  corpus: Corpus,
  rng: RandomState,
): Prior | undefined {
  if (options?.kind !== "static") return options;
  const { alignment } = corpus.batch(rng, SEQUENCES_OF_PRIOR);
  const logPrior = logFrequencies(alignment, corpus.labels, { smoothing: 1 });
  return { kind: "static", scale: options.scale, logPrior };
}
