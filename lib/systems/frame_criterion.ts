import { ctcTopology, hmmTopology, type Topology, type Transitions } from "../alignment/mod.ts";
import { type Knowledge, type LabelledBatch, requireReference } from "../corpora/mod.ts";
import {
  ctcBatchLoss,
  framewiseBatchLoss,
  fullSumBatchLoss,
  type FullSumLossOptions,
  type Output,
  softmaxOutput,
} from "../criteria/mod.ts";
import type { Allocate, Sequences } from "../numeric/mod.ts";
import type { TopologyKind } from "./system.ts";

/** A loss of one row of logits per frame. */
export interface FrameCriterion {
  /** What it needs to know of every batch. */
  readonly needs: readonly Knowledge[];
  /** How logits become log-probabilities. */
  readonly output: Output;
  /** The topology that it gives to every sequence, unless it is asked for another. */
  topologies(batch: Pick<LabelledBatch, "targets" | "words">, kind?: TopologyKind): Topology[];
  /** Mean loss over sequences, its gradient, and how many targets do not fit. */
  loss(
    logits: Sequences,
    batch: LabelledBatch,
    alloc?: Allocate,
  ): { loss: number; dLogits: Sequences; infeasible: number };
}

/** Which topologies a criterion gives. */
export interface TopologyOptions {
  /** Defaults to "ctc". Where a batch has no words, "hmm" takes every label for one. */
  readonly topology?: TopologyKind;
  /** The label of silence, which "hmm" needs; defaults to none. */
  readonly silence?: number;
  /** Of the HMM topology; defaults to none. */
  readonly transitions?: Transitions;
}

/** How targets are smoothed. */
export interface SmoothingOptions {
  /** ε of label smoothing, from 0 to below 1; defaults to 0. */
  readonly labelSmoothing?: number;
}

/**
 * CTC as a criterion.
 *
 * @example
 * ```ts
 * import { ctcCriterion } from "lib/systems/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // Two frames, two labels, all equally likely: three of four paths give the target.
 * const logits = sequences([matrix(2, 2)]);
 * const { loss } = ctcCriterion().loss(logits, { x: logits, targets: [[1]] });
 * assertAlmostEquals(loss, -Math.log(3 / 4));
 * ```
 */
export function ctcCriterion(
  options: Omit<TopologyOptions, "topology"> & SmoothingOptions = {},
): FrameCriterion {
  const { labelSmoothing } = options;
  return {
    needs: [],
    output: softmaxOutput,
    topologies: topologiesOf(options),
    loss: (logits, { targets }, alloc) => ctcBatchLoss(logits, targets, { labelSmoothing }, alloc),
  };
}

/**
 * Cross entropy with the reference alignment as a criterion.
 *
 * @example
 * ```ts
 * import { framewiseCriterion } from "lib/systems/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const logits = sequences([matrix(2, 4)]);
 * const batch = { x: logits, targets: [[1]], alignment: Int32Array.of(0, 1) };
 * assertAlmostEquals(framewiseCriterion().loss(logits, batch).loss, 2 * Math.log(4));
 * ```
 */
export function framewiseCriterion(
  options: Omit<TopologyOptions, "topology"> & SmoothingOptions & { readonly output?: Output } = {},
): FrameCriterion {
  const { output = softmaxOutput, labelSmoothing } = options;
  return {
    needs: ["alignment"],
    output,
    topologies: topologiesOf(options),
    loss(logits, batch, alloc) {
      const { alignment } = requireReference("Cannot train frame by frame", batch);
      return framewiseBatchLoss(logits, alignment, { output, labelSmoothing }, alloc);
    },
  };
}

/**
 * The full sum over a topology as a criterion; with the defaults it is CTC.
 *
 * @example
 * ```ts
 * import { fullSumCriterion } from "lib/systems/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // With silence around words alone, "a" takes both frames, or one of them.
 * const logits = sequences([matrix(2, 2)]);
 * const { loss } = fullSumCriterion({ topology: "hmm", silence: 0 })
 *   .loss(logits, { x: logits, targets: [[1]] });
 * assertAlmostEquals(loss, -Math.log(3 / 4));
 * ```
 */
export function fullSumCriterion(options: FullSumLossOptions & TopologyOptions): FrameCriterion {
  const { topology: _, silence: __, transitions: ___, ...full } = options;
  const topologies = topologiesOf(options);
  return {
    needs: [],
    output: full.output ?? softmaxOutput,
    topologies,
    loss: (logits, batch, alloc) => fullSumBatchLoss(logits, topologies(batch), full, alloc),
  };
}

/** The words of every sequence; where the data set has none, every label is one. */
export function wordsOf(
  { words, targets }: Pick<LabelledBatch, "targets" | "words">,
): NonNullable<LabelledBatch["words"]> {
  return words ?? targets.map((target) => target.map((label) => [label]));
}

/**
 * Checks that words can have silence around them.
 *
 * @throws {RangeError} If no label is silence.
 */
export function requireSilence(silence: number | undefined): number {
  if (silence !== undefined) return silence;
  throw new RangeError(
    "Cannot build the HMM topology as one of the labels must be silence: none of the data set's is",
  );
}

function topologiesOf(
  { topology = "ctc", silence, transitions }: TopologyOptions,
): FrameCriterion["topologies"] {
  return (batch, kind = topology) => {
    switch (kind) {
      case "ctc":
        return batch.targets.map((target) => ctcTopology(target));
      case "hmm": {
        const options = { silence: requireSilence(silence), transitions };
        return wordsOf(batch).map((words) => hmmTopology(words, options));
      }
      default:
        throw new RangeError(
          `Cannot build a topology as its kind must be "ctc" or "hmm": it is ${
            JSON.stringify(kind)
          }`,
        );
    }
  };
}
