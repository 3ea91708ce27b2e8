import type { LabelledBatch } from "../corpora/mod.ts";
import { type Params, type Sequences, withWorkspace } from "../numeric/mod.ts";
import type { System } from "../systems/mod.ts";
import type { PosteriorBatch } from "./measures/measure.ts";

/** What a system recognises in a batch. */
export interface Recognised {
  /** One per sequence, without blanks. */
  readonly labels: readonly (readonly number[])[];
  /** [N, K] nats, where they were to be kept */
  readonly logProbs?: Sequences;
}

/**
 * What a system recognises in a batch, greedily.
 *
 * @param keep Whether posteriors come with it.
 */
export function recognised(
  system: System,
  params: Params,
  x: Sequences,
  keep: boolean,
): Recognised {
  return withWorkspace((alloc) => {
    const { sequences, logProbs } = system.decode(params, x, {}, { alloc });
    const labels = sequences.map((sequence) => sequence.labels);
    if (!keep) return { labels };
    const { frames, offsets } = logProbs!;
    const kept = { ...frames, data: frames.data.slice() }; // `alloc` takes it back
    return { labels, logProbs: { frames: kept, offsets } };
  });
}

/** What an evaluation keeps of a batch. */
export interface HeldOut {
  readonly targets: readonly (readonly number[])[];
  /** What was recognised, one per target. */
  readonly labels: readonly (readonly number[])[];
  /** Where something is measured on posteriors. */
  readonly posterior?: PosteriorBatch;
}

/** What an evaluation keeps of a batch and what was recognised in it. */
export function heldOut(batch: LabelledBatch, { labels, logProbs }: Recognised): HeldOut {
  const { targets } = batch;
  return logProbs ? { targets, labels, posterior: { batch, logProbs } } : { targets, labels };
}
