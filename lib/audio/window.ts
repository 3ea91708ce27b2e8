/** Shape of the weights of a frame. */
export type WindowKind = "povey" | "hamming" | "hann" | "blackman" | "rectangular";

/** All kinds, "povey" being Kaldi's default. */
export const windowKinds: readonly WindowKind[] = [
  "povey",
  "hamming",
  "hann",
  "blackman",
  "rectangular",
];

/**
 * The weights of a frame of `length` samples, with a = 2π / (length - 1):
 *
 * hann 0.5 - 0.5 cos(an) · hamming 0.54 - 0.46 cos(an) · povey hann^0.85 ·
 * blackman 0.42 - 0.5 cos(an) + 0.08 cos(2an) · rectangular 1
 *
 * @throws {RangeError} If the kind is unknown.
 *
 * @example
 * ```ts
 * import { frameWindow } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...frameWindow("povey", 3)], [0, 1, 0]);
 * ```
 *
 * Source: Kaldi, feat/feature-window.cc.
 */
export function frameWindow(kind: WindowKind, length: number): Float64Array<ArrayBuffer> {
  const weight = {
    povey: (cos: number) => (0.5 - 0.5 * cos) ** 0.85,
    hamming: (cos: number) => 0.54 - 0.46 * cos,
    hann: (cos: number) => 0.5 - 0.5 * cos,
    blackman: (cos: number) => 0.42 - 0.5 * cos + 0.08 * (2 * cos * cos - 1),
    rectangular: () => 1,
  }[kind];
  if (weight === undefined) {
    throw new RangeError(
      `Cannot make a window as its kind must be one of ${windowKinds.join(", ")}: it is ${kind}`,
    );
  }
  const a = 2 * Math.PI / Math.max(1, length - 1);
  return Float64Array.from({ length }, (_, n) => weight(Math.cos(a * n)));
}
