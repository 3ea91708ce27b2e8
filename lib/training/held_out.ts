import type { DataSet, LabelledBatch } from "../corpora/mod.ts";
import { labelErrorRate } from "../metrics/mod.ts";
import { type Params, type RandomState, type Sequences, withWorkspace } from "../numeric/mod.ts";
import type { System } from "../systems/mod.ts";
import type { Evaluation } from "./evaluation_row.ts";
import type { EvaluationGrid } from "./experiment.ts";
import type { PosteriorBatch } from "./measures/measure.ts";
import { measured } from "./measures/measures.ts";

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
 * @param keep Whether posteriors come with it, where the system has them.
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
    if (!keep || logProbs === undefined) return { labels };
    const { frames, offsets } = logProbs;
    const kept = { ...frames, data: frames.data.slice() }; // `alloc` takes it back
    return { labels, logProbs: { frames: kept, offsets } };
  });
}

/** What an evaluation keeps of a batch. */
export interface HeldOut {
  /** One per sequence, without blanks. */
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

/**
 * The batches of an evaluation, see {@link EvaluationGrid}.
 *
 * @param size Of a batch; the last may be smaller.
 * @param rng The stream of the grid.
 * @returns How many there are, and what gives them; each is to be drawn once, one after the other.
 */
export function heldOutBatches(
  { sequences, split }: Pick<EvaluationGrid, "sequences" | "split">,
  data: Pick<DataSet, "dev" | "test">,
  size: number,
  rng: RandomState,
): { count: number; draw(n: number): LabelledBatch } {
  const source = data[split ?? "dev"];
  if (split === undefined || source.take === undefined || source.sequences === undefined) {
    return {
      count: Math.ceil(sequences / size),
      draw: (n) => source.batch(rng, Math.min(size, sequences - n * size)),
    };
  }
  const N = source.sequences, heard = Math.min(sequences, N);
  const places = Array.from({ length: heard }, (_, n) => Math.floor(n * N / heard));
  return {
    count: Math.ceil(heard / size),
    draw: (n) => source.take!(places.slice(n * size, (n + 1) * size)),
  };
}

/** What an evaluation found in all its batches: error rates, and what its grid asks for. */
export function evaluationOf(
  grid: EvaluationGrid,
  parts: readonly HeldOut[],
  { system, params, data }: {
    readonly system: System;
    readonly params: Params;
    readonly data: DataSet;
  },
): Evaluation {
  const decoded = parts.flatMap(({ labels }) => labels);
  const targets = parts.flatMap((part) => part.targets);
  const exact = decoded.filter((labels, n) => labels.join() === targets[n].join()).length;
  return {
    per: labelErrorRate(decoded, targets),
    seqAcc: exact / targets.length,
    ...measured(grid, parts.flatMap(({ posterior }) => posterior ?? []), {
      system,
      params,
      data,
      recognised: { labels: decoded, targets },
    }),
  };
}
