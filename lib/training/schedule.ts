import { type Form, number, optional } from "../form/mod.ts";
import { size } from "./bounds.ts";

/** Up to the peak, down, and then linearly to almost nothing: straight lines between four points. */
export interface OneCycle {
  /** From `start` at the first step to the learning rate, its peak, and back, and on to `end`. */
  readonly kind: "one-cycle";
  /** The rate at the first step, as a share of the peak, from 0 to 1; defaults to 0.1. */
  readonly start?: number;
  /** The share of the steps on the way up, and as much again on the way down; defaults to 0.45. */
  readonly rise?: number;
  /** The rate at the last step; defaults to 1e-6. */
  readonly end?: number;
}

/** Linearly from nothing to the learning rate, where it stays. */
export interface WarmUp {
  /** From the learning rate over `steps` at the first step. */
  readonly kind: "warm-up";
  /** Steps on the way; the last of them is the first with the whole rate. */
  readonly steps: number;
}

/** How the learning rate changes with the steps of a training. */
export type Schedule = OneCycle | WarmUp;

/** What a {@link Schedule} looks like. */
export const scheduleForm: Form<Schedule> = {
  is: "variants",
  of: {
    "one-cycle": {
      start: optional(number({ min: 0, max: 1 })),
      rise: optional(number({ above: 0, max: 0.5 })),
      end: optional(number({ min: 0 })),
    },
    "warm-up": { steps: size },
  },
};

/**
 * The learning rate of a step.
 *
 * "one-cycle": straight lines through start · peak at the first step, peak after the share `rise` of
 * all steps, start · peak after 2 · rise, and `end` at the last. "warm-up": peak · min(1, step / steps).
 *
 * @param schedule Defaults to the same rate for all.
 * @param peak The learning rate that it goes by.
 * @param step Counted from 1.
 * @param steps All of them, at least one; a step beyond them has the rate of the last.
 * @throws {RangeError} If a number of steps is not whole and >= 1.
 *
 * @example
 * ```ts
 * import { learningRate } from "lib/training/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const rates = [1, 46, 91, 101].map((n) => learningRate({ kind: "one-cycle" }, 0.01, n, 101));
 * [0.001, 0.01, 0.001, 1e-6].forEach((due, n) => assertAlmostEquals(rates[n], due, 1e-12));
 * ```
 *
 * Source: Smith & Topin 2019; the shares are the alignment paper's, appendix A.3: up and down over 90 %
 * of the training, and a linear decrease to 1e-6.
 */
export function learningRate(
  schedule: Schedule | undefined,
  peak: number,
  step: number,
  steps: number,
): number {
  for (const [name, value] of [["step", step], ["steps", steps]] as const) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new RangeError(
      `Cannot tell a learning rate as ${name} must be a whole number >= 1: current value is ${value}`,
    );
  }
  if (schedule === undefined) return peak;
  if (schedule.kind === "warm-up") return peak * Math.min(1, step / schedule.steps);
  const { start = 0.1, rise = 0.45, end = 1e-6 } = schedule;
  const place = steps === 1 ? 0 : Math.min(1, (step - 1) / (steps - 1));
  const low = start * peak;
  if (place <= rise) return between(low, peak, place / rise);
  if (place <= 2 * rise) return between(peak, low, place / rise - 1);
  return between(low, end, (place - 2 * rise) / (1 - 2 * rise));
}

function between(from: number, to: number, share: number): number {
  return from + share * (to - from);
}
