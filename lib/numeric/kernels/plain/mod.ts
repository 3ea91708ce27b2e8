export * from "./adam.ts";
export * from "./full_sum.ts";
export * from "./lstm.ts";
export * from "./matmul.ts";
export * from "./softmax.ts";
export * from "./transducer.ts";
