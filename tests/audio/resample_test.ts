import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { resample, resampler } from "lib/audio/mod.ts";
import { noisySound, sine } from "../support/sounds.ts";

const rates = [[44100, 16000], [16000, 8000], [8000, 16000], [11025, 16000], [48000, 16000]];

/** I₀ by its integral: the mean of exp(x cos θ) over half a turn */
function besselIntegral(x: number): number {
  let sum = 0;
  const steps = 400;
  for (let i = 0; i < steps; i++) sum += Math.exp(x * Math.cos(Math.PI * (i + 0.5) / steps));
  return sum / steps;
}

Deno.test("resample() is the sum over all samples of its formula", () => {
  for (const [from, to] of rates) {
    const x = noisySound(300), y = resample(x, from, to);
    assertEquals(y.length, Math.ceil(300 * to / from));
    const c = 0.95 * Math.min(1, to / from), beta = 0.1102 * 91.3;
    const h = (t: number) => {
      const u = c * t / 64;
      if (Math.abs(u) >= 1) return 0;
      const sinc = t === 0 ? 1 : Math.sin(Math.PI * c * t) / (Math.PI * c * t);
      return sinc * besselIntegral(beta * Math.sqrt(1 - u * u));
    };
    for (let m = 0; m < y.length; m += 13) {
      const time = m * from / to, near = Math.floor(time);
      let sum = 0, weights = 0;
      for (let n = near - 500; n <= near + 500; n++) {
        const weight = h(time - n);
        weights += weight;
        sum += weight * (x[n] ?? 0);
      }
      assertAlmostEquals(y[m], sum / weights, 1e-10);
    }
  }
});

Deno.test("a sine inside the band keeps amplitude, frequency and phase to 1e-4", () => {
  for (const [from, to] of rates) {
    for (const share of [0.02, 0.3, 0.7, 0.89]) {
      const hertz = share * Math.min(from, to) / 2;
      const y = resample(sine(hertz, from, from / 5), from, to);
      const expected = sine(hertz, to, y.length), edge = Math.ceil(80 * Math.max(1, to / from));
      for (let m = edge; m < y.length - edge; m++) assertAlmostEquals(y[m], expected[m], 1e-4);
    }
  }
});

Deno.test("what the lower rate cannot hold is weakened by 95 dB, and a constant is kept", () => {
  for (const [from, to] of rates.filter(([from, to]) => from > to)) {
    for (const hertz of [to / 2 + 50, 0.7 * to, from / 2 - 10]) {
      if (hertz >= from / 2) continue;
      const y = resample(sine(hertz, from, from / 5), from, to).subarray(200, -200);
      const loudest = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      assert(loudest < 0.5 * 10 ** (-95 / 20), `${hertz} Hz: ${loudest}`);
    }
    const y = resample(new Float64Array(from / 5).fill(0.25), from, to).subarray(200, -200);
    for (const value of y) assertAlmostEquals(value, 0.25, 1e-12);
  }
});

Deno.test("a resampler gives the samples of the whole sound exactly, however it is cut", () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.nat(2000), cuts, fc.constantFrom(...rates), (length, cuts, [from, to]) => {
      const x = noisySound(length), filter = resampler(from, to), pieces: number[] = [];
      for (let at = 0, n = 0; at < length; n++) {
        const end = at + cuts[Math.min(n, cuts.length - 1)];
        pieces.push(...filter.push(x.subarray(at, end)));
        at = end;
      }
      assertEquals(Float64Array.from([...pieces, ...filter.finish()]), resample(x, from, to));
    }),
    { numRuns: 40 },
  );
});

Deno.test("resample() copies at the same rate, and refuses rates that it has no table for", () => {
  const x = noisySound(10), y = resample(x, 8000, 8000);
  assertEquals([y, y === x], [x, false]);
  assertThrows(() => resample(x, 0, 8000), RangeError, "from must be a whole number");
  assertThrows(() => resample(x, 1_000_001, 8000), RangeError, "up to 1000000: current value is 1");
  assertThrows(() => resample(x, 8000, 8000.5), RangeError, "current value is 8000.5");
  assertThrows(() => resample(x, 44100, 999_983), RangeError, "divisor must be larger than 1");
});
