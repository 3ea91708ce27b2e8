import { largestMemory, type Sizes, sizesOf } from "../corpora/mod.ts";
import { type AnyModelOptions, expanded } from "./build_model.ts";
import type { CriterionOptions } from "./criterion.ts";
import type { Experiment } from "./experiment.ts";
import type { LayerSizes } from "./layer_sizes.ts";
import { askedMeasures } from "./measures/measures.ts";
import { type LayerOptions, layerSizes } from "./nested_layers.ts";
import { type AttentionCriterion, decoderSizes } from "./attention_options.ts";
import { type TransducerCriterion, transducerSizes } from "./transducer_options.ts";

export { largestMemory };

/** What decides on the memory of an experiment. */
export type MemoryOptions = Pick<
  Experiment,
  "corpus" | "model" | "criterion" | "evaluations" | "batch" | "pieces"
>;

/**
 * The bytes that an experiment may need at once, from its sizes alone: nothing is built. Every
 * sequence counts as long as the corpus allows, so that a training mostly needs a third to a half.
 *
 * bytes = 8 · (corpus + 4 · weights + sequences · values of each + what evaluations keep)
 *
 * and where a batch is cut into P pieces, as many weights again for the gradients of each, and for
 * those that workers share.
 *
 * @param experiment Of the right form, see {@link requireExperiment}.
 * @param sequences In a batch; defaults to the experiment's own.
 *
 * @example
 * ```ts
 * import { memoryOf, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { assertLess } from "@std/assert";
 *
 * assertLess(memoryOf(writeUpExperiment("blstm", 0)), 50 * 2 ** 20);
 * ```
 */
export function memoryOf(
  experiment: MemoryOptions,
  sequences: number = experiment.batch,
): number {
  const sizes = sizesOf(experiment.corpus);
  const { frames, target, features, labels, tables } = sizes;
  if (experiment.criterion.kind === "transducer") return transducerMemory(experiment, sequences);
  if (experiment.criterion.kind === "attention") return attentionMemory(experiment, sequences);
  const { weights, values } = modelSizes(experiment.model, sizes);
  // Logits, log-probabilities, occupancies and their gradients; then the lattice of one sequence.
  const scores = 6 + moreScores(experiment.criterion);
  const { pieces = 1 } = experiment;
  const ofPieces = pieces === 1 ? 0 : (pieces + 1) * weights;
  const step = sequences * (values + frames * (2 * features + scores * labels)) +
    frames * 4 * (2 * target + 1);
  const kept = experiment.evaluations.reduce((most, grid) => {
    const asked = askedMeasures(grid).length > 0;
    const perSequence = 3 * target + (asked ? frames * (2 * labels + features + 2) : 0);
    return Math.max(most, grid.sequences * perSequence);
  }, 0);
  return 8 * (tables + 4 * weights + ofPieces + step + kept);
}

/**
 * Checks that an experiment needs no more memory than there may be.
 *
 * @param limit Bytes; defaults to {@link largestMemory}.
 * @param sequences In a batch; defaults to the experiment's own.
 * @throws {RangeError} If it needs more; the message says how much, and what to lower.
 */
export function requireMemory(
  experiment: MemoryOptions,
  limit: number = largestMemory,
  sequences: number = experiment.batch,
): void {
  if (typeof limit !== "number" || !(limit > 0)) {
    throw new RangeError(
      `Cannot train as the memory that it may need must be > 0: current value is ${limit}`,
    );
  }
  if (!Number.isSafeInteger(sequences) || sequences < 1) {
    throw new RangeError(
      `Cannot draw a batch as its size must be a whole number >= 1: current value is ${sequences}`,
    );
  }
  const bytes = memoryOf(experiment, sequences);
  if (bytes <= limit) return;
  const { model, evaluations } = experiment;
  const width = "hidden" in model ? `model.hidden is ${model.hidden}, ` : "";
  const held = evaluations.map((grid) => grid.sequences).join(", ");
  throw new RangeError(
    `Cannot train as it would need about ${gibibytes(bytes)} of memory, and may have ` +
      `${gibibytes(limit)}: lower the sequences of a batch, the size of the model, the sequences ` +
      `of an evaluation or the lengths of the corpus (batch is ${sequences}, ${width}` +
      `sequences are ${held || "none"}, of up to ${sizesOf(experiment.corpus).frames} frames)`,
  );
}

function gibibytes(bytes: number): string {
  const size = bytes / 2 ** 30;
  return size < 1e6 ? `${+size.toPrecision(2)} GiB` : `${size.toExponential(1)} GiB`;
}

/**
 * The bytes of a transducer: what its two networks keep, the six tables of one lattice, and a stripe
 * of the joint network, of at least one frame.
 */
function transducerMemory(
  { corpus, model, criterion, evaluations, pieces = 1 }: MemoryOptions,
  sequences: number,
): number {
  const { frames, target, features, labels, tables } = sizesOf(corpus);
  const options = criterion as TransducerCriterion, C = target + 1;
  const input = { inputs: features, frames };
  const { weights, values, perLabel, frames: heard } = grownSizes(
    model,
    (model) => transducerSizes(options, model, input, labels),
  );
  const copies = pieces === 1 ? 4 : pieces + 5;
  const step = sequences * (values + 2 * frames * features + C * perLabel);
  const stripe = 2 * (2 ** 18 + C * (options.joint + labels));
  const kept = Math.max(0, ...evaluations.map((grid) => grid.sequences * 3 * target));
  return 8 * (tables + copies * weights + step + 6 * heard * C + stripe + kept);
}

/** The bytes of an attention encoder–decoder: every label may listen to every frame. */
function attentionMemory(
  { corpus, model, criterion, evaluations, pieces = 1 }: MemoryOptions,
  sequences: number,
): number {
  const { frames, target, features, labels, tables } = sizesOf(corpus);
  const input = { inputs: features, frames }, C = target + 1;
  const { weights, values, perLabel, perPair, frames: heard } = grownSizes(
    model,
    (model) => decoderSizes(criterion as AttentionCriterion, model, input, labels),
  );
  const copies = pieces === 1 ? 4 : pieces + 5;
  const step = sequences * (values + 2 * frames * features + C * (perLabel + heard * perPair));
  // Decoding may say as many labels as there are frames, step by step.
  const said = heard * (perLabel + heard * perPair);
  const kept = Math.max(0, ...evaluations.map((grid) => grid.sequences * 3 * heard));
  return 8 * (tables + copies * weights + Math.max(step, said) + kept);
}

/** Values per label and frame that only some criteria make: a part of the gradient of its own each. */
function moreScores(criterion: CriterionOptions): number {
  const prior = criterion.kind === "full-sum" ? criterion.prior : undefined;
  const flows = prior !== undefined && prior.kind !== "static" && prior.stopGradient === false;
  const smooths = "labelSmoothing" in criterion && criterion.labelSmoothing;
  return (flows ? 2 : 0) + (smooths ? 2 : 0);
}

/** What a model needs that gives scores itself. */
function modelSizes(options: AnyModelOptions, { features, labels, frames }: Sizes): LayerSizes {
  return grownSizes(options, (model) => layerSizes(model, { inputs: features, frames }, labels));
}

/** What a model needs. A layer more costs as much as the one before: no long stack is laid out. */
function grownSizes<S extends LayerSizes>(
  options: AnyModelOptions,
  sizesOf: (model: LayerOptions) => S,
): S {
  if (options.kind !== "blstm" && options.kind !== "lstm") return sizesOf(expanded(options));
  const { layers = 1 } = options;
  const [one, two] = [1, 2].map((layers) => sizesOf(expanded({ ...options, layers })));
  const grown = (first: number, second: number) => first + (layers - 1) * (second - first);
  return {
    ...one,
    weights: grown(one.weights, two.weights),
    values: grown(one.values, two.values),
  };
}
