// Location-aware attention: what every frame gets of the frames around it that the step before listened
// to. Sums are taken in this order by both twins, to the same bits.

/**
 * hidden[t] += Σ_j before[t + j] L_j, j from -reach to reach
 *
 * @param hidden [T, A]
 * @param before [T]
 * @param L [2 reach + 1, A]
 */
export function addLocations(
  hidden: Float64Array,
  before: Float64Array,
  L: Float64Array,
): Float64Array {
  const T = before.length, A = hidden.length / T, reach = (L.length / A - 1) / 2;
  for (let t = 0; t < T; t++) {
    for (let j = Math.max(-reach, -t); j <= reach && t + j < T; j++) {
      const share = before[t + j], tap = (j + reach) * A;
      for (let a = 0; a < A; a++) hidden[t * A + a] += share * L[tap + a];
    }
  }
  return hidden;
}

/**
 * The gradients of {@link addLocations}, added to what is there.
 *
 * @param dBefore [T]
 * @param dL [2 reach + 1, A]
 * @param d [T, A] the gradient with respect to `hidden`
 */
export function locationGradients(
  dBefore: Float64Array,
  dL: Float64Array,
  d: Float64Array,
  before: Float64Array,
  L: Float64Array,
): Float64Array {
  const T = before.length, A = d.length / T, reach = (L.length / A - 1) / 2;
  for (let t = 0; t < T; t++) {
    for (let j = Math.max(-reach, -t); j <= reach && t + j < T; j++) {
      const tap = (j + reach) * A;
      let sum = 0;
      for (let a = 0; a < A; a++) {
        sum += d[t * A + a] * L[tap + a];
        dL[tap + a] += before[t + j] * d[t * A + a];
      }
      dBefore[t + j] += sum;
    }
  }
  return dL;
}
