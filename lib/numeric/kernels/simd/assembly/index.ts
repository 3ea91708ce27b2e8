// The SIMD twin of the kernels in ../../plain, in AssemblyScript; `deno task kernels` builds it.
// Every array is an address in this module's memory: ../mod.ts puts it there.

export * from "./lstm_backward";
export * from "./lstm_forward";
export * from "./lstm_gradients";
export * from "./matmul";
export * from "./softmax";
export * from "./full_sum";
export * from "./adam";
export * from "./attention";
export * from "./columns";
export * from "./depthwise";
export * from "./gated";
export * from "./gated_single";
export * from "./layer_norm";
export * from "./location";
export * from "./ceiling";
export * from "./transducer";
export { sigmoidSingles, tanhSingles } from "./single";
export { expAll, logAll, logOnePlusExpsAll, sigmoidAll, tanhAll } from "./vector_math";

/** The first byte that is free. */
export function heapBase(): usize {
  return __heap_base;
}
