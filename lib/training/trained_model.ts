import { type DataSet, dataSet, type LabelledBatch } from "../corpora/mod.ts";
import { decodeCheckpoint, keepsFrames } from "../models/mod.ts";
import { type Params, RandomState } from "../numeric/mod.ts";
import { requireAble, type System } from "../systems/mod.ts";
import type { EvaluatedBatch } from "./measures/measure.ts";
import { buildSystem } from "./build_system.ts";
import { largestWeight, wildWeight } from "./diverged.ts";
import { type Experiment, streams } from "./experiment.ts";
import { requireExperiment } from "./experiment_form.ts";
import { largestMemory, requireMemory } from "./memory.ts";

/** A system with its weights, and the experiment they come from; a `Training` is one. */
export interface TrainedModel {
  /** Where the weights come from. */
  readonly experiment: Experiment;
  /** What it heard. */
  readonly data: DataSet;
  /** What was trained, and recognises. */
  readonly system: System;
  /** The weights. */
  readonly params: Params;
}

/**
 * The model of an experiment with given weights.
 *
 * @param options.data Its data set, opened; may be left out where that takes no waiting.
 * @throws {TypeError} If the experiment has a key that nobody knows, or a value of another type.
 * @throws {RangeError} If it has a value out of range, or needs more memory than 4 GiB, or the
 * weights are not those of its model, or one is NaN or too large to compute with.
 */
export function trainedModel(
  experiment: Experiment,
  params: Params,
  options: { data?: DataSet } = {},
): TrainedModel {
  requireExperiment(experiment);
  requireMemory(experiment);
  const trained = untested(experiment, params, options.data);
  const fault = faultOf(trained);
  if (fault !== undefined) throw new RangeError(`Cannot take these weights as ${fault}`);
  return trained;
}

/** The model of an experiment, whatever the weights. */
function untested(
  experiment: Experiment,
  params: Params,
  data = dataSet(experiment.corpus, experiment.seed),
): TrainedModel {
  return { experiment, data, system: buildSystem(experiment, data), params };
}

/**
 * Reads a model from the bytes of a safetensors file whose metadata hold its experiment, such as
 * `deno task train --save` writes.
 *
 * @param options.data Its data set, opened; may be left out where that takes no waiting.
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
export function readModel(
  bytes: Uint8Array,
  options: { data?: DataSet } = {},
): TrainedModel {
  const { params, metadata } = decodeCheckpoint(bytes);
  if (metadata.experiment === undefined) {
    throw new SyntaxError("Cannot read the model as its metadata hold no experiment");
  }
  let trained: TrainedModel;
  try {
    const experiment: unknown = JSON.parse(metadata.experiment);
    requireExperiment(experiment);
    requireMemory(experiment);
    trained = untested(experiment, params, options.data);
  } catch (error) {
    throw new SyntaxError(
      `Cannot read the model as its experiment is not valid: ${(error as Error).message}`,
    );
  }
  const fault = faultOf(trained);
  if (fault !== undefined) throw new SyntaxError(`Cannot read the model as ${fault}`);
  return trained;
}

/** What keeps weights from being those of a model, in words; undefined if nothing does. */
function faultOf({ system, params }: TrainedModel): string | undefined {
  const expected = system.init(new RandomState(0));
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
 * Draws a batch that training never saw.
 *
 * @param options.seed Defaults to the experiment's own.
 */
export function heldOutSequences(
  { experiment, data }: Pick<TrainedModel, "experiment" | "data">,
  sequences: number,
  options: { seed?: number } = {},
): LabelledBatch {
  const { seed = experiment.seed } = options;
  requireMemory(experiment, largestMemory, sequences);
  return data.dev.batch(new RandomState(seed + streams.evaluation), sequences);
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
  const system = requireAble("Cannot align", trained.system, "posterior", "topologies");
  const batch = heldOutSequences(trained, sequences, options);
  const logProbs = system.posterior(trained.params, batch.x);
  requireFrames(trained);
  return { batch, logProbs, topologies: system.topologies(batch) };
}

/**
 * Checks that frames of a model are those that it hears.
 *
 * @throws {RangeError} If it does not give one output per frame.
 */
export function requireFrames({ system }: Pick<TrainedModel, "system">): void {
  if (keepsFrames(system)) return;
  throw new RangeError("Cannot align as the model must give one output per frame");
}
