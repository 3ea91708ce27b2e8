import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { mean, median, pairedDifference, spreadOf } from "lib/numeric/mod.ts";

Deno.test("mean(), spreadOf() and median() are those of any textbook", () => {
  assertEquals(mean([1, 2, 6]), 3);
  assertEquals(spreadOf([1, 2, 3]), { mean: 2, deviation: 1 });
  assertEquals(spreadOf([7]), { mean: 7, deviation: 0 });
  assertEquals(median([10, 9, 100]), 10);
  assertEquals(median([1, 2, 3, Infinity]), 2.5);
  assertEquals(median([1, Infinity, Infinity]), Infinity);
});

Deno.test("statistics of nothing, or of NaN where order counts, are errors", () => {
  assertThrows(() => mean([]), RangeError, "at least one");
  assertThrows(() => spreadOf([]), RangeError, "at least one");
  assertThrows(() => median([]), RangeError, "at least one");
  assertThrows(() => median([1, NaN]), RangeError, "NaN");
});

Deno.test("pairedDifference() has the interval of Student's t, as SciPy 1.17 gives it", () => {
  // scipy.stats.t.interval(0.95, n - 1, loc=mean, scale=sem) of the differences
  const five = pairedDifference([1, 2, 3, 4, 6], [0, 0, 0, 0, 0]);
  assertAlmostEquals(five.mean, 3.2, 1e-12);
  assertAlmostEquals(five.low, 0.811612, 1e-3);
  assertAlmostEquals(five.high, 5.588388, 1e-3);
  const fifty = Array.from({ length: 50 }, (_, n) => n % 5);
  const { low, high } = pairedDifference(fifty, fifty.map(() => 0));
  assertAlmostEquals(high - low, 2 * 2.009575 * spreadOf(fifty).deviation / Math.sqrt(50), 2e-3);
});

Deno.test("pairedDifference() needs as many of both, at least two", () => {
  assertThrows(() => pairedDifference([1, 2], [1]), RangeError, "2 and 1");
  assertThrows(() => pairedDifference([1], [1]), RangeError, "at least 2");
});

/** Γ((n + 1) / 2) / (Γ(n / 2) √(nπ)), by Γ(x + 1) = x Γ(x). */
function studentNorm(n: number): number {
  let norm = n % 2 === 1 ? 1 / Math.PI : 1 / (2 * Math.SQRT2);
  for (let k = n % 2 === 1 ? 1 : 2; k < n; k += 2) norm *= (k + 1) / k * Math.sqrt(k / (k + 2));
  return norm;
}

Deno.test("95 % of Student's t with any degrees of freedom lies inside the interval of a difference", () => {
  for (let n = 1; n <= 40; n++) {
    // n + 1 differences, whose mean is 0 and deviation s
    const values = Array.from({ length: n + 1 }, (_, i) => i - n / 2);
    const { high } = pairedDifference(values, values.map(() => 0));
    const t = high * Math.sqrt(n + 1) / spreadOf(values).deviation;
    let inside = 0;
    const steps = 2000, dx = t / steps;
    for (let i = 0; i < steps; i++) {
      inside += 2 * dx * studentNorm(n) * (1 + ((i + 0.5) * dx) ** 2 / n) ** (-(n + 1) / 2);
    }
    assertAlmostEquals(inside, 0.95, n <= 30 ? 1e-4 : 4e-4, `${n} degrees of freedom`);
  }
});
