import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { transducerLoss } from "lib/criteria/mod.ts";
import { useKernels } from "lib/numeric/kernels/mod.ts";
import { matrix, RandomState, withWorkspace } from "lib/numeric/mod.ts";
import pytorch from "../fixtures/pytorch-transducer.json" with { type: "json" };
import { anyLattice, enumerateLattice, softmaxOf } from "../support/lattices.ts";
import {
  assertClose,
  assertMatrixClose,
  centralDifferences,
  randomMatrix,
  rowSums,
} from "../support/matrices.ts";

for (const { T, U, K, blank, targets, logits, loss, grad } of pytorch.cases) {
  Deno.test(`transducerLoss() and its gradient equal PyTorch's: T = ${T}, U = ${U}, K = ${K}, blank ${blank}`, () => {
    const input = matrix(T * (U + 1), K, (logits as number[][][]).flat(2));
    for (const twin of ["plain", "simd"] as const) {
      const before = useKernels(twin);
      try {
        const ours = transducerLoss(input, T, U, targets, { blank });
        assertAlmostEquals(ours.loss, loss, 1e-9);
        assertClose(ours.dLogits.data, (grad as number[][][]).flat(2), 1e-9, "dLogits");
      } finally {
        useKernels(before);
      }
    }
  });
}

Deno.test("PyTorch's cases are all there: empty targets, more labels than frames, blank last", () => {
  const { cases } = pytorch;
  assertEquals(cases.length, 7);
  assert(cases.some((c) => c.U === 0 && c.T === 1) && cases.some((c) => c.U > c.T));
  assert(cases.some((c) => c.blank === c.K - 1) && cases.some((c) => c.T === 40));
});

Deno.test("transducerLoss() equals the sum over all enumerated paths, its gradient their shares", () => {
  fc.assert(fc.property(anyLattice, ({ T, K, U, blank, target, logits }) => {
    const probability = softmaxOf(logits);
    const paths = enumerateLattice(probability, T, target, blank);
    const total = paths.reduce((sum, path) => sum + path.probability, 0);
    const { loss, dLogits } = transducerLoss(logits, T, U, target, { blank });
    assertAlmostEquals(loss, -Math.log(total), 1e-10);
    const expected = matrix(logits.rows, K);
    for (const path of paths) {
      for (const [row, label] of path.steps) {
        const share = path.probability / total;
        for (let k = 0; k < K; k++) expected.data[row * K + k] += share * probability(row, k);
        expected.data[row * K + label] -= share;
      }
    }
    assertMatrixClose(dLogits, expected, 1e-10, "dLogits");
  }));
});

Deno.test("dLogits is the loss's by central differences, and every row sums to 0", () => {
  fc.assert(
    fc.property(anyLattice, ({ T, U, blank, target, logits }) => {
      const compute = () => transducerLoss(logits, T, U, target, { blank });
      const { dLogits } = compute();
      const numeric = centralDifferences(() => compute().loss, logits.data);
      assertClose(dLogits.data, numeric, 1e-7, "dLogits");
      for (const sum of rowSums(dLogits)) assertAlmostEquals(sum, 0, 1e-12);
    }),
    { numRuns: 40 },
  );
});

Deno.test("the empty target is feasible from one frame on: all blanks", () => {
  assertAlmostEquals(transducerLoss(matrix(1, 3), 1, 0, []).loss, Math.log(3), 1e-14);
  assertAlmostEquals(transducerLoss(matrix(4, 3), 4, 0, []).loss, 4 * Math.log(3), 1e-14);
  const { loss, dLogits } = transducerLoss(matrix(2, 1), 2, 0, []);
  assertEquals([loss + 0, [...dLogits.data]], [0, [0, 0]]); // no label but blank
});

Deno.test("a target whose paths all have a probability of 0 has loss Infinity and a zero gradient", () => {
  // The largest logit is so far above the others that their log-probabilities overflow.
  const logits = matrix(4, 2, [1.7e308, -1.7e308, 0, 0, 1.7e308, -1.7e308, 0, 0]);
  assertEquals(transducerLoss(logits, 2, 1, [1]), { loss: Infinity, dLogits: matrix(4, 2) });
});

Deno.test("transducerLoss() of logits a thousand apart stays exact", () => {
  const far = transducerLoss(matrix(4, 2, [1000, 0, 1000, 0, 1000, 0, 1000, 0]), 2, 1, [1]);
  assertAlmostEquals(far.loss, 1000 - Math.log(2), 1e-9);
  assertAlmostEquals(far.dLogits.data[0], 0.5, 1e-9);
  const large = transducerLoss(matrix(1, 2, [1e17, 1e17]), 1, 0, []);
  assertAlmostEquals(large.loss, Math.log(2), 1e-12);
});

Deno.test("transducerLoss() over 1,000 frames and 100 labels is finite, every row summing to 0", () => {
  const T = 1000, U = 100, rng = new RandomState(3);
  const target = Array.from({ length: U }, () => rng.randint(1, 4));
  const { loss, dLogits } = transducerLoss(randomMatrix(rng, T * (U + 1), 4, 4), T, U, target);
  assert(loss > 1000 && loss < Infinity, `loss is ${loss}`);
  for (const sum of rowSums(dLogits)) assertAlmostEquals(sum, 0, 1e-7);
});

Deno.test("transducerLoss() leaves the logits alone, and takes its room where it is told", () => {
  const logits = randomMatrix(new RandomState(4), 6, 3), before = logits.data.slice();
  const heap = transducerLoss(logits, 2, 2, [1, 2]);
  withWorkspace((alloc) => {
    assertEquals(transducerLoss(logits, 2, 2, [1, 2], {}, alloc).dLogits, heap.dLogits);
  });
  assertEquals(logits.data, before);
});

Deno.test("transducerLoss() names what is of the wrong size", () => {
  const logits = matrix(6, 3);
  const cases: [() => unknown, string][] = [
    [
      () => transducerLoss(logits, 0, 2, [1, 2]),
      "T must be a whole number >= 1: current value is 0",
    ],
    [
      () => transducerLoss(logits, NaN, 2, [1, 2]),
      "T must be a whole number >= 1: current value is NaN",
    ],
    [() => transducerLoss(logits, 2, -1, []), "U must be a whole number >= 0: current value is -1"],
    [() => transducerLoss(logits, 2, 2, [1]), "there must be U = 2 targets: there are 1"],
    [
      () => transducerLoss(logits, 3, 2, [1, 2]),
      "T (U + 1) = 9 rows of 3 values: there are 6 rows",
    ],
  ];
  for (const [call, message] of cases) assertThrows(call, RangeError, message);
});

Deno.test("transducerLoss() names the label that is out of range, blank, fractional or NaN", () => {
  const logits = matrix(6, 3);
  for (const bad of [-1, 1.5, NaN, 3, 2 ** 32 + 1]) {
    assertThrows(
      () => transducerLoss(logits, 2, 2, [1, bad]),
      RangeError,
      `label 1 must be a whole number below K = 3: current value is ${bad}`,
    );
  }
  assertThrows(
    () => transducerLoss(logits, 2, 2, [2, 1], { blank: 2 }),
    RangeError,
    "labels must differ from blank (2): label 0 is 2",
  );
  assertThrows(() => transducerLoss(logits, 2, 2, [1, 2], { blank: 3 }), RangeError, "blank must");
});

Deno.test("transducerLoss() names the place of a logit that is not finite", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    assertThrows(
      () => transducerLoss(matrix(2, 3, [0, 0, 0, 0, 0, bad]), 1, 1, [1]),
      RangeError,
      `The logits must be finite: row 1, column 2 is ${bad}`,
    );
  }
});
