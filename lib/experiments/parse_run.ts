import {
  type EvaluationGrid,
  type EvaluationRow,
  type Experiment,
  measureNames,
} from "../training/mod.ts";
import { brief, differenceOf, isRecord } from "../form/json.ts";
import { isExperiment, normalForm } from "./normal_form.ts";
import { rowFault } from "./row_form.ts";
import { version as libraryVersion } from "../version.ts";
import { type MadeBy, type Run, runFormat, type RunVersion } from "./run.ts";

/**
 * Reads a run, its text or what JSON makes of it, and holds it against the experiment that was asked
 * for: one that means the same, see {@link normalForm}, and every row that is due, in its place and
 * in its form. The run that it gives is that of the experiment as it was asked for.
 *
 * @throws {SyntaxError} Saying in a few words what is wrong.
 *
 * @example
 * ```ts
 * import { parseRun, runText, train, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const experiment = writeUpExperiment("lstm", 0, { iters: 1, hidden: 2 });
 * const run = { experiment, rows: await Array.fromAsync(train(experiment)) };
 * assertEquals(parseRun(runText(run), experiment), run);
 * ```
 */
export function parseRun(textOrValue: unknown, experiment: Experiment): Run {
  const run = typeof textOrValue === "string" ? parseJson(textOrValue) : textOrValue;
  if (!isRecord(run)) {
    refuse(`it must be a record of experiment and rows: it is ${brief(run)}`);
  }
  const { version, experiment: stored, rows, madeBy, ...rest } = run;
  if (version !== undefined) requireVersion(version);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) refuse(`nobody knows ${JSON.stringify(unknown)}`);
  const difference = differenceInMeaning(stored, experiment);
  if (difference !== undefined) refuse(`it is of another experiment: ${difference}`);
  if (!Array.isArray(rows)) refuse(`rows must be a list: it is ${brief(rows)}`);
  if (madeBy !== undefined) requireMadeBy(madeBy);
  const revived = rows.map(withNaN) as EvaluationRow[];
  requireRows(revived, experiment);
  return {
    ...(version !== undefined && { version }),
    experiment,
    ...(madeBy !== undefined && { madeBy }),
    rows: revived,
  };
}

/** Where what was found first means something else than the experiment that is due, in words. */
export function differenceInMeaning(found: unknown, due: Experiment): string | undefined {
  if (!isExperiment(found) || !isExperiment(due)) return differenceOf(found, due, "experiment");
  return differenceOf(normalForm(found), normalForm(due), "experiment");
}

/** Checks that the rows are those that a training of the experiment ends with. */
function requireRows(rows: readonly EvaluationRow[], experiment: Experiment): void {
  const { iters, evaluations, stopAtPer = -1 } = experiment;
  let n = 0, solved = 0;
  for (let iter = 1; iter <= iters && solved < 2; iter++) {
    for (const grid of evaluations) {
      if (iter !== 1 && iter % grid.every !== 0 && iter !== iters) continue;
      requireRow(rows[n], n, iter, grid);
      if (grid === evaluations[0]) solved = rows[n].per <= stopAtPer ? solved + 1 : 0;
      n++;
    }
  }
  if (rows.length > n) refuse(`it must end with row ${n - 1}: there are ${rows.length} rows`);
}

function requireRow(row: EvaluationRow | undefined, n: number, iter: number, grid: EvaluationGrid) {
  if (row === undefined) {
    refuse(`row ${n}, of step ${iter} on the grid of ${grid.every}, is missing`);
  }
  const fault = rowFault(row);
  if (fault !== undefined) refuse(`row ${n}: ${fault}`);
  if (row.iter !== iter || row.every !== grid.every) {
    refuse(
      `row ${n} must be of step ${iter} on the grid of ${grid.every}: ` +
        `it is of step ${row.iter} on that of ${row.every}`,
    );
  }
  for (const name of measureNames) {
    if (Boolean(grid[name]) !== Object.hasOwn(row, name)) {
      refuse(`row ${n} must have "${name}" if its grid asks for it, and only then`);
    }
  }
}

/** A file of a newer format may hold anything else, so that nothing but its version is looked at. */
function requireVersion(value: unknown): asserts value is RunVersion {
  const { format, library, ...rest } = Object(value);
  if (!Number.isSafeInteger(format) || format < 1 || typeof library !== "string") {
    refuse(`version must be a format >= 1 and a library: it is ${brief(value)}`);
  }
  if (format > runFormat) {
    refuse(
      `it is of format ${format}, written by version ${library} of the library: ` +
        `version ${libraryVersion} reads formats up to ${runFormat}`,
    );
  }
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) refuse(`nobody knows ${JSON.stringify(unknown)} of version`);
}

function requireMadeBy(value: unknown): asserts value is MadeBy {
  const { kernels, versions, ...rest } = Object(value);
  const known = (kernels === "plain" || kernels === "simd") && isRecord(versions) &&
    Object.values(versions).every((version) => typeof version === "string");
  if (!known || Object.keys(rest).length > 0) {
    refuse(`madeBy must be kernels and versions: it is ${brief(value)}`);
  }
}

/** NaN stands as text in a JSON file. */
function withNaN(value: unknown): unknown {
  if (value === "NaN") return NaN;
  if (Array.isArray(value)) return value.map(withNaN);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, withNaN(v)]));
}

/** @throws {SyntaxError} In one line, whatever of the text the parser quotes. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    refuse(`it is not JSON: ${(error as Error).message.replace(/[\s\p{C}]+/gu, " ")}`);
  }
}

function refuse(reason: string): never {
  throw new SyntaxError(reason);
}
