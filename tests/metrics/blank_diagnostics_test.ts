import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { greedyDecode } from "lib/decoding/mod.ts";
import {
  averageBlankPosterior,
  blankAndSilence,
  blankDiagnostics,
  blankRate,
  countSpikes,
  posteriorEntropy,
} from "lib/metrics/mod.ts";
import { type Matrix, matrix, sequenceAt, type Sequences, sequences } from "lib/numeric/mod.ts";
import { randomLogProbs } from "../support/labellings.ts";

/** One-hot scores that have `path` as their best path. */
function peaked(path: readonly number[], K = 4): Matrix {
  const m = matrix(path.length, K);
  path.forEach((label, t) => m.data[t * K + label] = 1);
  return m;
}

const paths = fc.array(fc.array(fc.nat(3), { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 3,
});

Deno.test("the blank rate is the share of blanks on the best path", () => {
  assertEquals(blankRate(sequences([peaked([0, 1, 0, 0]), peaked([2, 2, 0, 0])])), 5 / 8);
  assertEquals(blankRate(sequences([peaked([3, 1, 3, 0])]), { blank: 3 }), 0.5);
});

Deno.test("there are as many spikes as greedy decoding finds labels, sequence by sequence", () => {
  fc.assert(fc.property(paths, fc.nat(3), (paths, blank) => {
    const scores = sequences(paths.map((path) => peaked(path)));
    const labels = paths.flatMap((_, b) => greedyDecode(sequenceAt(scores, b), { blank }));
    const { count, frames, meanWidth } = countSpikes(scores, { blank });
    assertEquals(count, labels.length);
    assertAlmostEquals(frames / scores.frames.rows, 1 - blankRate(scores, { blank }), 1e-12);
    if (count > 0) assertEquals(meanWidth, frames / count);
  }));
});

Deno.test("spikes side by side are two, and do not join across sequences", () => {
  const { count, meanWidth } = countSpikes(sequences([peaked([1, 1, 2]), peaked([2, 0])]));
  assertEquals([count, meanWidth], [3, 4 / 3]);
  assertEquals(countSpikes(sequences([peaked([0, 0])])), { count: 0, frames: 0, meanWidth: NaN });
});

Deno.test("entropy runs from 0, where the model is sure, to log K, where it knows nothing", () => {
  const of = (...p: number[]) => posteriorEntropy(sequences2(matrix(1, p.length, p.map(Math.log))));
  assertEquals(of(1, 0, 0), 0);
  assertAlmostEquals(of(1 / 3, 1 / 3, 1 / 3), Math.log(3));
  assertAlmostEquals(of(0.5, 0.25, 0.25), 1.5 * Math.LN2);
});

/** One sequence, whatever its values: `sequences` takes none that is infinite. */
function sequences2(frames: Matrix): Sequences {
  return { frames, offsets: Int32Array.of(0, frames.rows) };
}

Deno.test("blank and silence: every frame is counted once, where it belongs", () => {
  const alignment = [0, 0, 1, 1, 1, 2];
  const counts = blankAndSilence(sequences([peaked([0, 1, 0, 1, 2, 2])]), alignment);
  assertEquals(counts, {
    silenceAsBlank: 1,
    silenceAsLabel: 1,
    phoneAsBlank: 1,
    phoneAsItself: 2,
    phoneAsOther: 1,
  });
  const moved = blankAndSilence(sequences([peaked([3, 0, 3, 1, 2, 2])]), alignment, { blank: 3 });
  assertEquals(moved, counts);
  const named = [3, 3, 1, 1, 1, 2]; // silence has a label of its own
  const told = blankAndSilence(sequences([peaked([0, 1, 0, 1, 2, 2])]), named, { silence: 3 });
  assertEquals(told, counts);
});

Deno.test("blankDiagnostics() is one row of all of them", () => {
  const logProbs = sequences([randomLogProbs(1, 6, 4), randomLogProbs(2, 5, 4)]);
  const alignment = [0, 0, 1, 1, 1, 2, 0, 3, 3, 3, 0];
  const row = blankDiagnostics(logProbs, { targets: [[1, 2], [3]], alignment });
  const counts = blankAndSilence(logProbs, alignment);
  assertEquals(row, {
    blankRate: blankRate(logProbs),
    blankPosterior: averageBlankPosterior(logProbs.frames),
    spikesPerLabel: countSpikes(logProbs).count / 3,
    spikeWidth: countSpikes(logProbs).meanWidth,
    entropy: posteriorEntropy(logProbs),
    silence: 4 / 11,
    blankInSilence: counts.silenceAsBlank / 4,
    blankInPhones: counts.phoneAsBlank / 7,
  });
  assertAlmostEquals(row.blankRate, (row.blankInSilence * 4 + row.blankInPhones * 7) / 11);
  assert(row.entropy > 0 && row.entropy < Math.log(4));
  const other = { blank: 1, silence: 3 };
  const { silenceAsBlank, phoneAsBlank } = blankAndSilence(logProbs, alignment, other);
  assertEquals(blankDiagnostics(logProbs, { targets: [[1, 2], [3]], alignment }, other), {
    blankRate: blankRate(logProbs, { blank: 1 }),
    blankPosterior: averageBlankPosterior(logProbs.frames, { blank: 1 }),
    spikesPerLabel: countSpikes(logProbs, { blank: 1 }).count / 3,
    spikeWidth: countSpikes(logProbs, { blank: 1 }).meanWidth,
    entropy: posteriorEntropy(logProbs),
    silence: 3 / 11,
    blankInSilence: silenceAsBlank / 3,
    blankInPhones: phoneAsBlank / 8,
  });
  const silent = blankDiagnostics(sequences([peaked([0, 0])]), {
    targets: [[1]],
    alignment: [0, 1],
  });
  assertEquals([silent.spikesPerLabel, "spikeWidth" in silent], [0, false]);
});

Deno.test("diagnostics name what is wrong", () => {
  const twice = { frames: matrix(3, 2), offsets: Int32Array.of(0, 3, 1, 3) };
  assertThrows(() => countSpikes(twice), RangeError, "sequence 1 runs from 3 to 1");
  const none = sequences2(matrix(0, 3));
  for (const f of [blankRate, posteriorEntropy, (x: Sequences) => blankAndSilence(x, [])]) {
    assertThrows(() => f(none), RangeError, "there must be at least one frame");
  }
  const scores = sequences([peaked([0, 1])]);
  assertThrows(() => blankAndSilence(scores, [0]), RangeError, "one label for each of 2 frames");
  assertThrows(() => blankAndSilence(scores, [0, 4]), RangeError, "that of frame 1 is 4");
  const broken = sequences2(matrix(1, 2, [NaN, 0]));
  assertThrows(() => blankRate(broken), RangeError, "frame 0, label 0 is NaN");
  assertThrows(() => countSpikes(broken), RangeError, "frame 0, label 0 is NaN");
});
