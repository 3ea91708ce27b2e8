import type { Params } from "../numeric/mod.ts";

/**
 * The joint Euclidean norm of all gradients, √Σ g², whatever their size: where squares would
 * overflow or vanish, all are divided by the largest first.
 *
 * @returns NaN if a gradient is NaN.
 */
export function globalNorm(grads: Params): number {
  let squares = 0;
  for (const { data } of Object.values(grads)) {
    for (let i = 0; i < data.length; i++) squares += data[i] * data[i];
  }
  if (squares >= LEAST && squares < Infinity) return Math.sqrt(squares);
  const most = largest(grads);
  if (!(most > 0 && most < Infinity)) return most;
  let shares = 0;
  for (const { data } of Object.values(grads)) {
    for (let i = 0; i < data.length; i++) shares += (data[i] / most) ** 2;
  }
  return most * Math.sqrt(shares);
}

/**
 * Scales all gradients together, in place, so that their joint Euclidean norm is at most `limit`:
 * g ← g · limit / (norm + 1e-12) where norm > limit.
 *
 * @param limit Above 0; `Infinity` leaves every gradient as it is.
 * @param norm Their {@link globalNorm}, where it is known already.
 * @returns The norm before clipping.
 * @throws {RangeError} If the limit is not above 0, or the norm not finite, as it is where a
 * gradient is NaN or ±Infinity.
 *
 * Source: Pascanu, Mikolov & Bengio 2013, Algorithm 1; the write-up for the 1e-12.
 */
export function clipGlobalNorm(
  grads: Params,
  limit: number,
  norm: number = globalNorm(grads),
): number {
  if (typeof limit !== "number" || !(limit > 0)) {
    throw new RangeError(`Cannot clip gradients as limit must be > 0: current value is ${limit}`);
  }
  if (!Number.isFinite(norm)) {
    throw new RangeError(`Cannot clip gradients as their norm must be finite: it is ${norm}`);
  }
  if (norm > limit) {
    const scale = limit / (norm + 1e-12);
    for (const { data } of Object.values(grads)) {
      for (let i = 0; i < data.length; i++) data[i] *= scale;
    }
  }
  return norm;
}

/** Below this, squares have lost digits on the way down to 0. */
const LEAST = 1e-280;

/** The largest |g|; NaN if one is NaN. */
function largest(grads: Params): number {
  let most = 0;
  for (const { data } of Object.values(grads)) {
    for (let i = 0; i < data.length; i++) most = Math.max(most, Math.abs(data[i]));
  }
  return most;
}
