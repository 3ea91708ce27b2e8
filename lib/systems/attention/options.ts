import { requireSmoothing } from "../../criteria/label_smoothing.ts";
import { requireLabel } from "../../numeric/mod.ts";
import type { AttentionOptions } from "./attend.ts";

/** What an attention encoder–decoder is made of, beside its encoder. */
export interface AttentionSystemOptions {
  /** Number of labels K; 0 stands for the end, as it does for blank elsewhere. */
  readonly labels: number;
  /** Width of the vector that stands for a label. */
  readonly embedding: number;
  /** Cells of the decoder's LSTM. */
  readonly hidden: number;
  /** How it listens. */
  readonly attention: AttentionOptions;
  /** ε of a uniform target beside the true label, from 0 to below 1; defaults to 0. */
  readonly labelSmoothing?: number;
  /**
   * Probability that a step of training is given a label drawn from the model's own distribution in
   * place of the true one; defaults to 0, teacher forcing.
   */
  readonly scheduledSampling?: number;
  /**
   * λ of a hybrid: the encoder is trained with CTC as well, by a linear output of its own, and
   * searched with both: (1 - λ) times the decoder's and λ times that of CTC. From 0 to 1; defaults
   * to 0, without CTC.
   */
  readonly ctcWeight?: number;
}

/**
 * Checks targets of a batch.
 *
 * @throws {RangeError} If there is not one a sequence, or a label is none of 1 … K - 1.
 */
export function requireTargets(
  targets: readonly (readonly number[])[],
  B: number,
  K: number,
): void {
  if (targets.length !== B) {
    throw new RangeError(
      `Cannot run an attention system as there must be a target for each of ${B} sequences: ` +
        `there are ${targets.length}`,
    );
  }
  targets.forEach((target, b) => {
    target.forEach((label, u) => {
      requireLabel("run an attention system", `label ${u} of target ${b}`, label, K);
      if (label !== 0) return;
      throw new RangeError(
        `Cannot run an attention system as 0 stands for the end: label ${u} of target ${b} is 0`,
      );
    });
  });
}

const kinds: readonly AttentionOptions["kind"][] = ["additive", "dot", "location", "none"];

/**
 * Checks what a system is made of.
 *
 * @throws {RangeError} If a size is not a whole number >= 1, the kind of attention is unknown, or a
 * probability out of range.
 */
export function requireOptions(options: AttentionSystemOptions): void {
  const { labels, embedding, hidden, attention } = options;
  if (!kinds.includes(attention.kind)) {
    throw new RangeError(
      `Cannot make an attention system as attention.kind must be one of ${kinds.join(", ")}: ` +
        `current value is ${JSON.stringify(attention.kind)}`,
    );
  }
  const sizes = {
    labels,
    embedding,
    hidden,
    ..."width" in attention ? { width: attention.width } : {},
  };
  for (const [name, size] of Object.entries(sizes)) {
    if (Number.isInteger(size) && size >= 1) continue;
    throw new RangeError(
      `Cannot make an attention system as ${name} must be a whole number >= 1: ` +
        `current value is ${size}`,
    );
  }
  const reach = attention.kind === "location" ? attention.reach : 0;
  if (!(Number.isInteger(reach) && reach >= 0)) {
    throw new RangeError(
      `Cannot make an attention system as reach must be a whole number >= 0: ` +
        `current value is ${reach}`,
    );
  }
  const { labelSmoothing = 0, scheduledSampling = 0, ctcWeight = 0 } = options;
  requireSmoothing("make an attention system", labelSmoothing);
  requireShare("make an attention system", "scheduledSampling", scheduledSampling);
  requireShare("make an attention system", "ctcWeight", ctcWeight);
}

/**
 * Checks a share.
 *
 * @throws {RangeError} If it is not from 0 to 1.
 */
export function requireShare(what: string, name: string, value: number): void {
  if (Number.isFinite(value) && value >= 0 && value <= 1) return;
  throw new RangeError(`Cannot ${what} as ${name} must be from 0 to 1: current value is ${value}`);
}
