import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcTopology, hmmTopology, prefixTopology, topology } from "lib/alignment/mod.ts";
import { labelScores, prefixScore, softmaxOutput } from "lib/criteria/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { assertClose, centralDifferences, randomMatrix } from "../support/matrices.ts";
import { collapsed, tuples } from "../support/paths.ts";
import { patterns, segmentations, threeCases } from "../support/segmentations.ts";

const K = 3;
const seeds = fc.integer({ min: 0, max: 1e6 });
const targets = fc.array(fc.integer({ min: 1, max: K - 1 }), { minLength: 1, maxLength: 3 });
const frames = fc.integer({ min: 1, max: 6 });
const logProbsOf = (seed: number, T: number) =>
  softmaxOutput.logProbs(randomMatrix(new RandomState(seed), T, K, 2));

const entered = { prefix: "entered" } as const;
const readings = fc.constantFrom("partial", "entered");

Deno.test("prefixScore() over CTC sums the paths of any length that stand for the prefix", () => {
  fc.assert(
    fc.property(seeds, targets, frames, (seed, target, T) => {
      const logProbs = logProbsOf(seed, T);
      for (let place = -1; place < target.length; place++) {
        const prefix = target.slice(0, place + 1).join();
        let total = 0;
        for (let t = 1; t <= T; t++) {
          for (const path of tuples(t, K)) {
            if (collapsed(path, 0).join() !== prefix) continue;
            total += path.reduce((p, k, u) => p * Math.exp(logProbs.data[u * K + k]), 1);
          }
        }
        const { logScore } = prefixScore(logProbs, ctcTopology(target), place);
        assertAlmostEquals(Math.exp(logScore), total, 1e-12);
        assertEquals(logScore === -Infinity, total === 0);
        assert(logScore <= Math.log(T) + 1e-12);
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("prefixScore() over every topology sums the partial paths, and shares them by label", () => {
  fc.assert(
    fc.property(seeds, frames, (seed, T) => {
      const logProbs = logProbsOf(seed, T);
      for (const { name, topology, pattern } of threeCases([[1, 2, 2], [2, 1]])) {
        for (let place = -1; place < 5; place++) {
          const first = pattern.findIndex(({ index }) => index === place);
          const next = pattern.findIndex(({ index }) => index > place);
          const slots = pattern.slice(0, next < 0 ? pattern.length : next)
            .map((slot, s) => s > first ? { ...slot, optional: true } : slot);
          const share = matrix(T, K);
          let total = 0;
          for (let t = 1; t <= T; t++) {
            for (const path of segmentations(slots, t)) {
              const labels = path.map((s) => slots[s].label);
              const p = labels.reduce((p, k, u) => p * Math.exp(logProbs.data[u * K + k]), 1);
              total += p;
              labels.forEach((k, u) => share.data[u * K + k] += p);
            }
          }
          const { logScore, occupancy } = prefixScore(logProbs, topology, place);
          assertAlmostEquals(Math.exp(logScore), total, 1e-12, `${name}, place ${place}`);
          const expected = total > 0 ? share.data.map((p) => p / total) : share.data;
          assertClose(occupancy.data, expected, 1e-12, `${name}, place ${place}`);
        }
      }
    }),
    { numRuns: 20 },
  );
});

Deno.test("prefixScore() of partial paths can be above 0, and is log T where nothing else is likely", () => {
  const { logScore } = prefixScore(
    matrix(4, 2, Array(4).fill([-50, 0]).flat()),
    ctcTopology([1]),
    0,
  );
  assertAlmostEquals(logScore, Math.log(4), 1e-12);
});

Deno.test("prefixScore(), entered, over CTC is the probability that a labelling starts with the prefix", () => {
  fc.assert(
    fc.property(seeds, targets, frames, (seed, target, T) => {
      const { data } = logProbsOf(seed, T);
      target.forEach((_, place) => {
        const prefix = target.slice(0, place + 1).join();
        let total = 0;
        for (const path of tuples(T, K)) {
          if (collapsed(path, 0).slice(0, place + 1).join() !== prefix) continue;
          total += path.reduce((product, k, t) => product * Math.exp(data[t * K + k]), 1);
        }
        const logProbs = { data, rows: T, cols: K };
        const { logScore } = prefixScore(logProbs, ctcTopology(target), place, entered);
        assertAlmostEquals(Math.exp(logScore), total, 1e-12);
        assertEquals(logScore === -Infinity, total === 0);
      });
    }),
    { numRuns: 50 },
  );
});

Deno.test("prefixScore(), entered, over the HMM sums the paths up to the frame where the label starts", () => {
  const words = [[1, 2], [2, 1]];
  const pattern = patterns.hmm(words);
  fc.assert(
    fc.property(seeds, frames, (seed, T) => {
      const logProbs = logProbsOf(seed, T);
      [0, 1, 2, 3].forEach((place) => {
        const last = pattern.findIndex(({ index }) => index === place);
        let total = 0;
        for (let t = 1; t <= T; t++) {
          // Paths of t frames whose last alone is in the slot of the label.
          for (const path of segmentations(pattern.slice(0, last + 1), t)) {
            if (path.filter((slot) => slot === last).length !== 1) continue;
            total += path.reduce(
              (p, s, u) => p * Math.exp(logProbs.data[u * K + pattern[s].label]),
              1,
            );
          }
        }
        const hmm = hmmTopology(words, { silence: 0 });
        const { logScore } = prefixScore(logProbs, hmm, place, entered);
        assertAlmostEquals(Math.exp(logScore), total, 1e-12);
      });
    }),
    { numRuns: 40 },
  );
});

Deno.test("labelScores(), entered, are conditional probabilities, and multiply to the prefix's score", () => {
  fc.assert(fc.property(seeds, targets, (seed, target) => {
    const logProbs = logProbsOf(seed, 6);
    const scores = labelScores(logProbs, ctcTopology(target), entered);
    assertEquals(scores.length, target.length);
    for (const { logProb } of scores) assert(logProb <= 1e-12);
    const sum = scores.reduce((a, { logProb }) => a + logProb, 0);
    const { logScore } = prefixScore(logProbs, ctcTopology(target), target.length - 1, entered);
    assertAlmostEquals(sum, logScore, 1e-12);
  }));
});

Deno.test("labelScores() are differences of the scores of neighbouring prefixes", () => {
  fc.assert(fc.property(seeds, targets, readings, (seed, target, prefix) => {
    const logProbs = logProbsOf(seed, 6), ctc = ctcTopology(target);
    const score = (place: number) => prefixScore(logProbs, ctc, place, { prefix }).logScore;
    labelScores(logProbs, ctc, { prefix }).forEach(({ logProb }, s) => {
      assertAlmostEquals(logProb, score(s) - score(s - 1), 1e-12);
    });
  }));
});

Deno.test("labelScores()' gradients equal differences", () => {
  fc.assert(
    fc.property(
      seeds,
      targets,
      readings,
      fc.constantFrom(1, 0.7),
      fc.constantFrom(undefined, Float64Array.of(-1, -2, -0.5)),
      (seed, target, prefix, posteriorScale, logPrior) => {
        const logProbs = logProbsOf(seed, 6), ctc = ctcTopology(target);
        const prior = logPrior ? { logPrior, priorScale: 0.5 } : {};
        const options = { prefix, posteriorScale, ...prior };
        labelScores(logProbs, ctc, options).forEach(({ dLogProbs }, s) => {
          const f = () => labelScores(logProbs, ctc, options)[s].logProb;
          assertClose(dLogProbs.data, centralDifferences(f, logProbs.data), 1e-8);
        });
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("a prefix that does not fit has score -Infinity and no gradient", () => {
  for (const prefix of ["partial", "entered"] as const) {
    const [first, second] = labelScores(matrix(2, 2), ctcTopology([1, 1]), { prefix });
    assert(first.logProb > -Infinity);
    assertEquals([second.logProb, ...second.dLogProbs.data], [-Infinity, 0, 0, 0, 0]);
  }
});

Deno.test("a label whose prefix alone has no path has score Infinity, and a gradient all the same", () => {
  const logProbs = matrix(1, 2, [-Infinity, 0]);
  const [{ logProb, dLogProbs }] = labelScores(logProbs, ctcTopology([1]));
  assertEquals([logProb, ...dLogProbs.data], [Infinity, 0, 1]);
});

Deno.test("prefixes refuse a place that is none, and arcs that lead back", () => {
  assertThrows(() => prefixScore(matrix(2, 2), ctcTopology([1]), 1), RangeError, "place 1");
  for (const label of [2, 3]) { // 2 would be taken for whatever comes after
    assertThrows(
      () => prefixScore(matrix(2, 2), ctcTopology([label]), 0),
      RangeError,
      `labels must be below K = 2: state 1 emits ${label}`,
    );
  }
  assertThrows(() => prefixTopology(ctcTopology([1]), -2, 2), RangeError, "place -2");
  assertThrows(() => prefixTopology(ctcTopology([1]), -1, 2, "entered"), RangeError, "place -1");
  const ring = topology([{ label: 1, index: 0 }, { label: 1, index: 1 }, { label: 1, index: 2 }], [
    [0, 1],
    [1, 0],
    [1, 2],
  ]);
  assertThrows(() => prefixTopology(ring, 2, 2), RangeError, "arc 1 -> 0 leads back");
});
