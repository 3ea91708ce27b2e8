import { assert, assertEquals } from "@std/assert";
import {
  exactFloor,
  longCriteria,
  type LongCriterion,
  longExperiment,
  paperExperiment,
  paperTables,
  runName,
  sweeps,
  Training,
} from "lib/experiments/mod.ts";

const { rows } = paperTables["table-11"];

Deno.test("noisy-words trains the network of Table 11 on its corpus, all JSON, all buildable", () => {
  const all = sweeps["noisy-words"].experiments([0, 1, 2, 3]);
  assertEquals(new Set(all.map(runName)).size, 4 + 3 * Object.keys(longCriteria).length);
  assertEquals(JSON.parse(JSON.stringify(all)), all);
  for (const experiment of all) {
    assertEquals([experiment.corpus, experiment.model], [
      rows[0].setup.corpus,
      rows[0].setup.model,
    ]);
    new Training(experiment);
  }
});

Deno.test("the transitions of noisy-words are all that differs from the row (0.5, 0, 0.5)", () => {
  const [{ name: _, criterion, ...rest }] = sweeps["noisy-words"].experiments([3]);
  const row = rows.find(({ name }) => name === "a0.5-b0-g0.5")!;
  const { name: __, criterion: theirs, ...others } = paperExperiment("table-11", row, 3);
  assertEquals(rest, others);
  const silence = { loop: 0.42, forward: 0.58 };
  const { transitions: mine, ...scales } = criterion as { transitions?: { silence: unknown } };
  const { transitions: tables, ...same } = theirs as { transitions?: { silence: unknown } };
  assertEquals(mine, { ...tables, silence });
  assertEquals(scales, same);
});

Deno.test("the long trainings start as the rows of Table 11 do", () => {
  const [long, short] = [
    longExperiment("(1, 0, 0)", 1),
    paperExperiment("table-11", rows.at(-1)!, 1),
  ].map((experiment) => new Training(experiment).step());
  assertEquals(long, short);
});

Deno.test("exactFloor() is below what any training of noisy-words could report by luck", () => {
  const { ler, frameCe, blankPosterior, tse, logProbs } = exactFloor(40);
  assert(ler > 0 && ler < 20 && frameCe > 0 && frameCe < 0.5 && tse < 0.5);
  assert(Math.abs(blankPosterior - 0.21) < 0.05);
  const { data, cols } = logProbs.frames;
  for (let t = 0; t < logProbs.frames.rows; t++) {
    let sum = 0;
    for (let k = 0; k < cols; k++) sum += Math.exp(data[t * cols + k]);
    assert(Math.abs(sum - 1) < 1e-12);
  }
});

Deno.test("every long criterion has a name of its own in results/", () => {
  const names = (Object.keys(longCriteria) as LongCriterion[]).map((name) =>
    longExperiment(name, 0).name
  );
  assertEquals(names, [
    "noisy-words-true-labels-seed0",
    "noisy-words-0.5-0.3-0.2-seed0",
    "noisy-words-1-0-0-seed0",
  ]);
});
