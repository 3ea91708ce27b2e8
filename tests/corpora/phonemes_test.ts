import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type LabelledBatch, type PhonemeCorpus, phonemeCorpus } from "lib/corpora/mod.ts";
import { type Matrix, RandomState, sequenceAt } from "lib/numeric/mod.ts";
import { streams } from "lib/training/mod.ts";
import blstm from "../fixtures/reference-blstm-seed0.json" with { type: "json" };
import lstm from "../fixtures/reference-uni-seed0.json" with { type: "json" };
import { assertClose, assertMatrixClose, fromRows } from "../support/matrices.ts";

Deno.test("phonemeCorpus(0) has the write-up's signatures", () => {
  const { early, late, freqs, phases } = phonemeCorpus(0).signatures;
  for (const { signatures } of [blstm, lstm]) {
    assertMatrixClose(early, fromRows(signatures.early_centers), 1e-12, "early");
    assertMatrixClose(late, fromRows(signatures.late_centers), 1e-12, "late");
    assertMatrixClose(freqs, fromRows(signatures.freqs), 1e-12, "freqs");
    assertMatrixClose(phases, fromRows(signatures.phases), 1e-12, "phases");
  }
});

Deno.test("phonemeCorpus(0) gives the write-up's first batch", () => {
  const { x, targets } = phonemeCorpus(0).batch(new RandomState(streams.training), 16);
  const lengths = targets.map((_, b) => x.offsets[b + 1] - x.offsets[b]);
  for (const { batch1 } of [blstm, lstm]) {
    assertEquals(lengths, batch1.lengths);
    assertEquals(targets, batch1.labels);
    batch1.x.forEach((frames, b) =>
      assertMatrixClose(sequenceAt(x, b), fromRows(frames), 1e-12, `sequence ${b}`)
    );
  }
});

interface NumpyCorpus {
  /** Bands of each phoneme's late part. */
  bands: number[][];
  /** Band of each phoneme's shared onset. */
  shared: number[];
  /** First, last, sum. */
  freqs: number[];
  phases: number[];
  batches: NumpyBatch[];
}

interface NumpyBatch {
  lengths: number[];
  targets: number[][];
  /** First and last frame. */
  first: number[];
  last: number[];
  /** Σ x, Σ x², Σ i xᵢ / n over the batch laid end to end; Σ t · phone(t). */
  sum: number;
  squares: number;
  weighted: number;
  phoneSum: number;
}

// From NumPy 2.4.6, by a second implementation of the recipe in the write-up (whole arrays, linspace,
// Python's round), written for this test and held against the fixtures at seed 0: signatures from
// RandomState(seed), batches of 16 from RandomState(seed + 17).
const numpy: Record<number, NumpyCorpus> = {
  1: {
    "bands": [[2, 5], [3], [1], [0], [2, 7], [2, 5]],
    "shared": [5, 5, 7, 7, 6, 6],
    "freqs": [0.20614707713013714, 0.07582720399022912, 10.668922167031383],
    "phases": [4.944561941847403, 2.6823535441983144, 131.9039280981213],
    "batches": [{
      "lengths": [58, 35, 36, 30, 84, 74, 79, 45, 39, 86, 78, 65, 71, 73, 86, 59],
      "targets": [
        [3, 5, 3, 1, 5],
        [6, 2, 6],
        [5, 6, 1, 6],
        [1, 3, 6],
        [4, 1, 4, 5, 2, 5, 6, 4],
        [2, 1, 5, 2, 4, 3, 4, 5],
        [5, 3, 3, 4, 5, 3, 6],
        [2, 2, 3, 3, 2],
        [5, 1, 6, 2, 3],
        [4, 1, 3, 4, 6, 4, 1],
        [2, 2, 5, 2, 5, 1, 5],
        [2, 6, 5, 3, 3, 5, 5],
        [5, 3, 4, 5, 2, 6],
        [1, 6, 3, 6, 5, 6, 2, 4],
        [1, 1, 1, 5, 3, 5, 5],
        [4, 6, 3, 2, 4],
      ],
      "first": [
        -0.0067446073304135296,
        0.008025899122743414,
        0.022134892160203975,
        0.031169572043080625,
        0.0504451743052184,
        0.01971243952893538,
        -0.01681933516008046,
        -0.03229532314076987,
      ],
      "last": [
        0.02668646908331428,
        -0.013329531539421522,
        -0.04377485782583322,
        0.0324822060703101,
        0.05207385374544813,
        0.0021200105078618358,
        -0.05762558576400678,
        -0.0008971341724393943,
      ],
      "sum": 892.1946306533885,
      "squares": 1058.5416642441153,
      "weighted": 447.9818121222485,
      "phoneSum": 1179011,
    }],
  },
  2: {
    "bands": [[4], [7], [0, 1], [1, 5], [6, 7], [3]],
    "shared": [1, 1, 6, 1, 6, 1],
    "freqs": [0.213744872715037, 0.1302850860794164, 12.728734333913486],
    "phases": [5.524189264029868, 5.255995398430904, 160.41948527424768],
    "batches": [{
      "lengths": [89, 31, 47, 41, 76, 39, 65, 51, 69, 52, 32, 64, 36, 73, 48, 48],
      "targets": [
        [2, 2, 5, 1, 4, 3, 5, 5],
        [2, 3, 1],
        [3, 5, 5, 1, 1],
        [4, 2, 3, 3],
        [4, 1, 5, 5, 5, 4, 4, 3],
        [5, 4, 3, 5],
        [5, 3, 5, 2, 3, 3, 2],
        [1, 1, 3, 2],
        [6, 6, 2, 3, 2, 4],
        [4, 5, 1, 3, 4],
        [4, 1, 1],
        [6, 3, 2, 5, 5, 5, 3, 1],
        [2, 1, 1],
        [1, 5, 5, 6, 1, 5, 6],
        [3, 4, 5, 4],
        [3, 4, 2, 4],
      ],
      "first": [
        -0.0288874270990261,
        -0.020201577752711166,
        -0.030164471346855765,
        -0.012192613930275866,
        0.051767186875842024,
        0.02903767055429357,
        0.012620686822503509,
        -0.07312729764883286,
      ],
      "last": [
        -0.06101698809487528,
        0.05811949816084856,
        -0.018987619671262543,
        -0.0186226273515025,
        -0.04057503363163628,
        0.11582477461614818,
        -0.046012689010394556,
        0.060537423671588333,
      ],
      "sum": 1100.1407291160417,
      "squares": 1119.716205521564,
      "weighted": 532.1279239403189,
      "phoneSum": 794691,
    }],
  },
  3: {
    "bands": [[2], [0, 5], [3, 7], [4], [3, 6], [2, 4]],
    "shared": [3, 0, 4, 3, 0, 4],
    "freqs": [0.21412908704470918, 0.3743539894888048, 9.939630840565721],
    "phases": [5.272805490655885, 4.347822935498133, 156.62607525560122],
    "batches": [{
      "lengths": [60, 73, 27, 71, 46, 54, 79, 85, 70, 75, 73, 47, 83, 39, 44, 61],
      "targets": [
        [5, 2, 5, 6, 2, 5],
        [5, 2, 2, 3, 2, 1, 3],
        [4, 1, 4],
        [1, 3, 6, 4, 6, 2],
        [2, 5, 4, 5],
        [5, 1, 4, 2, 4],
        [3, 6, 1, 2, 3, 2, 6],
        [3, 1, 6, 2, 5, 2, 6, 4],
        [4, 2, 4, 3, 4],
        [3, 2, 1, 1, 5, 6, 3, 5],
        [3, 6, 1, 4, 6, 6, 2],
        [6, 6, 1, 1, 5],
        [2, 4, 1, 3, 6, 4, 4, 4],
        [1, 1, 4],
        [1, 2, 2, 1],
        [1, 1, 3, 3, 2, 4],
      ],
      "first": [
        0.4515274975560108,
        0.1961763127694192,
        0.22251106569804496,
        0.0602828213822171,
        -0.18476540127277913,
        0.09997096894494789,
        0.01994384262151369,
        0.3653500986166768,
      ],
      "last": [
        0.01112761192166866,
        -0.021947347207892785,
        -0.032717647362629304,
        -0.02084766775139237,
        -0.11537506703960343,
        0.019022767452914802,
        0.029860123587481715,
        -0.11065533821800709,
      ],
      "sum": 1299.4523714888528,
      "squares": 1167.1171935604766,
      "weighted": 647.121923079856,
      "phoneSum": 1004931,
    }],
  },
};

for (const [seed, expected] of Object.entries(numpy)) {
  Deno.test(`phonemeCorpus(${seed}) agrees with NumPy: signatures and first batch`, () => {
    assertAgrees(phonemeCorpus(Number(seed)), expected, new RandomState(Number(seed) + 17), 16);
  });
}

// The same with K = 5, F = 6, 1 to 2 phones of 1 to 7 frames, silences of 1 to 3, noise 0.3, onset
// 0.5: an odd number of phonemes, phones of one frame, knees of 0.5, 1.5, 2.5 and 3.5 before rounding.
const numpyOther: NumpyCorpus = {
  "bands": [[4], [0, 5], [3, 5], [5], [0, 3]],
  "shared": [3, 5, 4, 4, 5],
  "freqs": [0.35305896592649116, 0.3814759101803431, 6.096958466492376],
  "phases": [1.983435044184631, 4.943315810000936, 95.87829856960704],
  "batches": [{
    "lengths": [9, 4, 2],
    "targets": [[5, 4], [5], [1]],
    "first": [
      -0.27663799623605384,
      0.29736915365811495,
      0.10679712116052725,
      0.47651393961146393,
      0.026810433823547447,
      0.8193653590219169,
    ],
    "last": [
      -0.018441509334370446,
      0.09513699647958725,
      0.010510361230394344,
      0.018835140518337738,
      -0.034696790036566685,
      0.1301406639204623,
    ],
    "sum": 12.780634337244257,
    "squares": 11.289798957619023,
    "weighted": 6.553240739282005,
    "phoneSum": 188,
  }, {
    "lengths": [4, 4, 5],
    "targets": [[5], [2], [5]],
    "first": [
      0.5255596430172631,
      -0.16908115467979165,
      -0.05279346344056704,
      -0.3721282905785783,
      0.12015336315025324,
      0.8273179038433237,
    ],
    "last": [
      -0.005277078334465589,
      0.035237039553700555,
      -0.044319361894442445,
      0.001618243799171767,
      -0.05280475511967726,
      -0.028156109648715212,
    ],
    "sum": 18.548392967532966,
    "squares": 16.583463053895397,
    "weighted": 8.24248197206189,
    "phoneSum": 192,
  }],
};

Deno.test("phonemeCorpus() with other options agrees with NumPy, batch after batch", () => {
  const corpus = phonemeCorpus(4, {
    phonemes: 5,
    bands: 6,
    phonesPerSequence: [1, 2],
    framesPerPhone: [1, 7],
    framesPerSilence: [1, 3],
    noise: 0.3,
    onset: 0.5,
  });
  assertAgrees(corpus, numpyOther, new RandomState(21), 3);
});

function assertAgrees(
  { signatures, batch }: PhonemeCorpus,
  expected: NumpyCorpus,
  rng: RandomState,
  B: number,
): void {
  const { early, late, freqs, phases } = signatures;
  const raised = (m: Matrix, k: number) =>
    Array.from({ length: m.cols }, (_, j) => j).filter((j) => m.data[k * m.cols + j] > 0.5);
  assertEquals(expected.bands.map((_, k) => raised(late, k)), expected.bands);
  assertEquals(expected.shared.map((_, k) => raised(early, k)), expected.shared.map((j) => [j]));
  assertEquals(new Set([...early.data, ...late.data]), new Set([0.08, 1.08]));
  const ends = ({ data }: Matrix) => [data[0], data[data.length - 1], data.reduce((a, b) => a + b)];
  assertClose(ends(freqs), expected.freqs, 1e-12, "freqs");
  assertClose(ends(phases), expected.phases, 1e-11, "phases");
  expected.batches.forEach((b) => assertBatchAgrees(batch(rng, B), b));
}

function assertBatchAgrees({ x, targets, alignment }: LabelledBatch, expected: NumpyBatch): void {
  const { data, cols } = x.frames;
  assertEquals(targets, expected.targets);
  assertEquals(targets.map((_, b) => x.offsets[b + 1] - x.offsets[b]), expected.lengths);
  assertClose(data.subarray(0, cols), expected.first, 1e-12, "first frame");
  assertClose(data.subarray(-cols), expected.last, 1e-12, "last frame");
  const sum = data.reduce((a, v) => a + v, 0), squares = data.reduce((a, v) => a + v * v, 0);
  const weighted = data.reduce((a, v, i) => a + v * i, 0) / data.length;
  assertClose([sum, squares, weighted], [expected.sum, expected.squares, expected.weighted], 1e-10);
  assertEquals(alignment!.reduce((a, phone, t) => a + phone * t, 0), expected.phoneSum);
}

Deno.test("alignment says the phoneme of every frame: its runs between silences are the target", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 1, max: 5 }), (seed, B) => {
      const { x, targets, alignment } = phonemeCorpus(seed).batch(new RandomState(seed), B);
      assertEquals(alignment.length, x.frames.rows);
      targets.forEach((target, b) => {
        const ours = alignment.subarray(x.offsets[b], x.offsets[b + 1]);
        // A silence lies between any two phones, so that equal neighbours stay apart.
        const starts = ours.filter((phone, t) => phone !== 0 && (t === 0 || phone !== ours[t - 1]));
        assertEquals([...starts], target);
      });
    }),
    { numRuns: 30 },
  );
});

Deno.test("frames of silence are quiet, frames of phones are not", () => {
  const { x, alignment } = phonemeCorpus(3).batch(new RandomState(1), 32);
  const { data, cols: F } = x.frames;
  const power = (t: number) => data.subarray(t * F, (t + 1) * F).reduce((a, v) => a + v * v, 0) / F;
  const mean = (frames: number[]) => frames.reduce((a, t) => a + power(t), 0) / frames.length;
  const frames = Array.from({ length: alignment.length }, (_, t) => t);
  const silent = mean(frames.filter((t) => alignment[t] === 0));
  assertClose([silent], [0.05 ** 2], 1e-4, "power of silence");
  assert(mean(frames.filter((t) => alignment[t] !== 0)) > 0.1);
});

Deno.test("sizes stay within the ranges asked for, ends included", () => {
  const corpus = phonemeCorpus(0, { framesPerPhone: [2, 3], framesPerSilence: [1, 2] });
  const { x, targets, alignment } = corpus.batch(new RandomState(0), 200);
  const runs = { phone: new Set<number>(), silence: new Set<number>() };
  targets.forEach((_, b) => {
    const ours = alignment.subarray(x.offsets[b], x.offsets[b + 1]);
    for (let t = 0, from = 0; t < ours.length; t++) {
      if (t + 1 < ours.length && ours[t + 1] === ours[t]) continue;
      runs[ours[t] === 0 ? "silence" : "phone"].add(t + 1 - from);
      from = t + 1;
    }
  });
  assertEquals([[...runs.phone].sort(), [...runs.silence].sort()], [[2, 3], [1, 2]]);
  assertEquals([...new Set(targets.map((t) => t.length))].sort(), [3, 4, 5, 6, 7, 8]);
});

// Without noise a phone's frames show their formula. Half to even: 0.45 · 10 = 4.5 becomes 4, while
// 0.5 · 7 = 3.5 becomes 4 and 0.5 · 5 = 2.5 becomes 2; 0.1 · 4 = 0.4 becomes 0, and then 1.
for (
  const [onset, n, knee] of [[0.45, 10, 4], [0.5, 7, 4], [0.5, 5, 2], [0.45, 9, 4], [0.1, 4, 1]]
) {
  Deno.test(`the onset of a phone of ${n} frames at ${onset} fades out over ${knee} frames`, () => {
    const corpus = phonemeCorpus(2, {
      onset,
      noise: 0,
      framesPerPhone: [n, n],
      phonesPerSequence: [1, 1],
    });
    const { x, targets, alignment } = corpus.batch(new RandomState(9), 4);
    const { early, late, freqs, phases } = corpus.signatures;
    targets.forEach(([label], b) => {
      const start = alignment.indexOf(label, x.offsets[b]);
      for (let t = 0; t < n; t++) {
        const w = t >= knee ? 0 : knee === 1 ? 1 : 1 - t / (knee - 1);
        const envelope = 0.6 + 0.4 * Math.sin(Math.PI * t / (n - 1));
        for (let j = 0; j < 8; j++) {
          const at = (label - 1) * 8 + j;
          const base = w * early.data[at] + (1 - w) * late.data[at];
          const expected = envelope *
            (base + 0.35 * Math.cos(freqs.data[at] * t + phases.data[at]));
          assertClose([x.frames.data[(start + t) * 8 + j]], [expected], 1e-14, `frame ${t}`);
        }
      }
    });
  });
}

Deno.test("a phone of one frame is all onset, at the envelope's edge", () => {
  const corpus = phonemeCorpus(2, { noise: 0, framesPerPhone: [1, 1], phonesPerSequence: [1, 1] });
  const { x, targets: [[label]], alignment } = corpus.batch(new RandomState(1), 1);
  const frame = sequenceAt(x, 0).data.subarray(alignment.indexOf(label) * 8).subarray(0, 8);
  const row = (m: Matrix) => m.data.subarray((label - 1) * 8, label * 8);
  const { early, phases } = corpus.signatures;
  const expected = row(early).map((e, j) => 0.6 * (e + 0.35 * Math.cos(row(phases)[j])));
  assertClose(frame, expected, 1e-15);
});

Deno.test("two batches from one stream are one run of sequences: the batch size does not matter", () => {
  const corpus = phonemeCorpus(0);
  const whole = corpus.batch(new RandomState(3), 6);
  const rng = new RandomState(3);
  const parts = [corpus.batch(rng, 2), corpus.batch(rng, 4)];
  assertEquals(parts.flatMap((part) => part.targets), whole.targets);
  assertEquals(parts.flatMap((part) => [...part.x.frames.data]), [...whole.x.frames.data]);
});

Deno.test("another seed is another corpus; the same seed is the same", () => {
  assertEquals(phonemeCorpus(5).signatures, phonemeCorpus(5).signatures);
  assertNotEquals(phonemeCorpus(5).signatures, phonemeCorpus(6).signatures);
});

Deno.test("phonemeCorpus() names the option that is out of range, and its value", () => {
  const cases = [
    [{ phonemes: 0 }, "phonemes must be a whole number >= 1: current value is 0"],
    [{ phonemes: 2.5 }, "phonemes must be a whole number >= 1: current value is 2.5"],
    [{ bands: 1 }, "bands must be a whole number >= 2: current value is 1"],
    [
      { phonesPerSequence: [0, 2] },
      "phonesPerSequence must be whole numbers 1 <= least <= most: current values are 0 and 2",
    ],
    [
      { framesPerPhone: [4, 3] },
      "framesPerPhone must be whole numbers 1 <= least <= most: current values are 4 and 3",
    ],
    [
      { framesPerSilence: [1.5, 3] },
      "framesPerSilence must be whole numbers 1 <= least <= most: current values are 1.5 and 3",
    ],
    [{ framesPerSilence: [NaN, 3] }, "current values are NaN and 3"],
    [{ noise: -0.1 }, "noise must be >= 0: current value is -0.1"],
    [{ noise: NaN }, "noise must be >= 0: current value is NaN"],
    [{ noise: Infinity }, "noise must be >= 0: current value is Infinity"],
    [{ onset: 1.1 }, "onset must be from 0 to 1: current value is 1.1"],
    [{ onset: NaN }, "onset must be from 0 to 1: current value is NaN"],
  ] as const;
  for (const [options, message] of cases) {
    assertThrows(() => phonemeCorpus(0, options), RangeError, message);
  }
  assertThrows(() => phonemeCorpus(-1), RangeError, "current value is -1");
});

Deno.test("batch() refuses a size that is no whole number >= 1", () => {
  for (const size of [0, -1, 1.5, NaN]) {
    assertThrows(
      () => phonemeCorpus(0).batch(new RandomState(0), size),
      RangeError,
      `size must be a whole number >= 1: current value is ${size}`,
    );
  }
});
