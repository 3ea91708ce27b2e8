import { assertAlmostEquals, assertEquals } from "@std/assert";
import { ctcTopology, hmmTopology, statePaths } from "lib/alignment/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { expectedPlaces } from "lib/speech/mod.ts";

Deno.test("expectedPlaces() are the means over all paths, each as likely as its scores to the power of 0.4", () => {
  const rng = new RandomState(2), T = 6, K = 4, words = [[1, 2], [2]];
  const x = matrix(T, K);
  x.data.forEach((_, i) => x.data[i] = 2 * rng.randn());
  for (const blanks of [true, false]) {
    const topology = blanks ? ctcTopology(words.flat()) : hmmTopology(words, { silence: 3 });
    const quiet = (t: number) =>
      blanks ? Math.max(x.data[t * K], x.data[t * K + 3]) : x.data[t * K + 3];
    const mean = Array.from({ length: 3 }, () => [0, 0]);
    let sum = 0;
    for (const path of statePaths(topology, T - 1)) {
      const weight = Math.exp(path.reduce((all, s, t) => {
        const gap = topology.index[s] < 0;
        return all + 0.4 * (gap ? quiet(t + 1) : x.data[(t + 1) * K + topology.labels[s]]);
      }, 0));
      sum += weight;
      mean.forEach((place, n) => {
        place[0] += weight * (1 + path.findIndex((s) => topology.index[s] === n));
        place[1] += weight * (2 + path.findLastIndex((s) => topology.index[s] === n));
      });
    }
    const scores = (t: number, row: Float64Array) => row.set(x.data.subarray(t * K, (t + 1) * K));
    const found = expectedPlaces(scores, words, [1, T], K, { blanks, silence: 3 })!;
    found.flat().forEach((edge, n) => assertAlmostEquals(edge, mean.flat()[n] / sum, 1e-9));
  }
});

Deno.test("expectedPlaces() of words that do not fit are none", () => {
  const even = (_: number, row: Float64Array) => row.fill(0);
  assertEquals(expectedPlaces(even, [[1], [1]], [0, 2], 2, { blanks: true }), undefined);
});
