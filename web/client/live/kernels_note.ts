import type { Twin } from "lib/numeric/kernels/mod.ts";

/** What a page says of the kernels that its workers have; nothing where they are the usual ones. */
export function kernelsNote(kernels: Twin): string {
  return kernels === "simd"
    ? ""
    : "This browser or processor has no WebAssembly SIMD with a fused " +
      "multiply–add: kernels run as plain TypeScript, about five times slower, and a claim " +
      "that bits equal the committed ones may fail.";
}
