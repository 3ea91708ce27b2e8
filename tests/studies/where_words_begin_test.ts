import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { judge } from "lib/claims/mod.ts";
import { speak } from "lib/corpora/flite/mod.ts";
import { type EvaluationRow, type Run, runName, storeOf } from "lib/experiments/mod.ts";
import { alignments } from "lib/studies/speech_setup/mod.ts";
import {
  besidePaper,
  bestCells,
  byFrame,
  byPrior,
  type Cell,
  cellAt,
  claims,
  experiment,
  gather,
  type Heard,
  hmmRows,
  ITERS,
  type Key,
  leastOf,
  oursByRow,
  type PublishedRow,
  type Results,
  results,
  roundingErrors,
  setting,
  shown,
  sweep,
  table2,
  table7,
  table8,
  table9,
} from "lib/studies/where_words_begin/mod.ts";
import type { Timing } from "lib/training/mod.ts";
import runs from "../../results/speech.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";
import { linesOf } from "../support/printed_tables.ts";

Deno.test("where words begin: nine trainings a seed, each under a name of its own", () => {
  const all = sweep.entries([0, 1]);
  assertEquals(new Set(all.map(({ experiment }) => runName(experiment))).size, 2 * 9);
  for (const { key, experiment: { criterion } } of all) {
    assertEquals(criterion.kind, key.row === "CTC" ? "ctc" : "full-sum");
  }
  const { criterion } = experiment({
    row: "(0.5, 0.3, 0.1)",
    frameLength: 4,
    prior: "sequence",
    seed: 0,
  });
  assertEquals(criterion, {
    kind: "full-sum",
    topology: "hmm",
    posteriorScale: 0.5,
    prior: { kind: "sequence", priorScale: 0.3 },
    transitionScale: 0.1,
    transitions: {
      speech: { loop: 0.5, forward: 0.5 },
      silence: { loop: 0.96, forward: 0.04 },
    },
  });
});

for (const [number, table] of [[2, table2], [9, table9]] as const) {
  Deno.test(`Table ${number} is, figure by figure, what our copy of the paper prints`, () => {
    const printed = linesOf(number).map(([model, alpha, beta, gamma, ...figures]) => [
      model === "HMM" ? [alpha, beta, gamma].map(Number).join(", ") : model,
      ...figures.filter((text) => text !== "-").map(Number),
    ]);
    const ours = Object.entries(table).map(([row, { tse, silence, duration, wer }]) => [
      (number === 9 ? row.replace("0.3, 0", "0.1, 0") : row).replace(/[()]/g, ""),
      ...[tse, silence, duration, ...wer],
    ]);
    assertEquals(ours, printed);
  });
}

Deno.test("Tables 7 and 8 are, figure by figure, what our copy of the paper prints", () => {
  const epochs = Object.entries(table7).map(([epochs, wer]) => [Number(epochs), ...wer]);
  assertEquals(epochs, linesOf(7).map(([, ...figures]) => figures.map(Number)));
  const names = { fixed: "Fixed", batch: "Batch", sequence: "Seq." };
  assertEquals(
    Object.entries(table8).map(([prior, wer]) => [names[prior as keyof typeof names], wer]),
    linesOf(8).map(([, prior, wer]) => [prior, Number(wer)]),
  );
});

Deno.test("Tables 7 and 8 name their test sets by rows that agree with Tables 9 and 2", () => {
  assertEquals([...table9["(0.7, 0, 0.3)"].wer], [...table7[25]]);
  assertEquals(table2["(0.5, 0.3, 0)"].wer[0], table8.sequence);
});

/** A way to align whose errors all hang on one number. */
function timing(tse: number): Timing {
  const errors = {
    ...{ tse, tseCenter: tse / 2, onset: tse, offset: tse, onsetBias: 3, offsetBias: -2 },
    ...{ within10: 0.1, within20: 0.2, within50: 0.5, count: 8 },
  };
  return { words: errors, labels: errors, silenceRatio: 0.2, labelDuration: 85, unaligned: 0 };
}

/** A run of the sweep: known voices are as `tse` says, the unseen one is twice as far off. */
function run(key: Key, tse: number): Run {
  const row = (iter: number, factor: number): EvaluationRow => ({
    ...{ every: ITERS, iter, nll: 1, per: 0.1 * factor, seqAcc: 0, infeasible: 0 },
    blanks: {
      ...{ blankRate: 0.3, blankPosterior: 0.3, spikesPerLabel: 1, spikeWidth: 1, entropy: 1 },
      ...{ silence: 0.125, blankInSilence: 1, blankInPhones: 0 },
    },
    timing: alignments.map((_, at) => timing(factor * (tse + at))),
  });
  return {
    experiment: experiment(key),
    rows: [row(1, 5), row(1, 6), row(ITERS, 1), row(ITERS, 2)],
  };
}

Deno.test("gather() keeps audiences, rows, frame lengths and settings apart, and seeds in order", () => {
  const { known, unseen } = gather(
    sweep.entries([0, 1]).map(({ key }) => ({
      key,
      run: run(
        key,
        100 * key.frameLength + 10 * hmmRows.indexOf(key.row as typeof hmmRows[number]) +
          1000 * key.seed + (key.prior === "batch" ? 5 : 0),
      ),
    })),
  );
  assertEquals(known.ctc[1].timed.tse, [90, 1090]);
  assertEquals(unseen.ctc[4].timed.tse, [780, 2780]);
  assertEquals(known.ctc[4].blank, [30, 30]);
  assertEquals([known.ctc[4].per, unseen.ctc[4].per], [[10, 10], [20, 20]]);
  assertEquals(known.hmm["(0.7, 0, 0)"].timed.tse, [411, 1411]);
  assertEquals(known.hmm["(0.5, 0.3, 0)"].timed.tse, [421, 1421]);
  assertEquals(known.batch.timed.tse, [426, 1426]);
  const { cells } = known.ctc[4];
  assertEquals(cells.length, 18);
  const { blankShift, priorScale, tse, tseCenter } = cells[17];
  assertEquals([blankShift, priorScale, tse, tseCenter], [-4, 1, [407, 1407], [203.5, 703.5]]);
});

Deno.test("gather() reads the true share of silence, and the true phone off starts and ends", () => {
  const { known } = gather(sweep.entries([0]).map(({ key }) => ({ key, run: run(key, 20) })));
  assertEquals(known.truth, { silence: 12.5, duration: 85 - (-2 - 3) });
});

function cell(blankShift: number, priorScale: number, tse: readonly number[]): Cell {
  return { blankShift, priorScale, tse, tseCenter: tse, silence: tse, duration: tse };
}

Deno.test("bestCells() takes the least median of each kind, and cellAt() finds it elsewhere", () => {
  const cells = [
    cell(0, 0, [30, 30, 30]),
    cell(-1, 0, [20, 20, 400]),
    cell(-2, 0, [21, 21, 21]),
    cell(0, 1, [25, 25, 25]),
    cell(-1, 1, [19, 19, 19]),
  ];
  const best = bestCells(cells);
  assertEquals(Object.values(best).map(setting), [
    "neither",
    "shift −1",
    "prior scale 1",
    "shift −1, prior scale 1",
  ]);
  assertEquals(cellAt(cells.toReversed(), best.both), cells[4]);
  assertThrows(() => leastOf([]), RangeError, "no cells");
  assertThrows(() => cellAt(cells, cell(-3, 1, [])), RangeError, "shift -3, prior scale 1");
});

Deno.test("roundingErrors() is the mean distance of boundaries from the nearest edge", () => {
  const words = [{ label: "oh", start: 0.044, end: 0.06, phones: [0, 1] as const }];
  const found = roundingErrors([{ words }]);
  assertAlmostEquals(found[1], 2, 1e-9);
  assertAlmostEquals(found[2], 2, 1e-9);
  assertAlmostEquals(found[3], 7, 1e-9);
  assertAlmostEquals(found[4], 12, 1e-9);
});

Deno.test("the sentence that is shown has no silence between its words", () => {
  const { words, phones } = speak(shown, { voice: "slt" });
  const gaps = words.slice(1).filter(({ start }, n) => start !== words[n].end);
  assertEquals(gaps, []);
  assertEquals(phones.filter(({ label }) => label === "pau").length, 2);
});

/** Results that are a table of the paper at every seed. */
function asPublished(table: typeof table2, seeds: number): Results {
  const each = (value: number) => Array.from({ length: seeds }, () => value);
  const timed = (row: PublishedRow) => {
    const { tse, silence, duration } = table[row];
    return {
      tse: each(tse),
      tseCenter: each(tse),
      silence: each(silence),
      duration: each(duration),
    };
  };
  const trained = (row: PublishedRow, per = table[row].wer[0]) => ({
    per: each(per),
    timed: timed(row),
  });
  const ctc = (length: number) => ({
    ...trained("CTC"),
    blank: each(90 - length),
    timed: { ...timed("CTC"), tse: each(table.CTC.tse + 4 - length) },
    cells: alignments.map((options: { blankShift?: number; priorScale?: number }) => {
      const { blankShift = 0, priorScale = 0 } = options;
      const factor = (blankShift === 0 ? 1 : 0.83) * (priorScale === 0 ? 1 : 0.66);
      return { ...cell(blankShift, priorScale, each(factor * table.CTC.tse)) };
    }),
  });
  const heard: Heard = {
    ctc: { 1: ctc(1), 2: ctc(2), 3: ctc(3), 4: ctc(4) },
    hmm: {
      "(0.7, 0, 0.3)": trained("(0.7, 0, 0.3)"),
      "(0.7, 0, 0)": trained("(0.7, 0, 0)"),
      "(0.5, 0.3, 0)": trained("(0.5, 0.3, 0)", table8.sequence),
      "(0.5, 0.3, 0.1)": trained("(0.5, 0.3, 0.1)"),
    },
    batch: trained("(0.5, 0.3, 0)", table8.batch),
    truth: { silence: table.GMM.silence, duration: table.GMM.duration },
  };
  return { known: heard, unseen: heard, rounding: { 1: 2.5, 2: 5, 3: 7.5, 4: 10 } };
}

Deno.test("where words begin: Table 2's own figures reproduce what the paper says of Switchboard", () => {
  assertEquals(claims(asPublished(table2, 3)).map((spec) => judge(spec).verdict), [
    "reproduced", // mostly blank
    "yes", // the HMM is better than CTC
    "reproduced", // and recognises better
    "reproduced", // no prior is best
    "reproduced", // a prior leads to higher errors
    "mixed", // words are lost at some seed
    "reproduced", // and loses silence
    "reproduced", // that of the sequence recognises better
    "yes", // frame rate
    "reproduced", // shift or prior alone
    "reproduced", // both
    "yes", // CTC with its best setting below the best HMM
    "fails", // 15 ms
  ]);
});

Deno.test("where words begin: on LibriSpeech, by Table 9, CTC is better, and a prior helps without transitions", () => {
  const found = claims(asPublished(table9, 3));
  const verdicts = [1, 3, 4].map((n) => found[n]).map((spec) =>
    judge(spec).rows.map(({ verdict }) => verdict)
  );
  assertEquals(verdicts, [
    ["no", "no"],
    ["reproduced", "reproduced", "reproduced"],
    ["not reproduced", "reproduced", "not reproduced"],
  ]);
});

Deno.test("tables of the notebook set the paper's figures first, then ours", () => {
  const found = asPublished(table9, 3);
  const beside = besidePaper(found);
  assertEquals(beside.map((line) => line["TSE, ms"]).slice(0, 3), [
    "0.0; 0.0; 0.0",
    "89.5; 38.0; 38.0",
    "73.0; 66.3; 66.3",
  ]);
  assertEquals(beside[0]["phone, ms"], "86.5; 85.0; 85.0");
  assertEquals(oursByRow(found).map(({ row, "silence, %": silence }) => [row, silence]), [
    ["truth", "17.5"],
    ["CTC", "61.5"],
    ["(0.7, 0, 0.3)", "31.2"],
    ["(0.7, 0, 0)", "1.0"],
    ["(0.5, 0.3, 0)", "1.0"],
    ["(0.5, 0.3, 0.1)", "0.8"],
  ]);
  const [tenth, , , last] = byFrame(found);
  assertEquals([tenth["phone, frames"], last["phone, frames"]], ["4.0", "1.0"]);
  assertEquals(last["best setting"], "shift −1, prior scale 0.5");
  assertEquals(byPrior(found).map((line) => [line["WER, paper, %"], line["PER, %"]]), [
    ["12.8", "12.8"],
    ["13.3", "13.3"],
  ]);
});

Deno.test("where words begin: every stored target could be aligned", () => {
  const timings = (runs.runs as unknown as Run[])
    .flatMap(({ rows }) => rows.flatMap(({ timing = [] }) => timing));
  assert(timings.length > 0);
  assertEquals(timings.filter(({ unaligned }) => unaligned > 0).length, 0);
});

Deno.test("where words begin: the stored runs give the stated verdicts, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results(storeOf({ "speech": runs })));
});
