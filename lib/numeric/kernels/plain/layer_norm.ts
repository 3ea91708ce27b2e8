/**
 * y = x̂ ∘ scale + shift with x̂ = (x - mean) · inverse, inverse = 1/√(variance + ε), row by row.
 *
 * @param y [n, m], written
 * @param normal [n, m], x̂, written
 * @param inverse [n], written
 * @param x [n, m]
 * @param scale [m]
 * @param shift [m]
 */
export function layerNormForward(
  y: Float64Array,
  normal: Float64Array,
  inverse: Float64Array,
  x: Float64Array,
  scale: Float64Array,
  shift: Float64Array,
  n: number,
  m: number,
  epsilon: number,
): Float64Array {
  for (let i = 0; i < n; i++) {
    const row = i * m;
    let mean = 0, variance = 0;
    for (let j = 0; j < m; j++) mean += x[row + j];
    mean /= m;
    for (let j = 0; j < m; j++) variance += (x[row + j] - mean) ** 2;
    inverse[i] = 1 / Math.sqrt(variance / m + epsilon);
    for (let j = 0; j < m; j++) {
      normal[row + j] = (x[row + j] - mean) * inverse[i];
      y[row + j] = normal[row + j] * scale[j] + shift[j];
    }
  }
  return y;
}

/**
 * dx = inverse · (g - mean(g) - x̂ ∘ mean(g ∘ x̂)) with g = dy ∘ scale, row by row.
 *
 * @param dx [n, m], written
 * @param dy [n, m]
 * @param normal [n, m], x̂
 * @param inverse [n]
 * @param scale [m]
 */
export function layerNormBackward(
  dx: Float64Array,
  dy: Float64Array,
  normal: Float64Array,
  inverse: Float64Array,
  scale: Float64Array,
  n: number,
  m: number,
): Float64Array {
  for (let i = 0; i < n; i++) {
    const row = i * m;
    let mean = 0, along = 0;
    for (let j = 0; j < m; j++) {
      const g = dy[row + j] * scale[j];
      mean += g;
      along += g * normal[row + j];
    }
    mean /= m;
    along /= m;
    for (let j = 0; j < m; j++) {
      const g = dy[row + j] * scale[j];
      dx[row + j] = (g - mean - normal[row + j] * along) * inverse[i];
    }
  }
  return dx;
}
