import type { Span } from "../alignment/mod.ts";
import type { Allocate, RandomState, Sequences } from "../numeric/mod.ts";

/** Sequences with their targets, and what else their data set knows of them. */
export interface LabelledBatch {
  /** [N, D] features */
  readonly x: Sequences;
  /** The labels of each sequence, without blanks. */
  readonly targets: readonly (readonly number[])[];
  /** [N] the true label of every frame: the reference alignment, which training must not look at. */
  readonly alignment?: Int32Array;
  /** The labels of every word of every sequence; end to end they are its target. */
  readonly words?: readonly (readonly (readonly number[])[])[];
  /** The true place in time of every label of every sequence. */
  readonly spans?: readonly (readonly Span[])[];
  /** Who speaks in each sequence. */
  readonly speakers?: readonly string[];
}

/** A batch whose reference alignment is known. */
export interface ReferenceBatch extends LabelledBatch {
  /** [N] the true label of every frame */
  readonly alignment: Int32Array;
}

/**
 * Where batches come from. A batch depends on `rng` and `B`, and on nothing that was drawn before: a
 * source has no state of its own, so that a training goes on from the states of its streams alone.
 */
export interface Source<Batch extends LabelledBatch = LabelledBatch> {
  /** How many sequences there are; left out where there is no end of them. */
  readonly sequences?: number;
  /** Draws `B` sequences one after the other; their features may come from `alloc`. */
  batch(rng: RandomState, B: number, alloc?: Allocate): Batch;
  /** The sequences at these places, from 0, as they are; where there is an end of them. */
  take?(places: readonly number[]): Batch;
}

/** A source of synthetic sequences, as many as one likes. */
export interface Corpus extends Source<ReferenceBatch> {
  /** Width D of the features. */
  readonly features: number;
  /** Number of labels K, blank (0) included. */
  readonly labels: number;
}

/** Bytes that the features of a batch, or a training, may need: 4 GiB. */
export const largestMemory = 4 * 2 ** 30;

/**
 * Checks the size of a batch before it is drawn.
 *
 * @param values The most features of a sequence.
 * @throws {RangeError} If it is not a whole number >= 1, or features need more than
 * {@link largestMemory}.
 */
export function requireBatchSize(B: number, values: number): void {
  if (!Number.isSafeInteger(B) || B < 1) {
    throw new RangeError(
      `Cannot draw a batch as its size must be a whole number >= 1: current value is ${B}`,
    );
  }
  if (8 * B * values > largestMemory) {
    throw new RangeError(
      `Cannot draw a batch as its features must fit into ${largestMemory / 2 ** 30} GiB: ` +
        `${B} sequences of up to ${values} values do not`,
    );
  }
}
