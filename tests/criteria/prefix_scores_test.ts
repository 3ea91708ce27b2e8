import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcTopology, hmmTopology, prefixTopology, topology } from "lib/alignment/mod.ts";
import { labelScores, prefixScore, softmaxOutput } from "lib/criteria/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { assertClose, centralDifferences, randomMatrix } from "../support/matrices.ts";
import { collapsed, tuples } from "../support/paths.ts";
import { patterns, segmentations } from "../support/segmentations.ts";

const K = 3;
const seeds = fc.integer({ min: 0, max: 1e6 });
const targets = fc.array(fc.integer({ min: 1, max: K - 1 }), { minLength: 1, maxLength: 3 });
const frames = fc.integer({ min: 1, max: 6 });
const logProbsOf = (seed: number, T: number) =>
  softmaxOutput.logProbs(randomMatrix(new RandomState(seed), T, K, 2));

Deno.test("prefixScore() over CTC is the probability that a labelling starts with the prefix", () => {
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
        const { logScore } = prefixScore({ data, rows: T, cols: K }, ctcTopology(target), place);
        assertAlmostEquals(Math.exp(logScore), total, 1e-12);
        assertEquals(logScore === -Infinity, total === 0);
      });
    }),
    { numRuns: 50 },
  );
});

Deno.test("prefixScore() over the HMM sums the paths up to the frame where the label starts", () => {
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
        const { logScore } = prefixScore(logProbs, hmmTopology(words, { silence: 0 }), place);
        assertAlmostEquals(Math.exp(logScore), total, 1e-12);
      });
    }),
    { numRuns: 40 },
  );
});

Deno.test("labelScores() are conditional probabilities, and multiply to the score of the prefix", () => {
  fc.assert(fc.property(seeds, targets, (seed, target) => {
    const logProbs = logProbsOf(seed, 6);
    const scores = labelScores(logProbs, ctcTopology(target));
    assertEquals(scores.length, target.length);
    for (const { logProb } of scores) assert(logProb <= 1e-12);
    const sum = scores.reduce((a, { logProb }) => a + logProb, 0);
    const { logScore } = prefixScore(logProbs, ctcTopology(target), target.length - 1);
    assertAlmostEquals(sum, logScore, 1e-12);
  }));
});

Deno.test("labelScores()' gradients equal differences", () => {
  fc.assert(
    fc.property(seeds, targets, fc.constantFrom(1, 0.7), (seed, target, posteriorScale) => {
      const logProbs = logProbsOf(seed, 6), ctc = ctcTopology(target);
      labelScores(logProbs, ctc, { posteriorScale }).forEach(({ dLogProbs }, s) => {
        const f = () => labelScores(logProbs, ctc, { posteriorScale })[s].logProb;
        assertClose(dLogProbs.data, centralDifferences(f, logProbs.data), 1e-8);
      });
    }),
    { numRuns: 20 },
  );
});

Deno.test("a prefix that does not fit has score -Infinity and no gradient", () => {
  const [first, second] = labelScores(matrix(2, 2), ctcTopology([1, 1]));
  assert(first.logProb > -Infinity);
  assertEquals([second.logProb, ...second.dLogProbs.data], [-Infinity, 0, 0, 0, 0]);
});

Deno.test("prefixes refuse a place that is none, and arcs that lead back", () => {
  assertThrows(() => prefixScore(matrix(2, 2), ctcTopology([1]), 1), RangeError, "place 1");
  assertThrows(() => prefixTopology(ctcTopology([1]), -1, 2), RangeError, "place -1");
  const ring = topology([{ label: 1, index: 0 }, { label: 1, index: 1 }, { label: 1, index: 2 }], [
    [0, 1],
    [1, 0],
    [1, 2],
  ]);
  assertThrows(() => prefixTopology(ring, 2, 2), RangeError, "arc 1 -> 0 leads back");
});
