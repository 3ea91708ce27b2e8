/**
 * How far predictions must be from the truth, if their mean is wrong: the least mean over t of
 *
 * KL(bₜ ‖ qₜ) = bₜ log (bₜ / qₜ) + (1 - bₜ) log ((1 - bₜ) / (1 - qₜ))
 *
 * over all qₜ with the given mean. Where bₜ is the exact posterior of blank, no model whose mean
 * blank posterior is `mean` has a framewise cross entropy below that of the exact posterior plus this.
 *
 * The best qₜ makes every d KL / dqₜ the same λ: λ qₜ² - (1 + λ) qₜ + bₜ = 0, and λ is found by
 * bisection, as the mean of qₜ falls where λ rises.
 *
 * @param b Probabilities.
 * @param mean Above 0 and below 1.
 * @returns nats
 * @throws {RangeError} If there is no probability, one is not from 0 to 1, or the mean is out of range.
 *
 * @example
 * ```ts
 * import { leastDivergence } from "lib/metrics/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(leastDivergence([0.2, 0.4], 0.3), 0, 1e-12); // qₜ = bₜ
 * assertAlmostEquals(leastDivergence([1, 1], 0.5), Math.log(2), 1e-12);
 * ```
 */
export function leastDivergence(b: ArrayLike<number>, mean: number): number {
  const T = b.length;
  if (T === 0) throw new RangeError("Cannot compare means as there must be a probability");
  for (let t = 0; t < T; t++) {
    if (!(b[t] >= 0 && b[t] <= 1)) {
      throw new RangeError(
        `Cannot compare means as probabilities must be from 0 to 1: number ${t} is ${b[t]}`,
      );
    }
  }
  if (!(mean > 0 && mean < 1)) {
    throw new RangeError(
      `Cannot compare means as the mean must be above 0 and below 1: current value is ${mean}`,
    );
  }
  const average = (f: (b: number) => number) => {
    let sum = 0;
    for (let t = 0; t < T; t++) sum += f(b[t]);
    return sum / T;
  };
  // λ = sinh(u) covers all numbers from -1e8 to 1e8 evenly enough.
  let low = -19, high = 19;
  for (let n = 0; n < 100; n++) {
    const u = (low + high) / 2;
    if (average((b) => best(b, Math.sinh(u))) > mean) low = u;
    else high = u;
  }
  const lambda = Math.sinh(low);
  return average((b) => divergence(b, best(b, lambda)));
}

/** The root from 0 to 1 of λ q² - (1 + λ) q + b, without cancellation. */
function best(b: number, lambda: number): number {
  const root = Math.sqrt((1 + lambda) ** 2 - 4 * lambda * b);
  return 1 + lambda > 0 ? 2 * b / (1 + lambda + root) : (1 + lambda - root) / (2 * lambda);
}

function divergence(b: number, q: number): number {
  const term = (p: number, q: number) => p === 0 ? 0 : p * Math.log(p / q);
  return term(b, q) + term(1 - b, 1 - q);
}
