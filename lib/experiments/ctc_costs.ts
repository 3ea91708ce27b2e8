import { ctcTopology } from "../alignment/mod.ts";
import { ctcCost, type MovementCost } from "../bytedmd/mod.ts";
import { type CtcVariantName, ctcVariants } from "../criteria/variants/mod.ts";
import { type Matrix, matrix, RandomState } from "../numeric/mod.ts";

/** The data movement of one variant of CTC on one sequence. */
export interface CtcVariantCost extends MovementCost {
  readonly variant: CtcVariantName;
  /** Number of frames. */
  readonly T: number;
}

/** Lengths at which variants of CTC are compared. */
export const ctcCostLengths: readonly number[] = [32, 128, 512];

/** A sequence to price CTC on: T frames of random logits, six labels, one for every eight frames. */
export function ctcCostSample(T: number): { logits: Matrix; target: number[] } {
  if (!Number.isInteger(T) || T < 8) {
    throw new RangeError(
      `Cannot make a sequence as it must have a whole number of frames >= 8: current value is ${T}`,
    );
  }
  const rng = new RandomState(T);
  const logits = matrix(T, 7, Float64Array.from({ length: 7 * T }, () => 2 * rng.randn()));
  return { logits, target: Array.from({ length: T / 8 }, () => rng.randint(1, 7)) };
}

/** Every variant of CTC at every length. */
export function ctcCosts(lengths: readonly number[] = ctcCostLengths): CtcVariantCost[] {
  return lengths.flatMap((T) => {
    const { logits, target } = ctcCostSample(T);
    const topology = ctcTopology(target);
    return (Object.keys(ctcVariants) as CtcVariantName[]).map((variant) => ({
      variant,
      T,
      ...ctcCost(ctcVariants[variant], logits, topology),
    }));
  });
}
