import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcTopology, type Topology, topology } from "lib/alignment/mod.ts";
import { fullSum, fullSumLattice, type FullSumOptions } from "lib/criteria/mod.ts";
import { type Matrix, matrix, RandomState } from "lib/numeric/mod.ts";
import {
  assertMatrixClose,
  centralDifferences,
  randomMatrix,
  rowSums,
} from "../support/matrices.ts";
import { type Enumerated, enumerateLabelPaths, enumerateStatePaths } from "../support/paths.ts";

/** Scores that no model would give, so that nothing rests on rows that sum to 1; some impossible. */
function randomScores(rng: RandomState, T: number, K: number, impossible: number): Matrix {
  const scores = randomMatrix(rng, T, K, 2);
  for (let i = 0; i < T * K; i++) if (rng.random() < impossible) scores.data[i] = -Infinity;
  return scores;
}

/** p(k)^α / prior(k)^β at frame t, with 0^α = 0 */
function scoreOf({ data, cols: K }: Matrix, options: FullSumOptions) {
  const { posteriorScale = 1, logPrior = new Float64Array(K), priorScale = 0 } = options;
  return (t: number, k: number) => {
    const logProb = data[t * K + k];
    if (logProb === -Infinity) return 0;
    return Math.exp(posteriorScale * logProb) / Math.exp(priorScale * logPrior[k]);
  };
}

function assertAgrees(
  logProbs: Matrix,
  topology: Topology,
  options: FullSumOptions,
  expected: Enumerated,
): void {
  const { logScore, occupancy } = fullSum(logProbs, topology, options);
  if (expected.total === 0) assertEquals(logScore, -Infinity);
  else assertAlmostEquals(logScore, Math.log(expected.total), 1e-11);
  assertMatrixClose(occupancy, expected.occupancy, 1e-11, "occupancy");
}

const seed = fc.nat(2 ** 32 - 1);
const size = (min: number, max: number) => fc.integer({ min, max });
const scale = fc.double({ min: 0, max: 2, noNaN: true });

Deno.test("fullSum() equals the sum over all K^T label paths that collapse to the target", () => {
  let feasible = 0;
  fc.assert(
    fc.property(seed, size(1, 6), size(2, 4), size(0, 4), scale, scale, (seed, T, K, L, α, β) => {
      const rng = new RandomState(seed);
      const logProbs = randomScores(rng, T, K, 0.05);
      const blank = rng.randint(0, K);
      const others = Array.from({ length: K }, (_, k) => k).filter((k) => k !== blank);
      const target = Array.from({ length: L }, () => others[rng.randint(0, K - 1)]);
      const logPrior = randomMatrix(rng, 1, K).data;
      const options = { posteriorScale: α, logPrior, priorScale: β };
      const expected = enumerateLabelPaths(scoreOf(logProbs, options), T, K, target, blank);
      if (expected.total > 0) feasible++;
      assertAgrees(logProbs, ctcTopology(target, { blank }), options, expected);
    }),
    { numRuns: 300, seed: 1 },
  );
  assert(feasible > 100, `only ${feasible} cases had a path`);
});

Deno.test("fullSum() equals the sum over all S^T state paths of any automaton, arc weights scaled", () => {
  let feasible = 0;
  fc.assert(
    fc.property(seed, size(1, 5), size(1, 4), size(1, 3), scale, scale, (seed, T, S, K, α, γ) => {
      const rng = new RandomState(seed);
      const maybe = () => rng.random() < 0.5 ? rng.randn() : undefined;
      const states = Array.from({ length: S }, (_, s) => ({
        label: rng.randint(0, K),
        index: s,
        initial: maybe(),
        final: maybe(),
      }));
      const arcs = Array.from(
        { length: 2 * S },
        () => [rng.randint(0, S), rng.randint(0, S), rng.randn()] as const,
      );
      const automaton = topology(states, arcs);
      const logProbs = randomScores(rng, T, K, 0.05);
      const options = { posteriorScale: α, transitionScale: γ };
      const score = scoreOf(logProbs, options);
      const expected = enumerateStatePaths(score, T, K, automaton, γ);
      if (expected.total > 0) feasible++;
      assertAgrees(logProbs, automaton, options, expected);
    }),
    { numRuns: 300, seed: 2 },
  );
  assert(feasible > 100, `only ${feasible} cases had a path`);
});

Deno.test("fullSum() leaves arc weights and priors out by default", () => {
  const rng = new RandomState(3);
  const logProbs = randomMatrix(rng, 3, 2);
  const states = [{ label: 0, index: 0, initial: -5 }, { label: 1, index: 1, final: -7 }];
  const weighted = topology(states, [[0, 0, -1], [0, 1, -2], [1, 1, -3]]);
  const free = topology([{ ...states[0], initial: 0 }, { ...states[1], final: 0 }], [
    [0, 0],
    [0, 1],
    [1, 1],
  ]);
  const logPrior = new Float64Array([-1, -2]);
  assertEquals(fullSum(logProbs, weighted, { logPrior }), fullSum(logProbs, free));
});

Deno.test("occupancy sums to 1 at every frame where a path fits, to 0 everywhere else", () => {
  const rng = new RandomState(4);
  const logProbs = randomMatrix(rng, 20, 5, 3);
  for (const target of [[], [1], [1, 2, 3, 4], [2, 2, 2], [1, 1, 2, 2, 3, 3, 4, 4]]) {
    for (const sum of rowSums(fullSum(logProbs, ctcTopology(target)).occupancy)) {
      assertAlmostEquals(sum, 1, 1e-12);
    }
  }
  const unfit = fullSum(logProbs, ctcTopology(Array(11).fill(1)));
  assertEquals([unfit.logScore, unfit.occupancy], [-Infinity, matrix(20, 5)]);
});

Deno.test("the forward scores alone give the same logScore as the backward scores alone", () => {
  const rng = new RandomState(5);
  const logSum = (terms: Float64Array) => Math.log(terms.reduce((sum, w) => sum + Math.exp(w), 0));
  for (const target of [[], [1], [3, 3, 1, 2], [1, 2, 3, 1, 2, 3]]) {
    const { initial, final, ...rest } = ctcTopology(target);
    const weighted = {
      ...rest,
      initial: initial.map((w) => w - rng.random()),
      final: final.map((w) => w - rng.random()),
    };
    const { logScore, logAlpha, logBeta } = fullSumLattice(randomMatrix(rng, 15, 4), weighted, {
      transitionScale: 0.7,
    });
    const { cols: S, rows: T } = logAlpha;
    const ends = logAlpha.data.subarray((T - 1) * S).map((w, s) => w + 0.7 * weighted.final[s]);
    const starts = logBeta.data.subarray(0, S).map((w, s) => w + 0.7 * weighted.initial[s]);
    assertAlmostEquals(logSum(ends), logScore, 1e-12);
    assertAlmostEquals(logSum(starts), logScore, 1e-12);
  }
});

Deno.test("at every frame, forward and backward scores give the same logScore", () => {
  const logProbs = randomMatrix(new RandomState(6), 12, 4);
  const { logScore, logAlpha, logBeta, emission } = fullSumLattice(
    logProbs,
    ctcTopology([1, 1, 2]),
  );
  const { rows: T, cols: S } = logAlpha;
  for (let t = 0; t < T; t++) {
    let sum = 0;
    for (let i = t * S; i < (t + 1) * S; i++) {
      sum += Math.exp(logAlpha.data[i] + logBeta.data[i] - emission.data[i]);
    }
    assertAlmostEquals(Math.log(sum), logScore, 1e-12);
  }
});

Deno.test("the gradient of logScore with respect to logProbs is α · occupancy", () => {
  const rng = new RandomState(7);
  const logProbs = randomMatrix(rng, 6, 4);
  const options = {
    posteriorScale: 0.6,
    priorScale: 0.3,
    logPrior: randomMatrix(rng, 1, 4).data,
  };
  const topology = ctcTopology([1, 3, 3]);
  const numeric = centralDifferences(
    () => fullSum(logProbs, topology, options).logScore,
    logProbs.data,
  );
  const { occupancy } = fullSum(logProbs, topology, options);
  assertMatrixClose(matrix(6, 4, occupancy.data.map((v) => 0.6 * v)), matrix(6, 4, numeric), 1e-9);
});

Deno.test("fullSum() takes -Infinity for an impossible label, at any scale", () => {
  const half = Math.log(0.5);
  // Frame 1 can only be blank: of εa, aε and aa, only aε is left.
  const logProbs = matrix(2, 2, [half, half, 0, -Infinity]);
  for (const posteriorScale of [0, 0.5, 1]) {
    const { logScore, occupancy } = fullSum(logProbs, ctcTopology([1]), { posteriorScale });
    assertAlmostEquals(logScore, posteriorScale * half, 1e-15);
    assertEquals([...occupancy.data], [0, 1, 1, 0]);
  }
  // Frame 1 can be nothing at all.
  const dead = matrix(2, 2, [half, half, -Infinity, -Infinity]);
  assertEquals(fullSum(dead, ctcTopology([1])), { logScore: -Infinity, occupancy: matrix(2, 2) });
});

Deno.test("fullSum() neither underflows nor overflows over 5,000 frames", () => {
  const T = 5000;
  const certain = matrix(T, 2, Float64Array.from({ length: 2 * T }, () => Math.log(0.5)));
  // Every path has probability 2^-5000, far below the smallest double; C(5001, 2) of them are "a".
  const { logScore, occupancy } = fullSum(certain, ctcTopology([1]));
  assertAlmostEquals(logScore, Math.log(5001 * 5000 / 2) - T * Math.log(2), 1e-8);
  for (const sum of rowSums(occupancy)) assertAlmostEquals(sum, 1, 1e-8);
});

Deno.test("fullSum() refuses T = 0", () => {
  assertThrows(() => fullSum(matrix(0, 3), ctcTopology([1])), RangeError, "T is 0");
});

Deno.test("fullSum() names the frame and label of a NaN or +Infinity", () => {
  for (const bad of [NaN, Infinity]) {
    assertThrows(
      () => fullSum(matrix(2, 2, [0, 0, bad, 0]), ctcTopology([1])),
      RangeError,
      `frame 1, label 0 is ${bad}`,
    );
  }
});

Deno.test("fullSum() names the state whose label is beyond K", () => {
  assertThrows(
    () => fullSum(matrix(3, 3), ctcTopology([1, 7])),
    RangeError,
    "K = 3: state 3 emits 7",
  );
  assertThrows(
    () => fullSum(matrix(3, 3), ctcTopology([1], { blank: 3 })),
    RangeError,
    "state 0 emits 3",
  );
});

Deno.test("fullSum() names the scale or prior that is out of range", () => {
  const sum = (options: FullSumOptions) => () => fullSum(matrix(2, 2), ctcTopology([1]), options);
  assertThrows(
    sum({ posteriorScale: NaN }),
    RangeError,
    "posteriorScale must be finite: current value is NaN",
  );
  assertThrows(
    sum({ priorScale: Infinity }),
    RangeError,
    "priorScale must be finite: current value is Infinity",
  );
  assertThrows(sum({ transitionScale: NaN }), RangeError, "transitionScale must be finite");
  assertThrows(sum({ logPrior: new Float64Array(3) }), RangeError, "K = 2 entries: it has 3");
  assertThrows(sum({ priorScale: 0.5 }), RangeError, "a priorScale of 0.5 needs a logPrior");
  assertThrows(sum({ posteriorScale: -1 }), RangeError, "must be >= 0: current value is -1");
  const short = { data: new Float64Array(3), rows: 2, cols: 2 };
  assertThrows(() => fullSum(short, ctcTopology([1])), RangeError, "4 values: there are 3");
  assertThrows(
    sum({ logPrior: new Float64Array([0, -Infinity]) }),
    RangeError,
    "label 1 has -Infinity",
  );
});
