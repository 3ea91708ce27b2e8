import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { logMel, type MelOptions, mfcc } from "lib/audio/mod.ts";
import type { Matrix } from "lib/numeric/mod.ts";
import golden from "../fixtures/kaldi-features.json" with { type: "json" };
import { naiveLogMel, naiveMfcc } from "../support/naive_features.ts";
import { noisySound } from "../support/sounds.ts";

/** The signal of the golden file, -1 … 1. */
function goldenSound(sampleRate: number, phase: number): Float64Array {
  return Float64Array.from({ length: Math.round(0.3 * sampleRate) }, (_, n) => {
    const t = n / sampleRate;
    return 0.4 * Math.sin(2 * Math.PI * (200 * t + 1500 * t * t) + phase) +
      0.2 * Math.sin(2 * Math.PI * 880 * t) + 0.05 * Math.sin(2 * Math.PI * 3100 * t + 2 * phase);
  });
}

// kaldi-native-fbank 1.23.0, single precision inside. Its rounding noise is white: a filter whose
// energy lies exp(-20) below the loudest of its frame holds a thousandth of noise, so that such
// values are compared by the norm of the whole, as are the cepstra that they are summed into.
for (const { kind, sampleRate, phase, y } of golden.cases) {
  Deno.test(`${kind} at ${sampleRate} Hz is Kaldi's to 1e-3, by its defaults`, () => {
    const compute = kind === "fbank" ? logMel : mfcc;
    const ours = compute(goldenSound(sampleRate, phase), { sampleRate });
    assertEquals([ours.rows, ours.cols], [y.length, y[0].length]);
    let error = 0, norm = 0, compared = 0;
    y.forEach((row, t) => {
      const loudest = Math.max(...row);
      row.forEach((value, d) => {
        const found = ours.data[t * ours.cols + d];
        error += (found - value) ** 2;
        norm += value ** 2;
        if (kind !== "fbank" || value < loudest - 20) return;
        compared++;
        assertAlmostEquals(found, value, 1e-3);
      });
    });
    assert(Math.sqrt(error / norm) < 1e-3);
    if (kind === "fbank") assert(compared > 0.75 * y.length * y[0].length, `${compared}`);
    else y.forEach((row, t) => assertAlmostEquals(ours.data[t * ours.cols], row[0], 1e-3));
  });
}

function assertRows(found: Matrix, expected: number[][], width: number): void {
  assertEquals([found.rows, found.cols], [expected.length, width]);
  expected.flat().forEach((value, i) => assertAlmostEquals(found.data[i], value, 1e-8));
}

const cases: Partial<MelOptions & { sampleRate: number }>[] = [
  {},
  { snipEdges: false },
  { sampleRate: 8000, warp: 0.88, snipEdges: false },
  { warp: 1.12 },
  { sampleRate: 11025, removeDcOffset: false, preemphasis: 0, window: "hamming" },
  { lengthMs: 32, shiftMs: 5, lowHz: 100, highHz: 6000 },
];

for (const options of cases) {
  const named = JSON.stringify(options);
  Deno.test(`logMel() and mfcc() are the naive sums in double precision to 1e-8: ${named}`, () => {
    const complete = { sampleRate: 16000, bins: 23, ...options } as Parameters<
      typeof naiveLogMel
    >[1];
    const x = noisySound(1500);
    const reference = naiveLogMel(x, complete);
    assertRows(logMel(x, complete), reference.map((row) => row.slice(1)), 23);
    assertRows(logMel(x, { ...complete, useEnergy: true }), reference, 24);
    for (const useEnergy of [true, false]) {
      const cepstral = { ...complete, cepstra: 13, useEnergy };
      assertRows(mfcc(x, cepstral), naiveMfcc(x, cepstral), 13);
    }
  });
}

Deno.test("sounds shorter than a frame have no frame, or mirrored ones where edges are not snipped", () => {
  fc.assert(fc.property(fc.nat(450), fc.boolean(), (length, snipEdges) => {
    const x = noisySound(length);
    const options = { sampleRate: 16000, bins: 10, snipEdges };
    assertRows(logMel(x, options), naiveLogMel(x, options).map((row) => row.slice(1)), 10);
  }));
});

Deno.test("the features of silence are finite, the least energy's logarithm", () => {
  const { data } = logMel(new Float64Array(800), { sampleRate: 16000 });
  assertEquals(new Set(data), new Set([Math.log(2 ** -23)]));
  const cepstra = mfcc(new Float64Array(800), { sampleRate: 16000 });
  for (let t = 0; t < cepstra.rows; t++) {
    assertEquals(cepstra.data[t * cepstra.cols], Math.log(2 ** -23)); // the energy
  }
});
