/**
 * Floating-point operations of one LSTM layer in one direction over N frames: those of its matrix
 * products, each multiplication and each addition counted as one.
 *
 * forward: 2 · N · 4H · (D + H), from x Wx and h Wh;
 * backward: twice that, from dz Wxᵀ, dz Whᵀ, xᵀ dz and hᵀ dz.
 */
export function layerOperations(
  N: number,
  D: number,
  H: number,
  pass: "forward" | "backward",
): number {
  return (pass === "forward" ? 2 : 4) * N * 4 * H * (D + H);
}
