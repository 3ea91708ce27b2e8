import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcBatchLoss, ctcLoss, ctcMinimumFrames } from "lib/criteria/mod.ts";
import { matrix, RandomState, sequenceAt, sequences } from "lib/numeric/mod.ts";
import pytorch from "../fixtures/pytorch-ctc.json" with { type: "json" };
import {
  assertMatrixClose,
  centralDifferences,
  frobenius,
  fromRows,
  randomMatrix,
  rowSums,
} from "../support/matrices.ts";
import { enumerateLabelPaths } from "../support/paths.ts";

for (
  const { T, K, labels, blank, logits, loss, infeasible, grad, gradFrobenius } of pytorch.cases
) {
  const what = `T = ${T}, K = ${K}, ${labels.length} labels, blank ${blank}`;
  if (infeasible) {
    Deno.test(`ctcLoss() of PyTorch's infeasible case (${what}) is Infinity, its gradient zero`, () => {
      const ours = ctcLoss(fromRows(logits), labels, { blank });
      assertEquals([ours.loss, ours.dLogits, ours.softAlignment], [
        Infinity,
        matrix(T, K),
        matrix(T, K),
      ]);
    });
    continue;
  }
  Deno.test(`ctcLoss() and its gradient equal PyTorch's: ${what}`, () => {
    const ours = ctcLoss(fromRows(logits), labels, { blank });
    assertAlmostEquals(ours.loss, loss!, 1e-9);
    if (grad) assertMatrixClose(ours.dLogits, fromRows(grad), 1e-9, "dLogits");
    assertAlmostEquals(frobenius(ours.dLogits), gradFrobenius!, 1e-9);
  });
}

Deno.test("PyTorch's cases are all there: blank last, repeats, empty, infeasible, 200 and 1000 frames", () => {
  const { cases } = pytorch;
  assertEquals(cases.length, 11);
  assert(cases.some((c) => c.blank === c.K - 1) && cases.some((c) => c.labels.length === 0));
  assert(cases.some((c) => c.infeasible) && cases.some((c) => c.T === 200));
  assert(cases.some((c) => c.T === 1000 && !c.grad));
});

const anyCase = fc.record({
  seed: fc.nat(2 ** 32 - 1),
  T: fc.integer({ min: 1, max: 6 }),
  K: fc.integer({ min: 2, max: 4 }),
  L: fc.integer({ min: 0, max: 4 }),
}).map(({ seed, T, K, L }) => {
  const rng = new RandomState(seed);
  const logits = randomMatrix(rng, T, K, 2);
  return { T, K, logits, target: Array.from({ length: L }, () => rng.randint(1, K)) };
});

Deno.test("ctcLoss() equals the sum over all enumerated paths", () => {
  fc.assert(fc.property(anyCase, ({ T, K, logits, target }) => {
    const probability = (t: number, k: number) => {
      const row = logits.data.subarray(t * K, (t + 1) * K);
      return Math.exp(row[k]) / row.reduce((sum, z) => sum + Math.exp(z), 0);
    };
    const { total, occupancy } = enumerateLabelPaths(probability, T, K, target);
    const { loss, softAlignment } = ctcLoss(logits, target);
    if (total === 0) assertEquals(loss, Infinity);
    else assertAlmostEquals(loss, -Math.log(total), 1e-10);
    assertMatrixClose(softAlignment, occupancy, 1e-10, "softAlignment");
  }));
});

Deno.test("the probabilities of all targets sum to 1", () => {
  const logits = randomMatrix(new RandomState(1), 4, 3, 2);
  let sum = 0;
  for (let L = 0; L <= 4; L++) {
    for (let n = 0; n < 2 ** L; n++) {
      const target = Array.from({ length: L }, (_, i) => 1 + (n >> i & 1));
      sum += Math.exp(-ctcLoss(logits, target).loss);
    }
  }
  assertAlmostEquals(sum, 1, 1e-12);
});

Deno.test("dLogits is softmax - softAlignment by central differences, and every frame sums to 0", () => {
  fc.assert(
    fc.property(anyCase, ({ T, K, logits, target }) => {
      if (T < ctcMinimumFrames(target)) return;
      const { dLogits } = ctcLoss(logits, target);
      const numeric = centralDifferences(() => ctcLoss(logits, target).loss, logits.data);
      assertMatrixClose(dLogits, matrix(T, K, numeric), 1e-7, "dLogits");
      for (const sum of rowSums(dLogits)) assertAlmostEquals(sum, 0, 1e-12);
    }),
    { numRuns: 60 },
  );
});

Deno.test("a target fits from exactly ctcMinimumFrames() frames on", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 10 }), (target) => {
    const least = ctcMinimumFrames(target);
    const loss = (T: number) => ctcLoss(matrix(T, 4), target).loss;
    assert(Number.isFinite(loss(least)), `${least} frames are enough for [${target}]`);
    if (least > 1) assertEquals(loss(least - 1), Infinity);
  }));
});

Deno.test("ctcLoss() does not change when a constant is added to a frame's logits", () => {
  const logits = randomMatrix(new RandomState(2), 8, 4);
  const moved = matrix(8, 4, logits.data.map((z, i) => z + 100 * Math.sin(i >> 2)));
  const a = ctcLoss(logits, [1, 2]), b = ctcLoss(moved, [1, 2]);
  assertAlmostEquals(a.loss, b.loss, 1e-11);
  assertMatrixClose(a.dLogits, b.dLogits, 1e-12);
});

Deno.test("ctcLoss() of one frame: softmax of the label, gradient softmax - one", () => {
  const { loss, dLogits, softAlignment } = ctcLoss(matrix(1, 2), [1]);
  assertAlmostEquals(loss, Math.log(2), 1e-15);
  assertEquals([...dLogits.data], [0.5, -0.5]);
  assertEquals([...softAlignment.data], [0, 1]);
});

Deno.test("ctcLoss() over 5,000 frames is finite, with a gradient that sums to 0 at every frame", () => {
  const T = 5000, rng = new RandomState(3);
  const target = Array.from({ length: 200 }, () => rng.randint(1, 5));
  const { loss, dLogits } = ctcLoss(randomMatrix(rng, T, 5, 4), target);
  assert(loss > 1000 && loss < Infinity, `loss is ${loss}`);
  for (const sum of rowSums(dLogits)) assertAlmostEquals(sum, 0, 1e-7);
});

Deno.test("ctcLoss() of logits a thousand apart stays exact", () => {
  const { loss, dLogits } = ctcLoss(matrix(2, 2, [0, 1000, 0, 1000]), [1]);
  assertAlmostEquals(loss, 0, 1e-12);
  const wrong = ctcLoss(matrix(2, 2, [1000, 0, 1000, 0]), [1]);
  assertAlmostEquals(wrong.loss, 1000 - Math.log(2), 1e-9);
  assert([...dLogits.data, ...wrong.dLogits.data].every(Number.isFinite));
});

Deno.test("ctcLoss() names the frame and label of a logit that is not finite", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    assertThrows(
      () => ctcLoss(matrix(2, 3, [0, 0, 0, 0, 0, bad]), [1]),
      RangeError,
      `The logits must be finite: row 1, column 2 is ${bad}`,
    );
  }
});

Deno.test("ctcLoss() names the label that is out of range, blank, fractional or negative", () => {
  const logits = matrix(9, 4);
  for (const bad of [0, -1, 1.5, NaN]) {
    assertThrows(() => ctcLoss(logits, [1, 2, bad]), RangeError, `label 2 is ${bad}`);
  }
  // 2^32 + 1 must not wrap around to 1.
  for (const bad of [4, 99, 2 ** 32 + 1]) {
    assertThrows(() => ctcLoss(logits, [1, 2, bad]), RangeError, String(bad));
  }
  assertThrows(() => ctcLoss(logits, [1, 3], { blank: 3 }), RangeError, "blank (3): label 1 is 3");
  assertThrows(() => ctcLoss(logits, [1], { blank: 4 }), RangeError, "emits 4");
});

Deno.test("ctcLoss() refuses T = 0", () => {
  assertThrows(() => ctcLoss(matrix(0, 3), []), RangeError, "T is 0");
});

Deno.test("ctcBatchLoss() is the mean loss, and its gradient the mean's", () => {
  const rng = new RandomState(4);
  const logits = sequences([
    randomMatrix(rng, 5, 3),
    randomMatrix(rng, 2, 3),
    randomMatrix(rng, 7, 3),
  ]);
  const targets = [[1, 2], [2], [1, 1]];
  const { loss, dLogits, infeasible } = ctcBatchLoss(logits, targets);
  const alone = targets.map((target, b) => ctcLoss(sequenceAt(logits, b), target));
  assertAlmostEquals(loss, alone.reduce((sum, one) => sum + one.loss, 0) / 3, 1e-14);
  alone.forEach((one, b) => {
    const third = matrix(one.dLogits.rows, 3, one.dLogits.data.map((g) => g / 3));
    assertMatrixClose(sequenceAt(dLogits, b), third, 1e-16, `sequence ${b}`);
  });
  assertEquals(infeasible, 0);
});

Deno.test("ctcBatchLoss() counts the targets that do not fit and leaves them out of the mean", () => {
  const rng = new RandomState(5);
  const logits = sequences([
    randomMatrix(rng, 5, 3),
    randomMatrix(rng, 2, 3),
    randomMatrix(rng, 7, 3),
  ]);
  const { loss, dLogits, infeasible } = ctcBatchLoss(logits, [[1, 2], [1, 1], [1, 1]]);
  const [first, last] = [0, 2].map((b) =>
    ctcLoss(sequenceAt(logits, b), b === 0 ? [1, 2] : [1, 1])
  );
  assertEquals(infeasible, 1);
  assertAlmostEquals(loss, (first.loss + last.loss) / 2, 1e-14);
  assertEquals(sequenceAt(dLogits, 1).data, new Float64Array(6));
  assertMatrixClose(
    sequenceAt(dLogits, 0),
    matrix(5, 3, first.dLogits.data.map((g) => g / 2)),
    1e-16,
  );
});

Deno.test("ctcBatchLoss() of nothing but infeasible targets is Infinity with a zero gradient", () => {
  const logits = sequences([matrix(1, 3), matrix(2, 3)]);
  const { loss, dLogits, infeasible } = ctcBatchLoss(logits, [[1, 2], [2, 2]]);
  assertEquals([loss, infeasible, dLogits.frames], [Infinity, 2, matrix(3, 3)]);
});

Deno.test("ctcBatchLoss() wants one target per sequence, and says how many there are", () => {
  const logits = sequences([matrix(1, 3), matrix(2, 3)]);
  assertThrows(
    () => ctcBatchLoss(logits, [[1]]),
    RangeError,
    "one target for each of its 2 sequences: there are 1",
  );
});

Deno.test("ctcBatchLoss() names the sequence in which a label or logit is out of range", () => {
  const logits = sequences([matrix(2, 3), matrix(2, 3)]);
  assertThrows(() => ctcBatchLoss(logits, [[1], [9]]), RangeError, "Sequence 1: ");
  logits.frames.data[10] = NaN;
  assertThrows(
    () => ctcBatchLoss(logits, [[1], [1]]),
    RangeError,
    "Sequence 1: The logits must be finite: row 1, column 1 is NaN",
  );
});
