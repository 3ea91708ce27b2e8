import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcTopology } from "lib/alignment/mod.ts";
import {
  framewiseBatchLoss,
  fullSumLoss,
  separatedBlank,
  separatedFramewise,
  softmaxOutput,
} from "lib/criteria/mod.ts";
import { bestPath, separatedBestPath } from "lib/decoding/mod.ts";
import { linear } from "lib/models/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import {
  assertClose,
  assertMatrixClose,
  centralDifferences,
  randomMatrix,
} from "../support/matrices.ts";

const K = 4;
const blanks = fc.integer({ min: 0, max: K - 1 });
const seeds = fc.integer({ min: 0, max: 1e6 });

Deno.test("separatedBlank() gives eq. 15's probabilities, which sum to 1", () => {
  fc.assert(fc.property(seeds, blanks, (seed, blank) => {
    const z = randomMatrix(new RandomState(seed), 1, K, 3);
    const p = separatedBlank({ blank }).logProbs(z).data.map(Math.exp);
    const sigma = 1 / (1 + Math.exp(-z.data[blank]));
    const total = z.data.reduce((sum, v, k) => k === blank ? sum : sum + Math.exp(v), 0);
    assertClose(
      p,
      z.data.map((v, k) => k === blank ? sigma : (1 - sigma) * Math.exp(v) / total),
      1e-14,
    );
    assertAlmostEquals(p.reduce((a, b) => a + b), 1, 1e-14);
  }));
});

Deno.test("separatedBlank()'s gradient is eq. 21", () => {
  fc.assert(fc.property(seeds, blanks, (seed, blank) => {
    const rng = new RandomState(seed), z = randomMatrix(rng, 5, K, 2);
    const target = [0, 1, 2, 3].filter((k) => k !== blank).slice(0, 2);
    const output = separatedBlank({ blank });
    const { dLogits, softAlignment: { data: v } } = fullSumLoss(z, ctcTopology(target, { blank }), {
      output,
    });
    const p = output.logProbs(z).data.map(Math.exp);
    dLogits.data.forEach((g, i) => {
      const at = i - i % K + blank;
      const expected = i === at
        ? p[i] - v[i]
        : (p[i] / (1 - p[at]) - v[i] / (1 - v[at])) * (1 - v[at]);
      assertAlmostEquals(g, expected, 1e-11);
    });
  }));
});

Deno.test("backward() of both outputs equals differences of any function of log-probabilities", () => {
  fc.assert(fc.property(seeds, blanks, (seed, blank) => {
    const rng = new RandomState(seed);
    const z = randomMatrix(rng, 3, K, 2), g = randomMatrix(rng, 3, K);
    for (const output of [softmaxOutput, separatedBlank({ blank })]) {
      const f = () => output.logProbs(z).data.reduce((sum, lp, i) => sum + g.data[i] * lp, 0);
      const numeric = centralDifferences(f, z.data, 1e-5);
      assertClose(output.backward(output.logProbs(z), g).data, numeric, 1e-8);
      // toward() is backward() of -v, for v that sums to 1.
      const v = { ...z, data: softmaxOutput.logProbs(g).data.map(Math.exp) };
      const minus = { ...v, data: v.data.map((x) => -x) };
      const logProbs = output.logProbs(z);
      assertMatrixClose(output.toward(logProbs, v), output.backward(logProbs, minus), 1e-14);
    }
  }));
});

Deno.test("separatedBlank() stays exact where the sigmoid rounds to 0 or 1", () => {
  const z = matrix(2, 3, [800, 1, 1, -800, 2, 2]);
  const { data } = separatedBlank().logProbs(z);
  assertEquals([data[0], data[3]], [-0, -800]);
  assertAlmostEquals(data[1], -800 - Math.log(2), 1e-9);
  assertAlmostEquals(data[4], -Math.log(2), 1e-12);
  const half = matrix(2, 3, [0, 0.5, 0.5, 0, 1, 0]);
  const g = separatedBlank().toward(separatedBlank().logProbs(z), half);
  assertClose(g.data, [1, 0, 0, 0, -0.5, 0.5], 1e-12);
});

Deno.test("framewiseBatchLoss() equals its definition and differences, under both outputs", () => {
  fc.assert(fc.property(seeds, blanks, (seed, blank) => {
    const rng = new RandomState(seed);
    const logits = { frames: randomMatrix(rng, 5, K, 2), offsets: Int32Array.of(0, 2, 5) };
    const alignment = Int32Array.from({ length: 5 }, () => rng.randint(0, K));
    for (const output of [softmaxOutput, separatedBlank({ blank })]) {
      const { loss, dLogits, infeasible } = framewiseBatchLoss(logits, alignment, { output });
      const { data } = output.logProbs(logits.frames);
      const sum = alignment.reduce((a, k, t) => a - data[t * K + k], 0);
      assertAlmostEquals(loss, sum / 2, 1e-12);
      assertEquals(infeasible, 0);
      const f = () => framewiseBatchLoss(logits, alignment, { output }).loss;
      assertClose(dLogits.frames.data, centralDifferences(f, logits.frames.data), 1e-8);
    }
  }));
});

Deno.test("separatedFramewise() gives what linear(), separatedBlank() and framewiseBatchLoss() give", () => {
  fc.assert(fc.property(seeds, blanks, fc.boolean(), (seed, blank, onlyBlank) => {
    const rng = new RandomState(seed), D = 3, N = 6;
    const h = randomMatrix(rng, N, D), W = randomMatrix(rng, D, K), b = randomMatrix(rng, 1, K);
    const alignment = Int32Array.from(
      { length: N },
      () => onlyBlank || rng.random() < 0.5 ? blank : rng.randint(0, K),
    );
    const x = { frames: h, offsets: Int32Array.of(0, N) };
    const layer = linear(D, K);
    const { y, cache } = layer.forward({ W, b }, x);
    const slow = framewiseBatchLoss(y, alignment, { output: separatedBlank({ blank }) });
    const { grads, dx } = layer.backward({ W, b }, cache, slow.dLogits);
    const fast = separatedFramewise(h, W, b, alignment, { blank });
    assertAlmostEquals(fast.loss, slow.loss, 1e-12);
    assertMatrixClose(fast.dh, dx().frames, 1e-12, "dh");
    assertMatrixClose(fast.dW, grads.W, 1e-12, "dW");
    assertMatrixClose(fast.db, grads.b, 1e-12, "db");
  }));
});

Deno.test("separatedBestPath() is the best path of all log-probabilities, with its scores", () => {
  fc.assert(
    fc.property(seeds, blanks, fc.double({ min: -4, max: 4, noNaN: true }), (seed, blank, bias) => {
      const rng = new RandomState(seed), D = 3, T = 8;
      const h = randomMatrix(rng, T, D), W = randomMatrix(rng, D, K), b = randomMatrix(rng, 1, K);
      b.data[blank] += bias;
      const { y } = linear(D, K).forward({ W, b }, { frames: h, offsets: Int32Array.of(0, T) });
      const logProbs = separatedBlank({ blank }).logProbs(y.frames);
      const { path, logProbs: scores } = separatedBestPath(h, W, b, { blank });
      assertEquals(path, bestPath(logProbs));
      assertClose(
        scores,
        path.map((k, t) => t * K + k).reduce<number[]>((all, i) => [...all, logProbs.data[i]], []),
        1e-12,
      );
    }),
  );
});

Deno.test("separated blank, framewise loss and fast paths name what is out of range", () => {
  assertThrows(() => separatedBlank({ blank: 3 }).logProbs(matrix(1, 3)), RangeError, "blank is 3");
  assertThrows(() => separatedBlank().logProbs(matrix(1, 1)), RangeError, "there are 1");
  const logits = { frames: matrix(2, 3), offsets: Int32Array.of(0, 2) };
  assertThrows(() => framewiseBatchLoss(logits, [0]), RangeError, "each of 2 frames: it has 1");
  assertThrows(() => framewiseBatchLoss(logits, [0, 3]), RangeError, "frame 1 is 3");
  assertThrows(() => framewiseBatchLoss(logits, [0, NaN]), RangeError, "frame 1 is NaN");
  const nan = { frames: matrix(1, 2, [NaN, 0]), offsets: Int32Array.of(0, 1) };
  assertThrows(() => framewiseBatchLoss(nan, [0]), RangeError, "row 0, column 0 is NaN");
  const [h, W, b] = [matrix(2, 3), matrix(3, K), matrix(1, K)];
  assertThrows(() => separatedFramewise(h, W, matrix(1, 3), [0, 0]), RangeError, "[1, 3]");
  assertThrows(() => separatedFramewise(matrix(2, 2), W, b, [0, 0]), RangeError, "[2, 2], [3, 4]");
  assertThrows(() => separatedFramewise(h, W, b, [0, 4]), RangeError, "frame 1 is 4");
  assertThrows(() => separatedBestPath(h, W, b, { blank: 4 }), RangeError, "blank is 4");
});
