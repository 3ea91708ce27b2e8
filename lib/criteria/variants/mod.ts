export { type CtcVariant, heapRoom, type Room, variantLoss } from "./variant.ts";
export * from "./variants.ts";
