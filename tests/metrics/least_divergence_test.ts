import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { leastDivergence } from "lib/metrics/mod.ts";

const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const divergence = (b: readonly number[], q: readonly number[]) =>
  mean(b.map((b, t) => b * Math.log(b / q[t]) + (1 - b) * Math.log((1 - b) / (1 - q[t]))));

Deno.test("leastDivergence() is at most the divergence of any predictions with that mean", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(probability, probability), { minLength: 1, maxLength: 8 }),
      (pairs) => {
        const b = pairs.map(([b]) => b), q = pairs.map(([, q]) => q);
        const least = leastDivergence(b, mean(q));
        assertEquals(least >= -1e-12 && least <= divergence(b, q) + 1e-9, true);
      },
    ),
    { numRuns: 300 },
  );
});

Deno.test("leastDivergence() is reached: a fine grid over two predictions comes as near as it is fine", () => {
  for (const [b, target] of [[[0.1, 0.7], 0.6], [[0.02, 0.97], 0.3], [[0.5, 0.9], 0.2]] as const) {
    let least = Infinity;
    for (let n = 1; n < 20_000; n++) {
      const first = n / 20_000, second = 2 * target - first;
      if (second > 0 && second < 1) least = Math.min(least, divergence(b, [first, second]));
    }
    assertAlmostEquals(leastDivergence(b, target), least, 1e-6);
  }
});

Deno.test("leastDivergence() knows certain frames: what is 0 or 1 may stay so", () => {
  // Blank on half of the frames for certain, asked for a quarter: only those are wrong.
  assertAlmostEquals(leastDivergence([1, 0], 0.25), Math.log(2) / 2, 1e-9);
  assertAlmostEquals(leastDivergence([1, 0], 0.75), Math.log(2) / 2, 1e-9);
});

Deno.test("leastDivergence() names what is out of range", () => {
  assertThrows(() => leastDivergence([], 0.5), RangeError, "must be a probability");
  assertThrows(() => leastDivergence([0.5, 1.5], 0.5), RangeError, "number 1 is 1.5");
  assertThrows(() => leastDivergence([0.5], 1), RangeError, "current value is 1");
});

Deno.test("leastDivergence() of equal probabilities is that of the mean, also near 0 and 1", () => {
  for (const mean of [1e-7, 1e-3, 1 - 1e-3, 1 - 1e-7]) {
    const exact = -Math.log(4 * mean * (1 - mean)) / 2;
    assertAlmostEquals(leastDivergence([0.5, 0.5, 0.5], mean), exact, 1e-6 * exact);
  }
});
