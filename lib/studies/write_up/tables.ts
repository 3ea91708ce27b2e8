import { equal, judge, type Row } from "../../claims/mod.ts";
import type { TableRow } from "../../experiments/mod.ts";
import { mean } from "../../numeric/mod.ts";
import { finalRow, solvedRow, speedupRow } from "./claims.ts";
import { published } from "./published.ts";
import { type Results, speedup } from "./results.ts";
import { COARSE, ITERS, kinds } from "./sweep.ts";

const NONE = "–";

/**
 * Iterations to PER <= 0.05 and final PER, ours beside the write-up's. Trainings at other seeds or of
 * other lengths than the write-up's have no verdict.
 */
export function headlineTable(results: Results): TableRow[] {
  const { seeds, iters } = results;
  const comparable = seeds.join() === "0,1,2,3,4" && iters === ITERS;
  const verdict = (...rows: Row[]) => comparable ? verdictOf(rows) : NONE;
  const at = (values: readonly number[]) => seeds.map((seed) => values[seed] ?? NaN);
  const name = `seeds ${seeds.join(", ")}`;
  const rows = kinds.map((kind): TableRow => ({
    [name]: kind.toUpperCase(),
    "write-up, every 100": listWithMean(at(published.iterationsToSolve[kind])),
    "ours, every 100": listWithMean(results[kind].coarse),
    "ours, every 10": listWithMean(results[kind].fine),
    "final PER, write-up": perList(at(published.finalPer[kind])),
    "final PER, ours": perList(results[kind].finalPer),
    verdict: verdict(solvedRow(results, kind), finalRow(results, kind)),
  }));
  return [...rows, {
    [name]: "LSTM / BLSTM",
    "write-up, every 100": comparable ? times(published.speedup) : NONE,
    "ours, every 100": times(speedup(results, "coarse")),
    "ours, every 10": times(speedup(results, "fine")),
    "final PER, write-up": NONE,
    "final PER, ours": NONE,
    verdict: verdict(speedupRow(results)),
  }];
}

/** PER by iteration at seed 0, ours beside the write-up's. */
export function perTable(results: Pick<Results, typeof kinds[number]>): TableRow[] {
  return published.perByIteration.blstm.map((_, n) => {
    const iteration = String(COARSE * (n + 1));
    const pairs = kinds.map((kind) => ({
      name: kind.toUpperCase(),
      theirs: published.perByIteration[kind][n],
      ours: results[kind].pers[n] ?? NaN,
    }));
    const cells = pairs.flatMap(({ name, theirs, ours }) => [
      [`${name}, write-up`, perText(theirs)],
      [`${name}, ours`, perText(ours)],
    ]);
    const row = equal(
      `PER at iteration ${iteration}`,
      pairs.map(({ theirs }) => theirs),
      pairs.map(({ ours }) => ours),
      { format: perText },
    );
    const reached = pairs.every(({ ours }) => !Number.isNaN(ours));
    return {
      iteration,
      ...Object.fromEntries(cells),
      verdict: reached ? verdictOf([row]) : NONE,
    };
  });
}

/** A table's verdict is a claim's. */
function verdictOf(rows: readonly Row[]): string {
  const [title, source] = ["a line of a table", "the write-up"];
  return judge({ kind: "reproduction", title, source, states: "reproduced", rows }).verdict;
}

function times(factor: number): string {
  return Number.isFinite(factor) ? `${factor.toFixed(2)}×` : NONE;
}

function perText(per: number): string {
  return Number.isNaN(per) ? NONE : per.toFixed(3);
}

function listWithMean(values: readonly number[]): string {
  const list = values.map((value) => Number.isFinite(value) ? value : NONE).join(", ");
  const average = mean(values);
  return Number.isFinite(average) ? `${list} (mean ${+average.toFixed(1)})` : list;
}

function perList(values: readonly number[]): string {
  const texts = values.map(perText);
  return new Set(texts).size === 1 && texts.length > 1
    ? `${texts[0]} × ${texts.length}`
    : texts.join(", ");
}
