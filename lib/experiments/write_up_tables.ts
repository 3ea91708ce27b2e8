import type { EvaluationRow, ModelOptions } from "../training/mod.ts";
import { iterationsToSolve, rowsEvery, type Run } from "./run.ts";
import type { TableRow, Verdict } from "./table.ts";
import { writeUpFigures } from "./write_up.ts";

type Kind = ModelOptions["kind"];

const kinds: readonly Kind[] = ["blstm", "lstm"];
const COARSE = 100;
const FINE = 10;

/** What the write-up's headline table says, from our runs. */
export interface Headline {
  readonly seeds: readonly number[];
  /** Per model, one entry per seed: first iteration with PER <= 0.05; undefined if never. */
  readonly coarse: Readonly<Record<Kind, readonly (number | undefined)[]>>;
  /** The same on the grid of 10. */
  readonly fine: Readonly<Record<Kind, readonly (number | undefined)[]>>;
  /** PER after the last iteration. */
  readonly finalPer: Readonly<Record<Kind, readonly number[]>>;
  /** Mean iterations of LSTM over mean iterations of BLSTM; undefined if a run never got there. */
  readonly speedup: { readonly coarse?: number; readonly fine?: number };
}

/**
 * Reads the headline off runs of the write-up's experiments, evaluated every 100 and every 10.
 *
 * @throws {RangeError} If not every seed has a run of both models.
 */
export function headline(runs: readonly Run[]): Headline {
  if (runs.length === 0) throw new RangeError("Cannot make the table as there is no run");
  const seeds = [...new Set(runs.map((run) => run.experiment.seed))].sort((a, b) => a - b);
  const each = <T>(read: (run: Run) => T): Record<Kind, T[]> => ({
    blstm: seeds.map((seed) => read(runOf(runs, "blstm", seed))),
    lstm: seeds.map((seed) => read(runOf(runs, "lstm", seed))),
  });
  const coarse = each((run) => iterationsToSolve(run, COARSE));
  const fine = each((run) => iterationsToSolve(run, FINE));
  const finalPer = each((run) => lastRow(run).per);
  return {
    seeds,
    coarse,
    fine,
    finalPer,
    speedup: {
      coarse: ratio(mean(coarse.lstm), mean(coarse.blstm)),
      fine: ratio(mean(fine.lstm), mean(fine.blstm)),
    },
  };
}

/** Iterations to PER <= 0.05 and final PER, ours beside the write-up's. */
export function headlineTable(runs: readonly Run[]): TableRow[] {
  const { seeds, coarse, fine, finalPer, speedup } = headline(runs);
  const published = <T>(values: readonly T[]) => seeds.map((seed) => values[seed]);
  const name = `seeds ${seeds.join(", ")}`;
  const rows = kinds.map((kind): TableRow => {
    const theirs = published<number | undefined>(writeUpFigures.iterationsToSolve[kind]);
    const theirPer = published<number | undefined>(writeUpFigures.finalPer[kind]);
    const same = theirs.join() === coarse[kind].join() &&
      perList(theirPer) === perList(finalPer[kind]);
    return {
      [name]: kind.toUpperCase(),
      "write-up, every 100": listWithMean(theirs),
      "ours, every 100": listWithMean(coarse[kind]),
      "ours, every 10": listWithMean(fine[kind]),
      "final PER, write-up": perList(theirPer),
      "final PER, ours": perList(finalPer[kind]),
      verdict: verdict(same, solvedSooner(kind, coarse)),
    };
  });
  const theirs = seeds.join() === "0,1,2,3,4" ? writeUpFigures.speedup : undefined;
  return [...rows, {
    [name]: "LSTM / BLSTM",
    "write-up, every 100": times(theirs),
    "ours, every 100": times(speedup.coarse),
    "ours, every 10": times(speedup.fine),
    "final PER, write-up": "–",
    "final PER, ours": "–",
    verdict: theirs === undefined
      ? "–"
      : verdict(times(theirs) === times(speedup.coarse), (speedup.coarse ?? 0) > 1),
  }];
}

/** PER by iteration at seed 0, ours beside the write-up's. */
export function perTable(runs: readonly Run[]): TableRow[] {
  return writeUpFigures.perByIteration.blstm.map((_, n) => {
    const iter = COARSE * (n + 1);
    const pairs = kinds.map((kind) => {
      const row = rowsEvery(runOf(runs, kind, 0), COARSE).find((row) => row.iter === iter);
      return {
        name: kind.toUpperCase(),
        theirs: writeUpFigures.perByIteration[kind][n].toFixed(3),
        ours: row?.per.toFixed(3) ?? "–",
      };
    });
    const cells = pairs.flatMap(({ name, theirs, ours }) => [
      [`${name}, write-up`, theirs],
      [`${name}, ours`, ours],
    ]);
    const reached = pairs.every(({ ours }) => ours !== "–");
    const same = pairs.every(({ theirs, ours }) => theirs === ours);
    return {
      iteration: String(iter),
      ...Object.fromEntries(cells),
      verdict: reached ? verdict(same, false) : "–",
    };
  });
}

function runOf(runs: readonly Run[], kind: Kind, seed: number): Run {
  const run = runs.find(({ experiment: e }) => e.model.kind === kind && e.seed === seed);
  if (run === undefined) {
    throw new RangeError(`Cannot make the table as there is no run of ${kind} at seed ${seed}`);
  }
  return run;
}

function lastRow(run: Run): EvaluationRow {
  const row = rowsEvery(run, COARSE).at(-1);
  if (row !== undefined) return row;
  throw new RangeError(
    `Cannot make the table as the run ${run.experiment.name} has no row every ${COARSE} steps`,
  );
}

/** The claim's direction for one model's row: BLSTM gets there no later than LSTM. */
function solvedSooner(kind: Kind, iterations: Headline["coarse"]): boolean {
  const mine = mean(iterations[kind]) ?? Infinity;
  const other = mean(iterations[kind === "blstm" ? "lstm" : "blstm"]) ?? Infinity;
  return kind === "blstm" ? mine < other : mine > other;
}

function verdict(same: boolean, direction: boolean): Verdict {
  return same ? "reproduced" : direction ? "same direction" : "not reproduced";
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return values.length === 0 ? undefined : sum / values.length;
}

function ratio(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a / b;
}

function times(factor: number | undefined): string {
  return factor === undefined ? "–" : `${factor.toFixed(2)}×`;
}

function listWithMean(values: readonly (number | undefined)[]): string {
  const list = values.map((value) => value ?? "–").join(", ");
  const average = mean(values);
  return average === undefined ? list : `${list} (mean ${+average.toFixed(1)})`;
}

function perList(values: readonly (number | undefined)[]): string {
  const texts = values.map((value) => value?.toFixed(3) ?? "–");
  return new Set(texts).size === 1 && texts.length > 1
    ? `${texts[0]} × ${texts.length}`
    : texts.join(", ");
}
