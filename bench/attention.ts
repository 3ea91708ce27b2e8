import { lstm } from "lib/models/mod.ts";
import { type Params, RandomState, sequences } from "lib/numeric/mod.ts";
import { type AttentionSystem, attentionSystem } from "lib/systems/mod.ts";
import { streams } from "lib/training/mod.ts";
import { draws, gaussians, type GivenBatch } from "./workloads.ts";

/** An LSTM, location-aware attention over its frames, and an LSTM that says one label after the other. */
interface AttentionModel {
  readonly seed: number;
  /** Width D of a frame. */
  readonly features: number;
  /** Cells of either LSTM. */
  readonly hidden: number;
  readonly embedding: number;
  /** Width of queries and keys. */
  readonly width: number;
  /** Frames on either side that a location filter sees. */
  readonly reach: number;
  /** Labels with the end. */
  readonly labels: number;
  readonly frames: number;
}

/** One training step of an attention encoder–decoder: forwards, backwards, clipping and Adam. */
export interface AttentionWorkload extends AttentionModel {
  readonly kind: "attention";
  /** Sequences per step, all of `frames` frames. */
  readonly batch: number;
  /** Labels per target. */
  readonly length: number;
  /** How many different batches are drawn ahead. */
  readonly batches: number;
}

/**
 * Recognition of one sequence by an attention encoder–decoder, with scores over the number of labels:
 * as a longer labelling may then always be better, the search goes on to the last label allowed.
 */
export interface AttentionBeamWorkload extends AttentionModel {
  readonly kind: "attention-beam";
  /** Hypotheses of the beam. */
  readonly beamWidth: number;
  /** Labels at which the search is over. */
  readonly maxLabels: number;
}

/** The system of either workload, and its weights. */
export function attentionModel(
  { seed, features, hidden, embedding, width, reach, labels }: AttentionModel,
): { system: AttentionSystem; params: Params } {
  const attention = { kind: "location", width, reach } as const;
  const system = attentionSystem(lstm(features, hidden), { labels, embedding, hidden, attention });
  return { system, params: system.init(new RandomState(seed + streams.weights)) };
}

/** Batches of noise, and random targets. */
export function attentionBatches(
  { seed, features, frames, labels, batch, length, batches }: AttentionWorkload,
): GivenBatch[] {
  const rng = new RandomState(seed + streams.training);
  return Array.from({ length: batches }, () => ({
    x: sequences(Array.from({ length: batch }, () => gaussians(rng, frames, features))),
    targets: Array.from({ length: batch }, () => draws(rng, length, labels)),
  }));
}
