import { assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { addNoise, deltas, normalizeUtterance, specAugment, stackFrames } from "lib/audio/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { randomMatrix } from "../support/matrices.ts";
import { noisySound } from "../support/sounds.ts";

// The loops of Kaldi's DeltaFeatures: scales of order n at offset j, applied to frames that are
// clamped to the utterance
Deno.test("deltas() are Kaldi's sums over clamped frames", () => {
  const scales = [
    [1],
    [-2, -1, 0, 1, 2].map((j) => j / 10),
    [4, 4, 1, -4, -10, -4, 1, 4, 4].map((j) => j / 100),
  ];
  for (const T of [1, 2, 3, 12]) {
    const x = randomMatrix(new RandomState(T), T, 3), y = deltas(x);
    assertEquals([y.rows, y.cols], [T, 9]);
    for (let t = 0; t < T; t++) {
      scales.forEach((filter, order) => {
        for (let d = 0; d < 3; d++) {
          const reach = (filter.length - 1) / 2;
          const sum = filter.reduce((sum, weight, j) => {
            const from = Math.min(T - 1, Math.max(0, t + j - reach));
            return sum + weight * x.data[from * 3 + d];
          }, 0);
          assertAlmostEquals(y.data[t * 9 + order * 3 + d], sum, 1e-12);
        }
      });
    }
  }
  assertEquals(deltas(matrix(2, 1, [3, 4]), { order: 0 }), matrix(2, 1, [3, 4]));
  assertThrows(() => deltas(matrix(1, 1), { order: -1 }), RangeError, "order must be a whole");
  assertThrows(() => deltas(matrix(1, 1), { window: 0 }), RangeError, "window must be a whole");
  assertThrows(() => deltas(matrix(1, 1), { window: 1001 }), RangeError, "from 1 to 1000");
  assertEquals(deltas(matrix(1, 1), { window: 1000, order: 1 }), matrix(1, 2));
});

Deno.test("normalizeUtterance() makes mean 0 and variance 1 of every column that varies", () => {
  const x = randomMatrix(new RandomState(3), 50, 4);
  for (let t = 0; t < 50; t++) {
    x.data[4 * t + 1] = 7;
    x.data[4 * t + 2] = 1e3 + 20 * x.data[4 * t + 2];
  }
  for (const variance of [true, false]) {
    const { data } = normalizeUtterance(x, { variance });
    for (let d = 0; d < 4; d++) {
      const column = Array.from({ length: 50 }, (_, t) => data[4 * t + d]);
      assertAlmostEquals(column.reduce((a, b) => a + b) / 50, 0, 1e-12);
      const squares = column.reduce((sum, value) => sum + value * value, 0) / 50;
      if (d === 1) assertEquals(squares, 0);
      else if (variance) assertAlmostEquals(squares, 1, 1e-12);
      else {assertEquals(
          Math.abs(column[3] - column[7] - x.data[12 + d] + x.data[28 + d]) < 1e-12,
          true,
        );}
    }
  }
});

Deno.test("normalizeUtterance() makes 0 of a column that varies by less than 1e-8 of its mean", () => {
  const of = (...x: number[]) => [...normalizeUtterance(matrix(2, 1, x)).data];
  assertEquals([of(1e9, 1e9 + 10), of(1e9, 1e9 + 40)], [[0, 0], [-1, 1]]);
});

Deno.test("stackFrames() keeps every value, and repeats the last frame alone", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 6 }), (T, count) => {
      const x = randomMatrix(new RandomState(T), T, 3), y = stackFrames(x, count);
      assertEquals([y.rows, y.cols], [Math.ceil(T / count), 3 * count]);
      assertEquals(y.data.slice(0, 3 * T), x.data);
      for (let i = 3 * T; i < y.data.length; i++) {
        assertEquals(y.data[i], x.data[3 * (T - 1) + i % 3]);
      }
    }),
  );
  assertEquals(stackFrames(matrix(0, 2), 4), matrix(0, 8));
  assertThrows(() => stackFrames(matrix(1, 1), 0), RangeError, "current value is 0");
});

Deno.test("addNoise() has the ratio that is asked for, with white and with recorded noise", () => {
  const x = noisySound(2000), hum = Float64Array.from({ length: 77 }, (_, n) => Math.sin(n));
  const power = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0);
  for (const snr of [-5, 0, 20]) {
    for (const noise of [undefined, hum]) {
      const y = addNoise(x, { snr, rng: new RandomState(2), noise });
      const ratio = power(x) / power(y.map((value, n) => value - x[n]));
      assertAlmostEquals(10 * Math.log10(ratio), snr, 1e-9);
      assertEquals(addNoise(x, { snr, rng: new RandomState(2), noise }), y);
    }
  }
  // A recording begins at a sample that is drawn, and begins again at its end
  const from = new RandomState(2).randint(0, 77);
  const [y, drawn] = [addNoise(x, { snr: 0, rng: new RandomState(2), noise: hum }), hum[from % 77]];
  assertNotEquals(from, 0);
  x.forEach((value, n) => {
    assertAlmostEquals((y[n] - value) * drawn, (y[0] - x[0]) * hum[(from + n) % 77], 1e-9);
  });
  const silence = new Float64Array(9), rng = new RandomState(2);
  assertEquals(addNoise(silence, { snr: 10, rng }), silence);
  assertThrows(() => addNoise(x, { snr: NaN, rng }), RangeError, "current value is NaN");
  assertThrows(() => addNoise(x, { snr: 1, rng, noise: silence }), RangeError, "9 samples of 0");
});

Deno.test("specAugment() hides at most what its options say, by column means, from its own stream", () => {
  const x = randomMatrix(new RandomState(5), 60, 12);
  const means = Array.from(
    { length: 12 },
    (_, d) => x.data.reduce((sum, value, i) => i % 12 === d ? sum + value / 60 : sum, 0),
  );
  const options = { timeMasks: 1, timeWidth: 10, bandMasks: 2, bandWidth: 3 };
  const widths = new Set<number>();
  for (let seed = 0; seed < 50; seed++) {
    const y = specAugment(x, new RandomState(seed), options);
    assertEquals(specAugment(x, new RandomState(seed), options), y);
    const hidden = (i: number) => y.data[i] !== x.data[i];
    y.data.forEach((value, i) => {
      if (hidden(i)) assertAlmostEquals(value, means[i % 12], 1e-12);
    });
    const frames = Array.from({ length: 60 }, (_, t) => t)
      .filter((t) => means.every((_, d) => hidden(12 * t + d)));
    widths.add(frames.length);
    const bands = means.filter((_, d) => x.data.every((_, i) => i % 12 !== d || hidden(i)));
    assertEquals(frames.length <= 10 && bands.length <= 6, true);
    assertEquals(frames.at(-1) ?? -1, (frames[0] ?? 0) + frames.length - 1);
  }
  assertEquals(widths.size > 5, true);
  const none = { timeMasks: 0, bandMasks: 0 };
  assertEquals(specAugment(x, new RandomState(1), none), x);
  // deno-lint-ignore no-explicit-any -- an option that there is not
  assertThrows(() => specAugment(x, new RandomState(1), { masks: 1 } as any), TypeError, "masks");
});

/** What specAugment() hides in 300 draws: of T frames one value wide, or of D bands two frames long. */
function drawnMasks(units: number, of: "frames" | "bands", options: object) {
  const x = randomMatrix(
    new RandomState(5),
    ...(of === "frames" ? [units, 1] : [2, units]) as [number, number],
  );
  const widths = new Set<number>(), places = new Set<number>();
  let most = 0;
  for (let seed = 0; seed < 300; seed++) {
    const { data } = specAugment(x, new RandomState(seed), options);
    const shown = (n: number) => data.some((y, i) => i % units === n && y === x.data[i]);
    const hidden = Array.from({ length: units }, (_, n) => shown(n) ? " " : "x").join("");
    const runs = [...hidden.matchAll(/x+/g)];
    most = Math.max(most, runs.length);
    if (runs.length === 0) widths.add(0);
    for (const { 0: run, index } of runs) {
      widths.add(run.length);
      for (let n = 0; n < run.length; n++) places.add(index + n);
    }
  }
  return { widths: [...widths].sort((a, b) => a - b), places: places.size, most };
}

Deno.test("specAugment() draws every width up to 25 frames or a fifth of them, up to 8 bands, at every place", () => {
  const upTo = (n: number) => [...Array(n + 1).keys()];
  const frames = (T: number) => drawnMasks(T, "frames", { timeMasks: 1, bandMasks: 0 });
  const bands = drawnMasks(20, "bands", { timeMasks: 0, bandMasks: 1 });
  assertEquals([frames(150).widths, frames(20).widths, bands.widths].map((all) => all.join()), [
    upTo(25).join(),
    upTo(4).join(),
    upTo(8).join(),
  ]);
  assertEquals([frames(20).places, bands.places], [20, 20]);
});

Deno.test("specAugment() hides by default two stretches of frames and two of bands", () => {
  assertEquals(drawnMasks(60, "frames", { bandMasks: 0 }).most, 2);
  assertEquals(drawnMasks(40, "bands", { timeMasks: 0 }).most, 2);
});
