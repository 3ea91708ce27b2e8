import { ctcTopology } from "../../alignment/mod.ts";
import { ctcCost, type MovementCost } from "../../bytedmd/mod.ts";
import { ctcLoss } from "../../criteria/mod.ts";
import { type CtcVariantName, ctcVariants, variantLoss } from "../../criteria/variants/mod.ts";
import { type Matrix, matrix, RandomState } from "../../numeric/mod.ts";

/** What the variants of CTC move on one sequence. */
export interface CtcCosts {
  /** Number of frames. */
  readonly T: number;
  readonly by: Readonly<Record<CtcVariantName, CtcCost>>;
}

/** What one of them moves. */
export type CtcCost = Pick<MovementCost, "reads" | "cost" | "peak">;

/** The variants of CTC, the library's own way first. */
export const variants = Object.keys(ctcVariants) as CtcVariantName[];

/** A value for every variant. */
export function each<T>(of: (variant: CtcVariantName) => T): Record<CtcVariantName, T> {
  return Object.fromEntries(variants.map((variant) => [variant, of(variant)])) as Record<
    CtcVariantName,
    T
  >;
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
export function ctcCosts(lengths: readonly number[] = ctcCostLengths): CtcCosts[] {
  return lengths.map((T) => {
    const { logits, target } = ctcCostSample(T);
    const topology = ctcTopology(target);
    const by = each((variant) => {
      const { reads, cost, peak } = ctcCost(ctcVariants[variant], logits, topology);
      return { reads, cost, peak };
    });
    return { T, by };
  });
}

/** How many times less a variant moves than the tables. */
export function gainOf({ by }: CtcCosts, variant: CtcVariantName): number {
  return by.tables.cost / by[variant].cost;
}

/** The largest difference between an entry of a variant's gradient and of the library's. */
export function gradientOff(variant: CtcVariantName, T: number): number {
  const { logits, target } = ctcCostSample(T);
  const { dLogits } = variantLoss(ctcVariants[variant], logits, ctcTopology(target));
  const expected = ctcLoss(logits, target).dLogits.data;
  return dLogits.data.reduce((most, v, i) => Math.max(most, Math.abs(v - expected[i])), 0);
}
