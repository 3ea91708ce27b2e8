import { sigmoid } from "../../sigmoid.ts";

/** y = x σ(x) */
export function swishForward(y: Float64Array, x: Float64Array): Float64Array {
  for (let i = 0; i < x.length; i++) y[i] = x[i] * sigmoid(x[i]);
  return y;
}

/** dx = dy σ (1 + x (1 - σ)) with σ = σ(x) */
export function swishBackward(dx: Float64Array, dy: Float64Array, x: Float64Array): Float64Array {
  for (let i = 0; i < x.length; i++) {
    const s = sigmoid(x[i]);
    dx[i] = dy[i] * s * (1 + x[i] * (1 - s));
  }
  return dx;
}

/**
 * y = a ∘ σ(b) for x = [a | b]
 *
 * @param y [n, m], written
 * @param x [n, 2m]
 */
export function gluForward(y: Float64Array, x: Float64Array, n: number, m: number): Float64Array {
  for (let i = 0; i < n; i++) {
    const row = i * m, a = 2 * row, b = a + m;
    for (let j = 0; j < m; j++) y[row + j] = x[a + j] * sigmoid(x[b + j]);
  }
  return y;
}

/**
 * da = dy ∘ σ, db = dy ∘ a ∘ σ (1 - σ) with σ = σ(b)
 *
 * @param dx [n, 2m], written
 * @param dy [n, m]
 * @param x [n, 2m]
 */
export function gluBackward(
  dx: Float64Array,
  dy: Float64Array,
  x: Float64Array,
  n: number,
  m: number,
): Float64Array {
  for (let i = 0; i < n; i++) {
    const row = i * m, a = 2 * row, b = a + m;
    for (let j = 0; j < m; j++) {
      const s = sigmoid(x[b + j]);
      dx[a + j] = dy[row + j] * s;
      dx[b + j] = dx[a + j] * x[a + j] * (1 - s);
    }
  }
  return dx;
}
