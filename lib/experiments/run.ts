import { createHash } from "node:crypto";
import { canonicalJson } from "../form/json.ts";
import { kernelsInUse, type Twin } from "../numeric/kernels/mod.ts";
import type { EvaluationRow, Experiment } from "../training/mod.ts";
import { version } from "../version.ts";
import { rowFault } from "./row_form.ts";

/** The newest format of a run's file that this library knows; it writes no other. */
export const runFormat = 1;

/** A finished training: what was asked, and every evaluation. */
export interface Run {
  /** In which format, and by which library, it was written; defaults to format 0, before there was one. */
  readonly version?: RunVersion;
  /** What was asked, as it was asked. */
  readonly experiment: Experiment;
  /** What made it, where that shows in the last bits; defaults to the SIMD kernels. */
  readonly madeBy?: MadeBy;
  /** Every evaluation, in the order of steps and then of grids. */
  readonly rows: readonly EvaluationRow[];
}

/** What wrote a run; no part of its name, nor of what makes two runs equal. */
export interface RunVersion {
  /** Of the file, see {@link runFormat}. */
  readonly format: number;
  /** The version of the library. */
  readonly library: string;
}

/** The kernels that made a run, and the versions of what they rely on. */
export interface MadeBy {
  /** Plain TypeScript or WebAssembly SIMD. */
  readonly kernels: Twin;
  /** By name: of Deno, V8 and TypeScript. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * The run of rows that this process has made. The SIMD kernels give the same bits under every version
 * and on every machine, so that nothing is to be said of them; the plain ones take `exp` and `tanh`
 * from the engine.
 */
export function finishedRun(experiment: Experiment, rows: readonly EvaluationRow[]): Run {
  const run = { version: { format: runFormat, library: version }, experiment, rows };
  const kernels = kernelsInUse();
  return kernels === "simd" ? run : { ...run, madeBy: { kernels, versions: { ...Deno.version } } };
}

/**
 * The name of a run: the experiment's own name, and eight digits of the SHA-256 of its value, so
 * that no two different experiments share one.
 */
export function runName(experiment: Experiment): string {
  const hash = createHash("sha256").update(canonicalJson(experiment)).digest("hex");
  return `${experiment.name}-${hash.slice(0, 8)}`;
}

/**
 * A run as it stands in its file; equal runs give equal text, and {@link parseRun} gives them back.
 *
 * @throws {RangeError} If a row has a loss, rate or count that none can be, such as NaN.
 */
export function runText(run: Run): string {
  const { version, experiment, madeBy, rows } = run;
  rows.forEach((row, n) => {
    const fault = rowFault(row);
    if (fault === undefined) return;
    throw new RangeError(`Cannot write the run ${runName(experiment)}: row ${n}: ${fault}`);
  });
  const entries = [
    ...(version ? [`"version": ${canonicalJson(version)}`] : []),
    `"experiment": ${canonicalJson(experiment)}`,
    ...(madeBy ? [`"madeBy": ${canonicalJson(madeBy)}`] : []),
    `"rows": [\n${rows.map((row) => `    ${rowText(row)}`).join(",\n")}\n  ]`,
  ];
  return `{\n  ${entries.join(",\n  ")}\n}\n`;
}

/** JSON has no Infinity but what is read as one, 1e999, and no NaN, which stands as text. */
function rowText(row: EvaluationRow): string {
  return JSON.stringify(row, (_, v) => v === Infinity || Number.isNaN(v) ? String(v) : v)
    .replaceAll('"Infinity"', "1e999");
}

/** The rows on the grid of the given step. */
export function rowsEvery(run: Run, every: number): EvaluationRow[] {
  return run.rows.filter((row) => row.every === every);
}

/** The first iteration on a grid at which PER <= limit; undefined if there is none. */
export function iterationsToSolve(run: Run, every: number, limit = 0.05): number | undefined {
  return rowsEvery(run, every).find((row) => row.per <= limit)?.iter;
}

/**
 * Where two runs of one experiment first differ, in words; undefined if they agree.
 *
 * @param tolerance How far two numbers a and b may be apart, times max(1, |b|); defaults to 0, which
 * asks for the same bits.
 */
export function firstDifference(ours: Run, theirs: Run, tolerance = 0): string | undefined {
  const length = Math.max(ours.rows.length, theirs.rows.length);
  for (let n = 0; n < length; n++) {
    const [a, b] = [ours.rows[n], theirs.rows[n]];
    if (agree(a, b, tolerance)) continue;
    const [mine, other] = [a, b].map((row) => row ? rowText(row) : "missing");
    return `row ${n} is ${mine}, not ${other}`;
  }
  return undefined;
}

/** |a - b| <= tolerance max(1, |b|) for all numbers of two values, whatever else is in them equal. */
function agree(a: unknown, b: unknown, tolerance: number): boolean {
  if (typeof a === "number" && typeof b === "number") {
    return Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
  }
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return a === b;
  const [left, right] = [a, b].map((value) => Object.entries(value));
  return left.length === right.length &&
    left.every(([name, value], n) => name === right[n][0] && agree(value, right[n][1], tolerance));
}
