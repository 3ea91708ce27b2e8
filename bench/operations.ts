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

/**
 * All floating-point operations of the layer over those of its matrix products: the rest is the
 * arithmetic of every cell, each multiplication, addition and division counted as one, as the SIMD
 * kernel does it.
 *
 * forward, 168 per cell and frame: three sigmoids of 32, two tanh of 34, c and h;
 * backward, 23: dh, dc and the four dz.
 */
export function wholeOverProducts(
  D: number,
  H: number,
  pass: "forward" | "backward",
): number {
  const ofCells = (pass === "forward" ? 168 : 23) * H;
  return 1 + ofCells / layerOperations(1, D, H, pass);
}
