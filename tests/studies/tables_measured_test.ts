import { assert, assertEquals, assertThrows } from "@std/assert";
import { exactPosterior, wordCorpus } from "lib/corpora/mod.ts";
import { greedyDecode } from "lib/decoding/mod.ts";
import { type Run, runName, storeOf, Training } from "lib/experiments/mod.ts";
import { readSweep } from "lib/experiments/read_sweep.ts";
import { labelErrorRate } from "lib/metrics/mod.ts";
import { RandomState, sequenceAt } from "lib/numeric/mod.ts";
import { streams } from "lib/training/mod.ts";
import { noisyWords, setupOf, tableExperiment } from "lib/studies/synthetic_tables/mod.ts";
import {
  at,
  chosenBy,
  claims,
  definitionTable,
  experiment,
  further,
  gather,
  leastErrors,
  nameOf,
  perFrameFigures,
  READ_AT,
  rowNames,
  rows,
  STEPS,
  stepsOf,
  sweep,
  waysToAlign,
} from "lib/studies/tables_measured/mod.ts";
import noisyRuns from "../../results/noisy-words.json" with { type: "json" };
import runs from "../../results/tables-measured.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("tables-measured: every row at ten seeds, all JSON, all buildable", () => {
  assertEquals(sweep.seeds, 10);
  const all = sweep.entries([0, 1]);
  assertEquals(all.length, 2 * 14);
  assertEquals(new Set(all.map(({ experiment }) => runName(experiment))).size, all.length);
  for (const { experiment } of all) {
    assertEquals(JSON.parse(JSON.stringify(experiment)), experiment);
    new Training(experiment);
  }
});

Deno.test("only noise, steps, precision and measures differ from Table 11", () => {
  const due = tableExperiment("table-11", "a0.5-b0.3-g0.2", 3);
  const { corpus, iters, precision, evaluations: _, name: __, ...same } = experiment(
    "a0.5-b0.3-g0.2",
    3,
  );
  const { corpus: usual, iters: steps, evaluations: ___, name: ____, ...others } = due;
  assertEquals(same, others);
  assertEquals<unknown>(corpus, { ...usual as object, noiseOf: "sequence" });
  assertEquals([iters, steps, precision], [STEPS, 300, "single"]);
});

Deno.test("every row is aligned by the posterior alone, and by what else could be meant", () => {
  const ways = (row: keyof typeof rows) => waysToAlign(setupOf("table-11", rows[row]).criterion);
  assertEquals(ways("a0.5-b0.3-g0.2"), [{}, {
    posteriorScale: 0.5,
    priorScale: 0.3,
    transitionScale: 0.2,
  }]);
  assertEquals(ways("a1-b0-g0"), [{}]);
  assertEquals(ways("ctc-20"), [{}, { topology: "hmm" }]);
});

Deno.test("rows are called by their scales or their topology and size", () => {
  assertEquals([nameOf("a0.5-b0-g0.5"), nameOf("ctc-20")], ["(0.5, 0, 0.5)", "CTC, 20 cells"]);
});

Deno.test("the number of steps was chosen by Table 1 and CTC with 20 cells; all other rows test it", () => {
  assertEquals(chosenBy.map(nameOf), [
    "(0.5, 0.2, 0)",
    "(0.5, 0.3, 0.2)",
    "(0.5, 0, 0.5)",
    "(0.5, 0, 0)",
    "(1, 0, 0)",
    "CTC, 20 cells",
  ]);
  assertEquals(further.length, 8);
  assertEquals(new Set([...chosenBy, ...further]), new Set(rowNames));
});

/** What a run of one evaluation after the first step holds. */
function runOf(experiment: Run["experiment"], per: number): Run {
  const alignment = { frameCe: 1, blankPosterior: 0.25, tse: 2, unaligned: 0 };
  const way = { ownCe: 0.5, tse: 2, tseCenter: 1, labelTse: 3, silenceRatio: 0.5, unaligned: 0 };
  const alignments = [way, { ...way, tse: 4, silenceRatio: 0.75 }].slice(
    0,
    experiment.evaluations[0].alignments!.length,
  );
  const row = { every: 50, nll: 1, seqAcc: 0, infeasible: 0, alignment, alignments };
  return { experiment, rows: [{ ...row, iter: 1, per: 1 }, { ...row, iter: 200, per }] };
}

const small = gather(
  sweep.entries([0, 1]).map(({ key, experiment }) => ({
    key,
    run: runOf(experiment, (key.row === "ctc-20" ? 0.5 : 0.125) + key.seed / 4),
  })),
);

Deno.test("gather() keeps rows apart and seeds in order, leaves the first step out, and reads percent", () => {
  assertEquals(Object.keys(small), rowNames);
  assertEquals(at(small["a1-b0-g0"], "per", 200), [12.5, 37.5]);
  assertEquals(at(small["ctc-20"], "per", 200), [50, 75]);
  const figures = small["a0.5-b0-g0"][0][200];
  assertEquals([figures.ownCe, figures.labelTse, figures.tseCenter], [0.5, 3, 1]);
  assertEquals([figures.silence, figures.scaledSilence, figures.scaledTse], [50, 75, 4]);
  assertEquals(small["a1-b0-g0"][0][200].scaledTse, NaN);
  assertEquals(stepsOf(small["ctc-20"]), [200]);
  assertThrows(() => at(small["ctc-20"], "per", 70), RangeError, "must be one of 200: it is 70");
});

Deno.test("definitionTable() marks what is apart, and says where there is no second way to align", () => {
  const lines = definitionTable({ courses: small }, chosenBy, ["ownCe", "scaledTse"]).slice(8, 10);
  assertEquals(lines.map(({ row }) => row), ["(1, 0, 0)", ""]);
  const [theirs, ours] = lines.map((line) => Object.values(line).slice(1).map(String));
  assertEquals(theirs, ["paper", "3.57\u00a0±\u00a00.63", "1.3\u00a0±\u00a00.3"]);
  assertEquals(ours, ["ours", "0.50\u00a0±\u00a00.00\u00a0*", "–"]);
});

Deno.test("leastErrors() are those of a recogniser that beats the greedy one, and depend on chance little", () => {
  const { per, deviation } = leastErrors(60);
  const { kind: _, ...options } = noisyWords;
  const corpus = wordCorpus(options);
  const { x, targets } = corpus.batch(new RandomState(streams.evaluation), 60);
  const greedy = targets.map((_, b) => greedyDecode(exactPosterior(corpus, sequenceAt(x, b))));
  assert(per > 2 && per < 9, `${per}`);
  assert(per < 100 * labelErrorRate(greedy, targets) + 1.5);
  assert(deviation > per && deviation < 40, `${deviation}`);
});

/** What `leastErrors()` finds on 300 sequences, which takes some seconds. */
const least = { per: 5.4, deviation: 17 };

Deno.test("tables measured: the stored runs give the stated verdicts, and every row can fail", async () => {
  const store = storeOf({ "tables-measured": runs, "noisy-words": noisyRuns });
  const found = gather(await readSweep(store, "tables-measured", sweep));
  assertEquals(at(found["ctc-20"], "per", READ_AT).length, 10);
  assertEveryRowCanFail(claims, { least, perFrame: await perFrameFigures(store), courses: found });
});
