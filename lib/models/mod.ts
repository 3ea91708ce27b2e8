export type * from "./layer.ts";
export { linear } from "./linear.ts";
export * from "./lstm.ts";
export * from "./bidirectional.ts";
export * from "./stack.ts";
export * from "./checkpoint.ts";
export * from "./ffnn.ts";
