import type { Params } from "../numeric/mod.ts";

/**
 * Scales all gradients together, in place, so that their joint Euclidean norm is at most `limit`:
 * g ← g · limit / (norm + 1e-12) where norm > limit.
 *
 * @returns The norm before clipping.
 *
 * Source: Pascanu, Mikolov & Bengio 2013, Algorithm 1; the write-up for the 1e-12.
 */
export function clipGlobalNorm(grads: Params, limit: number): number {
  let squares = 0;
  for (const { data } of Object.values(grads)) {
    for (let i = 0; i < data.length; i++) squares += data[i] * data[i];
  }
  const norm = Math.sqrt(squares);
  if (norm > limit) {
    const scale = limit / (norm + 1e-12);
    for (const { data } of Object.values(grads)) {
      for (let i = 0; i < data.length; i++) data[i] *= scale;
    }
  }
  return norm;
}
