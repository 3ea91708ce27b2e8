import { fused } from "./fused.ts";
import { logRows } from "./log_rows.ts";
import { scaledRows } from "./scaled_rows.ts";
import { tables } from "./tables.ts";
import type { CtcVariant } from "./variant.ts";

/** ⌈√T⌉ */
const root = (T: number): number => Math.ceil(Math.sqrt(T));

/**
 * Every variant by name. `tables` is the library's own way; in the others β is fused with the
 * gradient, and they differ in two things: how often a row of α is kept, and the arithmetic.
 */
export const ctcVariants = {
  tables,
  fused: fused(logRows),
  checkpointed: fused(logRows, root),
  rescaled: fused(scaledRows),
  lean: fused(scaledRows, root),
} as const satisfies Record<string, CtcVariant>;

/** The name of a variant. */
export type CtcVariantName = keyof typeof ctcVariants;
