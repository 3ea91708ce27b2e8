export * from "./lru_stack.ts";
export * from "./tape.ts";
export * from "./movement_cost.ts";
export * from "./price_of.ts";
export * from "./traced_array.ts";
export * from "./training_step.ts";
export * from "./ctc_cost.ts";
export type { CtcVariant, Room } from "../criteria/variants/mod.ts";
