import type { LabelledBatch } from "../../corpora/mod.ts";
import {
  type KeyedRun,
  type ReadableStore,
  readSweep,
  readWeights,
  seedsOf,
} from "../../experiments/mod.ts";
import { parameterCount } from "../../models/mod.ts";
import { mean, RandomState } from "../../numeric/mod.ts";
import { readModel, type TrainedModel } from "../../training/mod.ts";
import { latencyOf } from "../longer_than_trained/mod.ts";
import { alignmentErrorsOf, ctcWeights } from "./alignments.ts";
import { multiplyAdds } from "./multiply_adds.ts";
import {
  BATCH,
  type Encoder,
  encoderNames,
  experiment,
  sweep,
  type SystemName,
  systemNames,
} from "./sweep.ts";

/** Sequences that each model aligns, and that latencies are measured on. */
const ALIGNED = 24, TIMED = 24;
/** Offset from the seed of the stream that they come from. */
const HELD_OUT = 6_000_000;

/** Figures by seed; times in frames. */
export interface OfSystem {
  /** By encoder, the label error rate after the last step. */
  readonly errors: Readonly<Record<Encoder, readonly number[]>>;
  /** [seeds][evaluations] of the encoder that hears the whole sequence: error by sequences heard. */
  readonly curves: readonly (readonly { readonly heard: number; readonly error: number }[])[];
  /** Weights, biases included. */
  readonly weights: number;
  /** Per frame of recognising a sequence of mean size. */
  readonly multiplyAdds: number;
  /** From the end of a phone until its label is known, on the encoder that reads forwards. */
  readonly latency: readonly number[];
  /** Time stamp errors, on the encoder that hears the whole sequence; left out where there are none. */
  readonly forced?: readonly number[];
  readonly attention?: readonly number[];
  readonly gradients: readonly number[];
  readonly plain: readonly number[];
  /** [weights of CTC][seeds] */
  readonly mixed?: readonly (readonly number[])[];
}

/** By system. */
export type Results = Readonly<Record<SystemName, OfSystem>>;

/**
 * Reads the study's runs and models from the store of `results/`, aligns and times with them.
 *
 * @throws {MissingRunError} If a run or its weights are not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const runs = await readSweep(store, "systems", sweep);
  const entries = systemNames.map(async (name) => {
    const [whole, forwards] = await Promise.all(
      encoderNames.map((encoder) => modelsOf(store, name, encoder)),
    );
    return [name, ofSystem(name, runs, whole, forwards)] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Results;
}

/** The models of one system on one encoder, seed by seed. */
export async function modelsOf(
  store: ReadableStore,
  system: SystemName,
  encoder: Encoder,
): Promise<TrainedModel[]> {
  const place = store.within("beyond-ctc");
  return await Promise.all(
    seedsOf(sweep).map(async (seed) =>
      readModel(await readWeights(place, experiment(system, encoder, seed), "sweep systems"))
    ),
  );
}

/** Held-out sequences of a model. */
export function heldOut(
  { data, experiment: { seed } }: Pick<TrainedModel, "data" | "experiment">,
  sequences: number,
): LabelledBatch {
  return data.test.batch(new RandomState(seed + HELD_OUT), sequences);
}

function ofSystem(
  name: SystemName,
  runs: readonly KeyedRun<{ system: SystemName; encoder: Encoder; seed: number }>[],
  whole: readonly TrainedModel[],
  forwards: readonly TrainedModel[],
): OfSystem {
  const on = (encoder: Encoder) =>
    runs.filter(({ key }) => key.system === name && key.encoder === encoder)
      .map(({ run }) => run.rows);
  const aligned = whole.map((model) => alignmentErrorsOf(name, model, heldOut(model, ALIGNED)));
  const some = <T>(values: readonly (T | undefined)[]) =>
    values.every((value) => value !== undefined) ? values as readonly T[] : undefined;
  const mixed = some(aligned.map((errors) => errors.mixed));
  // Attention, alone or in a hybrid, knows no label before the last frame.
  const reader = name === "ctc" || name === "transducer" ? name : "location";
  return {
    errors: Object.fromEntries(
      encoderNames.map((encoder) => [encoder, on(encoder).map((rows) => rows.at(-1)!.per)]),
    ) as unknown as OfSystem["errors"],
    curves: on("both ways")
      .map((rows) => rows.map(({ iter, per }) => ({ heard: BATCH * iter, error: per }))),
    weights: parameterCount(whole[0].system),
    multiplyAdds: meanMultiplyAdds(whole[0]),
    latency: forwards.map((model) => latencyOf(reader, model, heldOut(model, TIMED))),
    forced: some(aligned.map((errors) => errors.forced)),
    attention: some(aligned.map((errors) => errors.weights)),
    gradients: aligned.map((errors) => errors.gradients),
    plain: aligned.map((errors) => errors.plain),
    mixed: mixed && ctcWeights.map((_, n) => mixed.map((errors) => errors[n])),
  };
}

/** Per frame, of a sequence with as many frames and labels as there are in the mean. */
function meanMultiplyAdds(model: TrainedModel): number {
  const { x, targets } = heldOut(model, 256);
  const frames = x.frames.rows / targets.length;
  return multiplyAdds(model, { frames, labels: mean(targets.map(({ length }) => length)) }) /
    frames;
}
