import { checkpointed } from "./checkpointed.ts";
import { fused } from "./fused.ts";
import { lean } from "./lean.ts";
import { rescaled } from "./rescaled.ts";
import { tables } from "./tables.ts";
import type { CtcVariant } from "./variant.ts";

/** Every variant by name; `tables` is the library's own way. */
export const ctcVariants = {
  tables,
  fused,
  checkpointed,
  rescaled,
  lean,
} as const satisfies Record<string, CtcVariant>;

/** The name of a variant. */
export type CtcVariantName = keyof typeof ctcVariants;
