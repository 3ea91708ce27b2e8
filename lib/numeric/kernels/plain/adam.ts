/**
 * m ← β₁m + (1 - β₁)g;  v ← β₂v + (1 - β₂)g²;  θ ← θ - η · (m/meanBias) / (√(v/squareBias) + ε)
 *
 * @param theta θ, changed
 * @param mean m, changed
 * @param square v, changed
 * @param g gradient
 * @param meanBias 1 - β₁ᵗ
 * @param squareBias 1 - β₂ᵗ
 */
export function adamStep(
  theta: Float64Array,
  mean: Float64Array,
  square: Float64Array,
  g: Float64Array,
  lr: number,
  beta1: number,
  beta2: number,
  epsilon: number,
  meanBias: number,
  squareBias: number,
): Float64Array {
  for (let i = 0; i < theta.length; i++) {
    mean[i] = beta1 * mean[i] + (1 - beta1) * g[i];
    square[i] = beta2 * square[i] + (1 - beta2) * g[i] * g[i];
    theta[i] -= lr * (mean[i] / meanBias) / (Math.sqrt(square[i] / squareBias) + epsilon);
  }
  return theta;
}
