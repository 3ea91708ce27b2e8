import type { Params } from "../numeric/mod.ts";
import { withinLimit } from "../systems/mod.ts";

/** The largest weight of a model: products of two still have room below the largest number. */
export const largestWeight = 1e100;

/** A training whose numbers have left all bounds, most often as its learning rate is too large. */
export class DivergedError extends RangeError {
  /** The name of the class, as errors print it. */
  override readonly name = "DivergedError";
  /** Steps taken, counted from 1, the one that failed included. */
  readonly step: number;

  /**
   * The error of one step.
   *
   * @param what Which number it was that showed it.
   */
  constructor(step: number, what: string) {
    super(`The training diverged at step ${step}: ${what}; lower lr or clip`);
    this.step = step;
  }
}

/** The first weight that is NaN or beyond ±{@link largestWeight}, in words; undefined if none is. */
export function wildWeight(params: Params): string | undefined {
  for (const [name, m] of Object.entries(params)) {
    if (withinLimit(m, largestWeight)) continue;
    const value = m.data.find((w) => !(Math.abs(w) <= largestWeight));
    return `the weight "${name}" holds ${value}`;
  }
  return undefined;
}
