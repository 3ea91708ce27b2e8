import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { collapse } from "lib/decoding/mod.ts";
import { statePaths } from "lib/alignment/paths.ts";
import { ctcTopology } from "lib/alignment/mod.ts";
import {
  descend,
  networks,
  scene,
  setPosterior,
} from "../../web/client/explorables/lattice/scene.ts";
import {
  dropThenMerge,
  mergeThenDrop,
  samplePaths,
  sumsOf,
} from "../../web/client/explorables/lattice/sums.ts";

const rowSums = ({ data, rows, cols }: { data: Float64Array; rows: number; cols: number }) =>
  Array.from(
    { length: rows },
    (_, t) => data.subarray(t * cols, (t + 1) * cols).reduce((a, b) => a + Math.max(0, b), 0),
  );

Deno.test("every frame's posteriors sum to 1, whatever network they are of and whatever is set", () => {
  for (const network of networks) {
    const now = scene("hello", 12, network);
    setPosterior(now, 3, 2, 1);
    setPosterior(now, 4, 0, 0);
    for (const sum of rowSums(now.posteriors)) assertAlmostEquals(sum, 1, 1e-12);
  }
});

Deno.test("setPosterior() leaves the others in their ratios", () => {
  const now = scene("ab", 1, "random"), [, a, b] = now.posteriors.data;
  setPosterior(now, 0, 0, 0.5);
  assertEquals(now.posteriors.data[0], 0.5);
  assertAlmostEquals(now.posteriors.data[1] / now.posteriors.data[2], a / b, 1e-12);
});

Deno.test("sumsOf() counts the paths of an enumeration, and its occupancies sum to 1", () => {
  const now = scene("aab", 6, "random"), sums = sumsOf(now);
  assertEquals(sums.paths, [...statePaths(ctcTopology(now.target), 6)].length);
  for (const sum of rowSums(sums.occupancy)) assertAlmostEquals(sum, 1, 1e-9);
  assertEquals(sums.best.map((s) => sums.states[s]).join("").length, 6);
});

Deno.test("the best path and every sampled one mean the word", () => {
  const now = scene("hello", 14, "random"), sums = sumsOf(now);
  const paths = [sums.best, ...samplePaths(now, sums, 50)];
  assertEquals(paths.length, 51);
  for (const path of paths) {
    const labels = path.map((s) => now.labels.indexOf(sums.states[s]));
    assertEquals(collapse(labels), [...now.target]);
  }
});

Deno.test("descend() lowers the loss, and a word that does not fit stays as it is", () => {
  const now = scene("ctc", 9, "untrained"), before = sumsOf(now);
  descend(now, before.gradient);
  assertLess(sumsOf(now).loss, before.loss);
  const short = scene("aa", 2), sums = sumsOf(short);
  assertEquals([sums.loss, sums.paths, sums.needs, sums.best], [Infinity, 0, 3, []]);
  assertEquals(samplePaths(short, sums, 3), []);
});

Deno.test("a doubled letter survives merging first, and not dropping first", () => {
  assertEquals(mergeThenDrop("llεlo"), { between: "lεlo", text: "llo" });
  assertEquals(dropThenMerge("llεlo"), { between: "lllo", text: "lo" });
});
