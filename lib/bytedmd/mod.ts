export * from "./lru_stack.ts";
export * from "./tape.ts";
export * from "./movement_cost.ts";
export * from "./traced_array.ts";
