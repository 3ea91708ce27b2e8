import { assertEquals, assertThrows } from "@std/assert";
import { bundleText, decodeWeights, encodeWeights, parseBundle } from "lib/experiments/bundle.ts";
import { parseRun, runName } from "lib/experiments/mod.ts";
import { matrix, type Params } from "lib/numeric/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { wholeRun } from "../support/stored_runs.ts";

const runs = [3, 1, 2].map((seed) => wholeRun(smallExperiment({ seed }), { nll: Infinity }));

Deno.test("bundleText() is the same text in whatever order the runs come, and gives them back", () => {
  const text = bundleText(runs);
  assertEquals(bundleText(runs.toReversed()), text);
  const read = parseBundle(text);
  assertEquals([...read.keys()], runs.map(({ experiment }) => runName(experiment)).sort());
  for (const run of runs) {
    assertEquals(parseRun(read.get(runName(run.experiment)), run.experiment), run);
  }
});

Deno.test("parseBundle() refuses what is no bundle", () => {
  for (const text of ["null", "[]", "{}", '{"format":2,"runs":[]}', '{"format":1,"runs":[{}]}']) {
    assertThrows(() => parseBundle(text), SyntaxError);
  }
});

Deno.test("encodeWeights() keeps the weights of each run apart, in the order of their names", () => {
  const weights = new Map<string, Params>([
    ["b", { "0.W": matrix(1, 2, [1, 2]), "joint/W": matrix(1, 1, [5]) }],
    ["a", { "0.W": matrix(1, 1, [3]), "1.b": matrix(1, 1, [4]) }],
  ]);
  const read = decodeWeights(encodeWeights(weights));
  assertEquals([...read.keys()], ["a", "b"]);
  assertEquals(read.get("b"), weights.get("b"));
  assertEquals(read.get("a"), weights.get("a"));
});
