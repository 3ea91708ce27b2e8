import type { Corpus } from "../corpora/mod.ts";
import { decodeCheckpoint, type Layer } from "../models/mod.ts";
import { type Params, RandomState } from "../numeric/mod.ts";
import type { EvaluatedBatch } from "./alignment_metrics.ts";
import { buildModel } from "./build_model.ts";
import { buildCriterion, type TrainingCriterion } from "./criterion.ts";
import { largestWeight, wildWeight } from "./diverged.ts";
import { buildCorpus, type Experiment, streams } from "./experiment.ts";
import { requireExperiment } from "./experiment_form.ts";
import { largestMemory, requireMemory } from "./memory.ts";

/** A model with its weights, and the experiment they come from; a `Training` is one. */
export interface TrainedModel {
  /** Where the weights come from. */
  readonly experiment: Experiment;
  /** What it heard. */
  readonly corpus: Corpus;
  /** The layers. */
  readonly model: Layer;
  /** What it minimised. */
  readonly criterion: TrainingCriterion;
  /** The weights. */
  readonly params: Params;
}

/**
 * The model of an experiment with given weights.
 *
 * @throws {TypeError} If the experiment has a key that nobody knows, or a value of another type.
 * @throws {RangeError} If it has a value out of range, or needs more memory than 4 GiB, or the
 * weights are not those of its model, or one is NaN or too large to compute with.
 */
export function trainedModel(experiment: Experiment, params: Params): TrainedModel {
  requireExperiment(experiment);
  requireMemory(experiment);
  const trained = untested(experiment, params);
  const fault = faultOf(trained);
  if (fault !== undefined) throw new RangeError(`Cannot take these weights as ${fault}`);
  return trained;
}

/** The model of an experiment, whatever the weights. */
function untested(experiment: Experiment, params: Params): TrainedModel {
  const { seed } = experiment;
  const corpus = buildCorpus(experiment.corpus, seed);
  const model = buildModel(experiment.model, corpus.features, corpus.labels);
  const rng = new RandomState(seed + streams.prior);
  return {
    experiment,
    corpus,
    model,
    criterion: buildCriterion(experiment.criterion, corpus, rng),
    params,
  };
}

/**
 * Reads a model from the bytes of a safetensors file whose metadata hold its experiment, such as
 * `deno task train --save` writes.
 *
 * @throws {SyntaxError} If it is no such file, it holds no experiment, its weights are not those of
 * the experiment's model, or one is NaN or too large to compute with.
 *
 * @example
 * ```ts
 * import { readModel, Training, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { encodeCheckpoint } from "lib/models/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { experiment, params } = new Training(writeUpExperiment("blstm", 0));
 * const bytes = encodeCheckpoint(params, { experiment: JSON.stringify(experiment) });
 * assertEquals(readModel(bytes).experiment, experiment);
 * ```
 */
export function readModel(bytes: Uint8Array): TrainedModel {
  const { params, metadata } = decodeCheckpoint(bytes);
  if (metadata.experiment === undefined) {
    throw new SyntaxError("Cannot read the model as its metadata hold no experiment");
  }
  let trained: TrainedModel;
  try {
    const experiment: unknown = JSON.parse(metadata.experiment);
    requireExperiment(experiment);
    requireMemory(experiment);
    trained = untested(experiment, params);
  } catch (error) {
    throw new SyntaxError(
      `Cannot read the model as its experiment is none: ${(error as Error).message}`,
    );
  }
  const fault = faultOf(trained);
  if (fault !== undefined) throw new SyntaxError(`Cannot read the model as ${fault}`);
  return trained;
}

/** What keeps weights from being those of a model, in words; undefined if nothing does. */
function faultOf({ model, params }: TrainedModel): string | undefined {
  const expected = model.init(new RandomState(0));
  for (const name of new Set([...Object.keys(expected), ...Object.keys(params)])) {
    const [found, due] = [params[name], expected[name]].map((m) =>
      m === undefined ? "missing" : `[${m.rows}, ${m.cols}]`
    );
    if (found !== due) {
      return `its weights are not those of its experiment: ` +
        `"${name}" is ${found}, and should be ${due}`;
    }
  }
  const wild = wildWeight(params);
  return wild && `its weights must be from ${-largestWeight} to ${largestWeight}: ${wild}`;
}

/**
 * Draws a batch that training never saw, and what the model says about it.
 *
 * @param options.seed Defaults to the experiment's own.
 * @throws {RangeError} If the model does not give one output per frame.
 */
export function heldOutBatch(
  trained: TrainedModel,
  sequences: number,
  options: { seed?: number } = {},
): EvaluatedBatch {
  const { experiment, corpus, model, criterion, params } = trained;
  const { seed = experiment.seed } = options;
  requireMemory(experiment, largestMemory, sequences);
  const batch = corpus.batch(new RandomState(seed + streams.evaluation), sequences);
  const { y } = model.forward(params, batch.x);
  if (y.frames.rows !== batch.x.frames.rows) {
    throw new RangeError("Cannot align as the model must give one output per frame");
  }
  const logProbs = { ...y, frames: criterion.output.logProbs(y.frames) };
  return { batch, logProbs, topologies: criterion.topologies(batch) };
}
