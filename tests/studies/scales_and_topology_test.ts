import { assert, assertEquals } from "@std/assert";
import { runName, storeOf, Training } from "lib/experiments/mod.ts";
import { readSweep } from "lib/experiments/read_sweep.ts";
import {
  claims,
  exactFloor,
  type Floor,
  gatherNoisy,
  LONG_SEEDS,
  longExperiment,
  longFigures,
  longNames,
  type Results,
  sweeps,
} from "lib/studies/scales_and_topology/mod.ts";
import {
  gatherTable,
  noisyWords,
  setupOf,
  table11,
  tableExperiment,
} from "lib/studies/synthetic_tables/mod.ts";
import noisyRuns from "../../results/noisy-words.json" with { type: "json" };
import table11Runs from "../../results/table-11.json" with { type: "json" };
import table12Runs from "../../results/table-12.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("noisy-words trains the network of Table 11 on its corpus, all JSON, all buildable", () => {
  const { model } = setupOf("table-11", table11["a0.5-b0.5-g0"]);
  const all = sweeps["noisy-words"].entries([0, 1, 2, 3]).map(({ experiment }) => experiment);
  assertEquals(new Set(all.map(runName)).size, 4 + LONG_SEEDS * longNames.length);
  assertEquals(JSON.parse(JSON.stringify(all)), all);
  for (const experiment of all) {
    assertEquals([experiment.corpus, experiment.model], [noisyWords, model]);
    new Training(experiment);
  }
});

Deno.test("the transitions of noisy-words are all that differs from the row (0.5, 0, 0.5)", () => {
  const [{ experiment }] = sweeps["noisy-words"].entries([3]);
  const { name: _, criterion, ...rest } = experiment;
  const { name: __, criterion: theirs, ...others } = tableExperiment("table-11", "a0.5-b0-g0.5", 3);
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
    tableExperiment("table-11", "a1-b0-g0", 1),
  ].map((experiment) => new Training(experiment).step());
  assertEquals(long, short);
});

Deno.test("every long criterion has a name of its own in results/", () => {
  assertEquals(longNames.map((name) => longExperiment(name, 0).name), [
    "noisy-words-true-labels-seed0",
    "noisy-words-0.5-0.3-0.2-seed0",
    "noisy-words-1-0-0-seed0",
  ]);
});

Deno.test("gatherNoisy() keeps criteria apart, leaves the first step out, and reads percent", () => {
  const alignment = { frameCe: 1, blankPosterior: 0.25, tse: 2, unaligned: 0 };
  const row = (iter: number, per: number) => {
    return { every: 100, iter, nll: 1, per, seqAcc: 0, infeasible: 0, alignment };
  };
  const runs = sweeps["noisy-words"].entries([0, 1]).map(({ key, experiment }) => {
    const end = key.criterion === "true labels" ? 0.125 : 0.5;
    return { key, run: { experiment, rows: [row(1, 1), row(100, end + key.seed / 4)] } };
  });
  const found = gatherNoisy(runs);
  assertEquals(found.corpusTransitions, {
    per: [50, 75],
    frameCe: [1, 1],
    blank: [25, 25],
    tse: [2, 2],
  });
  assertEquals(found.long["true labels"][0].map(({ iter }) => iter), [100]);
  assertEquals(longFigures(found, "true labels", "per", 100), [12.5, 37.5]);
  assertEquals(longFigures(found, "true labels", "per", 300), [NaN, NaN]);
});

Deno.test("exactFloor() is below what any training could report by luck, and rises where the share of blank is wrong", () => {
  const { per, frameCe, blank, tse, atTheirShare } = exactFloor(40);
  assert(per > 0 && per < 20 && frameCe > 0 && frameCe < 0.5 && tse < 0.5);
  assert(Math.abs(blank - 21) < 5);
  for (const least of Object.values(atTheirShare)) assert(least > frameCe);
  assert(atTheirShare["ctc-20"] > atTheirShare["ctc-100"]);
});

/** What `exactFloor()` finds on 1000 sequences, which takes ten seconds. */
const floor: Floor = {
  per: 5.7,
  frameCe: 0.246,
  blank: 21.2,
  tse: 0.127,
  atTheirShare: { "hmm-20": 0.363, "ctc-20": 0.429, "hmm-100": 0.454, "ctc-100": 0.313 },
};

Deno.test("scales and topology: the stored runs give the stated verdicts, and every row can fail", async () => {
  const store = storeOf({
    "table-11": table11Runs,
    "table-12": table12Runs,
    "noisy-words": noisyRuns,
  });
  const rows = {
    scales: await readSweep(store, "table-11", sweeps["table-11"]),
    topologies: await readSweep(store, "table-12", sweeps["table-12"]),
  };
  const found: Results = {
    scales: gatherTable("table-11", rows.scales),
    topologies: gatherTable("table-12", rows.topologies),
    ...gatherNoisy(await readSweep(store, "noisy-words", sweeps["noisy-words"])),
    floor,
  };
  assertEveryRowCanFail(claims, found);
});
