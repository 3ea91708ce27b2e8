import type { Params } from "../numeric/mod.ts";

/**
 * Scales all gradients together, in place, so that their joint Euclidean norm is at most `limit`:
 * g ← g · limit / (norm + 1e-12) where norm > limit.
 *
 * @param limit Above 0; `Infinity` leaves every gradient as it is.
 * @returns The norm before clipping.
 * @throws {RangeError} If the limit is not above 0.
 *
 * Source: Pascanu, Mikolov & Bengio 2013, Algorithm 1; the write-up for the 1e-12.
 */
export function clipGlobalNorm(grads: Params, limit: number): number {
  if (!(limit > 0)) {
    throw new RangeError(`Cannot clip gradients as limit must be > 0: current value is ${limit}`);
  }
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
