import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcTopology, hmmTopology } from "lib/alignment/mod.ts";
import { ctcLoss, fullSum, fullSumLoss } from "lib/criteria/mod.ts";
import { ctcVariants, heapRoom, variantLoss } from "lib/criteria/variants/mod.ts";
import { logSoftmax } from "lib/numeric/kernels/plain/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import pytorch from "../../fixtures/pytorch-ctc.json" with { type: "json" };
import { assertMatrixClose, fromRows, randomMatrix } from "../../support/matrices.ts";

const anyCase = fc.record({
  seed: fc.nat(2 ** 32 - 1),
  T: fc.integer({ min: 1, max: 40 }),
  K: fc.integer({ min: 2, max: 6 }),
  L: fc.integer({ min: 0, max: 12 }),
}).map(({ seed, T, K, L }) => {
  const rng = new RandomState(seed);
  const logits = randomMatrix(rng, T, K, 3);
  return { logits, target: Array.from({ length: L }, () => rng.randint(1, K)) };
});

for (const [name, variant] of Object.entries(ctcVariants)) {
  Deno.test(`${name}: loss and gradient are those of the full sum, to 1e-9`, () => {
    fc.assert(fc.property(anyCase, ({ logits, target }) => {
      const topology = ctcTopology(target);
      const ours = variantLoss(variant, logits, topology);
      const { rows: T, cols: K } = logits;
      const logProbs = matrix(T, K, logSoftmax(new Float64Array(T * K), logits.data, T, K));
      const { logScore, occupancy } = fullSum(logProbs, topology);
      const gradient = logProbs.data.map((value, i) =>
        logScore === -Infinity ? 0 : Math.exp(value) - occupancy.data[i]
      );
      assertMatrixClose(ours.dLogits, matrix(T, K, gradient), 1e-9, "dLogits");
      if (logScore === -Infinity) assertEquals(ours.loss, Infinity);
      else assertAlmostEquals(ours.loss, -logScore, 1e-9 * Math.max(1, -logScore));
    }));
  });

  Deno.test(`${name}: over the HMM topology as well`, () => {
    const topology = hmmTopology([[1, 1, 2], [3]], { silence: 0 });
    for (const T of [3, 4, 5, 9, 30]) {
      const logits = randomMatrix(new RandomState(T), T, 4);
      const expected = fullSumLoss(logits, topology);
      const ours = variantLoss(variant, logits, topology);
      assertMatrixClose(ours.dLogits, expected.dLogits, 1e-9);
      assertAlmostEquals(ours.loss, expected.loss, 1e-9);
    }
  });

  Deno.test(`${name}: PyTorch's cases, up to 1000 frames`, () => {
    for (const { labels, blank, logits, loss, infeasible, grad } of pytorch.cases) {
      const ours = variantLoss(variant, fromRows(logits), ctcTopology(labels, { blank }));
      assertAlmostEquals(ours.loss, infeasible ? Infinity : loss!, 1e-8);
      if (grad && !infeasible) assertMatrixClose(ours.dLogits, fromRows(grad), 1e-9);
    }
  });

  Deno.test(`${name}: what it is given stays as it was, and what it writes may hold anything`, () => {
    const logits = randomMatrix(new RandomState(1), 7, 3);
    const kept = logits.data.slice();
    const expected = ctcLoss(logits, [1, 2]).dLogits;
    const dLogits = new Float64Array(21).fill(NaN);
    variant(dLogits, logits.data, ctcTopology([1, 2]), 7, 3, heapRoom);
    assertMatrixClose(matrix(7, 3, dLogits), expected, 1e-12);
    variant(dLogits, logits.data, ctcTopology([1, 1, 1, 1, 1]), 7, 3, heapRoom);
    assertEquals(dLogits, new Float64Array(21)); // needs nine frames
    assertEquals(logits.data, kept);
  });

  Deno.test(`${name}: says what is wrong with its input`, () => {
    const loss = (T: number, topology = ctcTopology([1]), value = 0) => () =>
      variantLoss(variant, matrix(T, 2, Array(2 * T).fill(value)), topology);
    assertThrows(loss(0), RangeError, "T is 0");
    assertThrows(loss(2, ctcTopology([2])), RangeError, "state 1 emits 2");
    assertThrows(loss(2, ctcTopology([1]), NaN), RangeError, "row 0, column 0 is NaN");
  });
}

Deno.test("where all probabilities of a frame underflow, logs go on and rescaling says so", () => {
  const logits = matrix(3, 3, [0, 0, 0, -800, -800, 0, 0, 0, 0]); // frame 1 is surely a 2
  const expected = ctcLoss(logits, [1]);
  for (const name of ["tables", "fused", "checkpointed"] as const) {
    const ours = variantLoss(ctcVariants[name], logits, ctcTopology([1]));
    assertAlmostEquals(ours.loss, expected.loss, 1e-9);
    assertMatrixClose(ours.dLogits, expected.dLogits, 1e-9);
  }
  for (const name of ["rescaled", "lean"] as const) {
    assertThrows(
      () => variantLoss(ctcVariants[name], logits, ctcTopology([1])),
      RangeError,
      "those at frame 1 sum to 0",
    );
  }
});

Deno.test("on the way to underflow, rescaling is equal to 1e-9 or says that it is not", () => {
  // Twenty alternating labels take 20 of the 40 frames at least, and blank is e^g times likelier.
  const T = 40, K = 3;
  const target = Array.from({ length: 20 }, (_, i) => 1 + i % 2);
  for (const name of ["rescaled", "lean"] as const) {
    const outcomes = { equal: 0, thrown: 0 };
    for (let g = 30; g < 42; g += 0.1) {
      const logits = matrix(T, K, Float64Array.from({ length: T * K }, (_, i) => i % K ? 0 : g));
      const expected = ctcLoss(logits, target);
      try {
        const ours = variantLoss(ctcVariants[name], logits, ctcTopology(target));
        assertAlmostEquals(ours.loss, expected.loss, 1e-9 * expected.loss);
        assertMatrixClose(ours.dLogits, expected.dLogits, 1e-9);
        outcomes.equal++;
      } catch (error) {
        assert(
          error instanceof RangeError && error.message.includes("logs would go on"),
          `${error}`,
        );
        outcomes.thrown++;
      }
    }
    assert(outcomes.equal > 60 && outcomes.thrown > 20, JSON.stringify(outcomes));
  }
});
