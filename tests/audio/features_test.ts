import { assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  type Extractor,
  frameWindow,
  hertzToMel,
  logMel,
  logMelExtractor,
  melFilters,
  melToHertz,
  mfcc,
  mfccExtractor,
  powerSpectrum,
  windowKinds,
} from "lib/audio/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { noisySound, sine } from "../support/sounds.ts";

Deno.test("powerSpectrum() is the squared modulus of the naive transform, for every power of two", () => {
  for (let size = 4; size <= 1024; size *= 2) {
    const x = noisySound(size), spectrum = powerSpectrum(size);
    const power = new Float64Array(size / 2 + 1);
    for (const scale of [1, 3]) { // the second use of the same workspace too
      x.forEach((value, n) => spectrum.input[(n >> 1) + (n & 1 ? size / 2 : 0)] = scale * value);
      spectrum.compute(power);
      power.forEach((value, k) => {
        let re = 0, im = 0;
        x.forEach((value, n) => {
          const angle = 2 * Math.PI * (k * n % size) / size;
          re += scale * value * Math.cos(angle);
          im += scale * value * Math.sin(angle);
        });
        assertAlmostEquals(value, re * re + im * im, 1e-9);
      });
    }
  }
  for (const size of [0, 2, 12, 4.5]) {
    assertThrows(() => powerSpectrum(size), RangeError, `current value is ${size}`);
  }
});

// numpy.hanning, hamming and blackman of 5; povey is hanning ** 0.85
Deno.test("frameWindow() has the shapes of NumPy and Kaldi", () => {
  const expected = {
    hann: [0, 0.5, 1, 0.5, 0],
    hamming: [0.08, 0.54, 1, 0.54, 0.08],
    blackman: [0, 0.34, 1, 0.34, 0],
    povey: [0, 0.5547847360339225, 1, 0.5547847360339225, 0],
    rectangular: [1, 1, 1, 1, 1],
  };
  for (const kind of windowKinds) {
    frameWindow(kind, 5).forEach((x, n) => assertAlmostEquals(x, expected[kind][n], 1e-12));
  }
  // deno-lint-ignore no-explicit-any -- a kind that there is not
  assertThrows(() => frameWindow("kaiser" as any, 5), RangeError, "it is kaiser");
});

const axis = { lowHz: 20, highHz: 0, warp: 1, vtlnLowHz: 100, vtlnHighHz: -500 };

Deno.test("mel filters overlap by half, so that inside the bank their weights sum to 1", () => {
  const { first, offsets, weights, centers } = melFilters({
    ...axis,
    sampleRate: 16000,
    bins: 40,
    size: 512,
  });
  const sums = new Float64Array(257);
  first.forEach((k, b) => {
    weights.subarray(offsets[b], offsets[b + 1]).forEach((w, i) => sums[k + i] += w);
  });
  sums.forEach((sum, k) => {
    const hertz = k * 16000 / 512;
    if (hertz >= centers[0] && hertz <= centers[39]) assertAlmostEquals(sum, 1, 1e-12);
  });
  for (const hertz of [20, 1000, 7000]) {
    assertAlmostEquals(melToHertz(hertzToMel(hertz)), hertz, 1e-9);
  }
  assertAlmostEquals(hertzToMel(1000), 1000, 0.02);
});

Deno.test("a warp moves the peaks of the filters by its factor", () => {
  const of = (warp: number) =>
    melFilters({ ...axis, warp, sampleRate: 16000, bins: 40, size: 512 });
  const plain = of(1).centers;
  for (const warp of [0.88, 0.94, 1.06, 1.12]) {
    const { centers } = of(warp);
    plain.forEach((hertz, b) => {
      if (hertz > 130 && hertz < 6000) assertAlmostEquals(centers[b], hertz / warp, 1e-9);
      if (b > 0) assertEquals(centers[b] > centers[b - 1], true);
    });
  }
});

Deno.test("a tone is loudest in the filter that peaks next to it", () => {
  const { centers } = melFilters({ ...axis, sampleRate: 16000, bins: 40, size: 512 });
  for (const hertz of [500, 1200, 3000, 6000]) {
    const { data } = logMel(sine(hertz, 16000, 400), { sampleRate: 16000 });
    const loudest = data.indexOf(Math.max(...data));
    const next = [...centers].map((c) => Math.abs(hertzToMel(c) - hertzToMel(hertz)));
    assertEquals(loudest, next.indexOf(Math.min(...next)));
  }
});

Deno.test("dither is off by default, and noise of its own stream where it is on", () => {
  const x = new Float64Array(800), options = { sampleRate: 16000, dither: 1 };
  assertEquals(
    logMel(noisySound(800), { sampleRate: 16000 }),
    logMel(noisySound(800), { sampleRate: 16000, dither: 0 }),
  );
  const dithered = (seed: number) => logMel(x, { ...options, rng: new RandomState(seed) });
  assertEquals(dithered(1), dithered(1));
  assertNotEquals(dithered(1), dithered(2));
  // The energy of noise alone, of four times as much at twice its deviation
  const energies = (dither: number) =>
    logMel(x, { ...options, dither, useEnergy: true, rng: new RandomState(1) }).data;
  const twice = energies(2);
  energies(1).forEach((once, i) => assertAlmostEquals(twice[i] - once, Math.log(4), 1e-9));
  assertThrows(() => logMel(x, options), RangeError, "dither must come from an rng: it is 1");
});

Deno.test("options that cannot be are refused by name, and so is a sample that is not finite", () => {
  const x = noisySound(800), sampleRate = 16000;
  const cases: [() => unknown, string][] = [
    // deno-lint-ignore no-explicit-any -- left out
    [() => logMel(x, {} as any), "Cannot compute log-mel features as sampleRate must be from 100"],
    [
      () => mfcc(x, { sampleRate, cepstra: 24 }),
      "at most as many cepstra as filters: there are 24",
    ],
    [() => mfcc(x, { sampleRate, bins: 0 }), "Cannot compute MFCC as bins must be a whole number"],
    [() => logMel(x, { sampleRate, bins: 400 }), "every filter must have a bin of the transform"],
    [() => logMel(x, { sampleRate, lowHz: 9000 }), "0 <= low < high <= 8000 Hz: they are 9000"],
    [() => logMel(x, { sampleRate, highHz: 8001 }), "0 <= low < high <= 8000 Hz"],
    [() => logMel(x, { sampleRate, lengthMs: 0.1 }), "0.1 and 10 ms at 16000 Hz are 1 and 160"],
    [() => logMel(x, { sampleRate, shiftMs: 0.01 }), "25 and 0.01 ms at 16000 Hz are 400 and 0"],
    [
      () => logMel(x, { sampleRate, warp: 1.2, vtlnHighHz: 8000 }),
      "must have its corners in order",
    ],
    [() => logMel(x.with(700, NaN), { sampleRate }), "sample 700 is NaN"],
    // deno-lint-ignore no-explicit-any -- a kind that there is not
    [() => logMel(x, { sampleRate, window: "kaiser" as any }), 'window must be "povey", "hamming"'],
  ];
  for (const [compute, message] of cases) {
    const error = assertThrows(compute, Error, message);
    assertEquals(error instanceof RangeError || error instanceof TypeError, true);
  }
});

/** The features of a sound that is cut into pieces of these lengths, the last one repeated. */
function streamed(extractor: Extractor, x: Float64Array, lengths: readonly number[]): number[] {
  const stream = extractor.stream(), values: number[] = [];
  for (let at = 0, n = 0; at < x.length; n++) {
    const end = at + lengths[Math.min(n, lengths.length - 1)];
    values.push(...stream.push(x.subarray(at, end)).data);
    at = end;
  }
  return [...values, ...stream.finish().data];
}

Deno.test("a stream gives the features of the whole sound exactly, however it is cut", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 5 });
  fc.assert(fc.property(fc.nat(4000), lengths, fc.boolean(), (length, lengths, snipEdges) => {
    const x = noisySound(length);
    for (const shiftMs of [10, 40]) {
      const extractor = mfccExtractor({ sampleRate: 8000, snipEdges, shiftMs });
      assertEquals(streamed(extractor, x, lengths), [...extractor.compute(x).data]);
    }
  }));
});

Deno.test("an extractor says its width, frames and times, and can be used again", () => {
  const extractor = logMelExtractor({ sampleRate: 16000, snipEdges: false, bins: 20 });
  const x = noisySound(5000), once = extractor.compute(x);
  assertEquals([extractor.cols, extractor.frameSeconds, extractor.frames(5000)], [20, 0.01, 31]);
  extractor.compute(noisySound(800, 2));
  assertEquals(extractor.compute(x), once);
});

Deno.test("a sample whose power is not finite is named with its own value, mirrored or not", () => {
  const length = 400, rest = { sampleRate: 16000 };
  for (const snipEdges of [true, false]) {
    for (const value of [NaN, -Infinity, 1e308, -1e200]) {
      const samples = Float64Array.from({ length }, (_, n) => n === 3 ? value : 0);
      const what = `within ±1e+100: sample 3 is ${value}`;
      assertThrows(() => mfcc(samples, { ...rest, snipEdges }), RangeError, what);
    }
    const loud = Float64Array.from({ length }, (_, n) => Math.sin(n) * 1e100);
    assertEquals(logMel(loud, { ...rest, snipEdges }).data.every(Number.isFinite), true);
  }
});
