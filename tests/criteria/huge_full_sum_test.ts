import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ctcTopology, hmmTopology, type Topology } from "lib/alignment/mod.ts";
import {
  ctcLoss,
  framewiseBatchLoss,
  fullSum,
  separatedBlank,
  separatedFramewise,
  softmaxOutput,
} from "lib/criteria/mod.ts";
import { isHuge } from "lib/criteria/huge_full_sum.ts";
import { separatedBestPath } from "lib/decoding/mod.ts";
import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
import * as arbitrary from "../support/arbitraries.ts";
import { assertClose, randomMatrix, rowSums } from "../support/matrices.ts";

Deno.test("one label in three frames has a third of each, however large the logits", () => {
  for (const z of [1e3, 1e8, 1e9, 1e12, 1e15, 2 ** 53, 1e17, 1e100, 1e300]) {
    const { softAlignment, dLogits } = ctcLoss(matrix(3, 2, [z, 0, z, 0, z, 0]), [1]);
    assertClose(softAlignment.data, [2, 1, 2, 1, 2, 1].map((n) => n / 3), 1e-6);
    assertClose(dLogits.data, [1, -1, 1, -1, 1, -1].map((n) => n / 3), 1e-6);
  }
});

/** Doubles that stay exact with 2^40 added. */
function coarse(rng: RandomState, T: number, K: number) {
  return matrix(T, K, randomMatrix(rng, T, K).data.map((x) => Math.round(x * 1024) / 1024));
}

Deno.test("adding 2^40 or taking it off at a frame leaves the shares as they are", () => {
  fc.assert(
    fc.property(
      fc.nat(1e6),
      arbitrary.words(4),
      fc.integer({ min: 1, max: 8 }),
      arbitrary.transitions,
      (seed, words, T, transitions) => {
        const K = 4, rng = new RandomState(seed), small = coarse(rng, T, K);
        const offsets = Array.from({ length: T }, () => rng.randint(-1, 2) * 2 ** 40);
        const large = matrix(T, K, small.data.map((x, i) => x + offsets[Math.floor(i / K)]));
        const check = (topology: Topology) => {
          const options = { transitionScale: 0.7 };
          const expected = fullSum(small, topology, options);
          const actual = fullSum(large, topology, options);
          assertClose(actual.occupancy.data, expected.occupancy.data, 1e-9);
          if (expected.logScore === -Infinity) return assertEquals(actual.logScore, -Infinity);
          for (const sum of rowSums(actual.occupancy)) assertAlmostEquals(sum, 1, 1e-9);
        };
        check(ctcTopology(words.flat()));
        check(hmmTopology(words, { silence: 0, transitions }));
      },
    ),
    { numRuns: 100 },
  );
});

Deno.test("what is impossible stays so beside huge scores", () => {
  const never = -Infinity;
  const logProbs = matrix(3, 2, [0, -1e17, never, -1e17, 0, never]); // ε|a, a, ε
  const { occupancy } = fullSum(logProbs, ctcTopology([1]));
  assertEquals([...occupancy.data], [1, 0, 0, 1, 1, 0]);
  const twice = fullSum(matrix(2, 2, [never, -1e308, never, -1e308]), ctcTopology([1]));
  assertEquals([...twice.occupancy.data], [0, 0, 0, 0]); // beyond the largest double
});

Deno.test("scores count as huge from 2^28 on, of a path or of a frame", () => {
  const none = Float64Array.of(-1, -Infinity), most = 2 ** 28;
  assertEquals([-most, most].map((score) => isHuge(score, none)), [true, true]);
  assertEquals([1 - most, most - 1].map((score) => isHuge(score, none)), [false, false]);
  assert(isHuge(0, Float64Array.of(0, -most)) && isHuge(0, Float64Array.of(most, -most)));
  assert(!isHuge(0, Float64Array.of(1 - most, most - 1, -Infinity)));
});

Deno.test("equal logits share a frame equally, however large they are", () => {
  for (const z of [0, 1e8, -1e8, 1e9, 1e17, -1e17, 1e300, -1e300]) {
    assertClose(softmaxOutput.logProbs(matrix(1, 4, [z, z, z, z])).data.map(Math.exp), [
      .25,
      .25,
      .25,
      .25,
    ], 1e-7);
    // A sure label, and a blank that is sure not to be or to be.
    const output = separatedBlank();
    const labels = output.logProbs(matrix(1, 3, [0, z, z]));
    assertClose(labels.data.map(Math.exp), [.5, .25, .25], 1e-7);
    const v = matrix(1, 3, [0, 1, 0]);
    assertClose(output.toward(labels, v).data, [.5, -.5, .5], 1e-7);
    const sure = output.logProbs(matrix(1, 3, [Math.abs(z) + 50, 0, 0]));
    assertClose(output.toward(sure, v).data, [1, -.5, .5], 1e-7);
    const [h, W, b] = [matrix(1, 1), matrix(1, 3), matrix(1, 3, [0, z, z])];
    const { db, loss } = separatedFramewise(h, W, b, [1]);
    assertClose(db.data, [.5, -.5, .5], 1e-7);
    assertAlmostEquals(loss, Math.log(4), 1e-7);
    const batch = framewiseBatchLoss(sequences([b]), [1], { output });
    assertAlmostEquals(batch.loss, loss, 1e-7);
    const best = separatedBestPath(h, W, matrix(1, 3, [-50, z, z]));
    assertEquals([...best.path], [1]);
    assertAlmostEquals(best.logProbs[0], -Math.LN2, 1e-7);
  }
});
