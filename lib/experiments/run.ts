import { createHash } from "node:crypto";
import type { EvaluationRow, Experiment } from "../training/mod.ts";

/** A finished training: what was asked, and every evaluation. */
export interface Run {
  readonly experiment: Experiment;
  readonly rows: readonly EvaluationRow[];
}

/**
 * The name of a run: the experiment's own name, and eight digits of the SHA-256 of its value, so
 * that no two different experiments share one.
 */
export function runName(experiment: Experiment): string {
  const hash = createHash("sha256").update(canonicalJson(experiment)).digest("hex");
  return `${experiment.name}-${hash.slice(0, 8)}`;
}

/** A run as it stands in its file; equal runs give equal text, and `JSON.parse` gives them back. */
export function runText(run: Run): string {
  const rows = run.rows.map((row) => `    ${rowText(row)}`).join(",\n");
  return `{\n  "experiment": ${canonicalJson(run.experiment)},\n  "rows": [\n${rows}\n  ]\n}\n`;
}

/** JSON has no Infinity, the loss where no target fits, but what is read as one: 1e999. */
function rowText(row: EvaluationRow): string {
  return JSON.stringify(row, (_, v) => v === Infinity ? "Infinity" : v)
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

/** JSON with the keys of every object in order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, v) =>
      v !== null && typeof v === "object" && !Array.isArray(v)
        ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => a < b ? -1 : 1))
        : v,
  );
}

/** Where two runs of one experiment first differ, in words; undefined if they agree bit for bit. */
export function firstDifference(ours: Run, theirs: Run): string | undefined {
  const length = Math.max(ours.rows.length, theirs.rows.length);
  for (let n = 0; n < length; n++) {
    const [a, b] = [ours.rows[n], theirs.rows[n]].map((row) => row && rowText(row));
    if (a !== b) return `row ${n} is ${a ?? "missing"}, not ${b ?? "missing"}`;
  }
  return undefined;
}
