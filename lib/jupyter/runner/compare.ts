import type { Claim } from "../../claims/mod.ts";
import { CLAIM_MIME } from "../claim_mime.ts";
import {
  type Cell,
  formatNotebook,
  type Notebook,
  type Output,
  parseNotebook,
} from "./notebook.ts";

/**
 * Compares a notebook as committed with a fresh run of it. Runs are deterministic, so that any
 * difference counts; those of the claim are named row by row, with both values.
 *
 * @param committed The notebook as it is in the file.
 * @param fresh The same notebook, executed now.
 * @returns One line per difference, each starting with the cell it is about; none if all agrees.
 */
export function compareNotebooks(committed: Notebook, fresh: Notebook): string[] {
  [committed, fresh] = [reread(committed), reread(fresh)];
  const differences: string[] = [];
  if (!fresh.cells.some((cell) => findClaim(cell.outputs))) {
    differences.push("no cell shows a claim: end the notebook with `await claim({ … })`");
  }
  fresh.cells.forEach((cell, i) => {
    if (cell.cell_type !== "code") return;
    const old = committed.cells[i];
    const where = `cell ${i + 1}`;
    if (cell.execution_count !== null && old?.execution_count == null) {
      differences.push(`${where}: it has never been executed`);
      return;
    }
    const claims = compareClaims(findClaim(old?.outputs), findClaim(cell.outputs));
    differences.push(...claims.map((difference) => `${where}: ${difference}`));
    if (claims.length > 0) return;
    const stale = compareOutputs(old, cell);
    if (stale) differences.push(`${where}: stale outputs: ${stale}`);
  });
  return differences;
}

/** A notebook as it would be read from its file: JSON values in one order of keys. */
function reread(notebook: Notebook): Notebook {
  return parseNotebook(formatNotebook(notebook), "notebook");
}

/** The claim that one of the outputs carries, if any does. */
export function findClaim(outputs: readonly Output[] | undefined): Claim | undefined {
  for (const output of outputs ?? []) {
    if ("data" in output && CLAIM_MIME in output.data) return output.data[CLAIM_MIME] as Claim;
  }
}

function compareClaims(committed: Claim | undefined, fresh: Claim | undefined): string[] {
  if (!committed || !fresh) {
    return committed === fresh ? [] : [`${committed ? "fresh" : "committed"} output has no claim`];
  }
  const differences: string[] = [];
  const compare = (what: string, old: unknown, now: unknown) => {
    if (old === now) return;
    differences.push(`${what}: committed ${JSON.stringify(old)}, now ${JSON.stringify(now)}`);
  };
  compare("claim, kind", committed.kind, fresh.kind);
  compare("claim, title", committed.title, fresh.title);
  compare("claim, source", committed.source, fresh.source);
  compare("claim, stated verdict", committed.states, fresh.states);
  compare("claim, verdict", committed.verdict, fresh.verdict);
  compare("claim, number of rows", committed.rows.length, fresh.rows.length);
  fresh.rows.forEach((row, i) => {
    for (const key of ["what", "expected", "measured", "rule", "verdict"] as const) {
      compare(`claim, row "${row.what}", ${key}`, committed.rows[i]?.[key], row[key]);
    }
  });
  return differences;
}

/** Says what differs first between a cell's outputs, or `null`. */
function compareOutputs(committed: Cell, fresh: Cell): string | null {
  const [old, now] = [committed.outputs ?? [], fresh.outputs ?? []];
  for (let i = 0; i < Math.max(old.length, now.length); i++) {
    const [a, b] = [old[i], now[i]].map((output) => output && flatten(output));
    if (!a || !b) return `${old.length} committed, ${now.length} now`;
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (a[key] !== b[key]) {
        return `output ${i + 1}, ${key}: committed ${excerpt(a[key], b[key])}, ` +
          `now ${excerpt(b[key], a[key])}`;
      }
    }
  }
  return null;
}

/** An output as texts by field, each mime type a field of its own. */
function flatten(output: Output): Record<string, string> {
  const { output_type, ...rest } = output;
  const { data, ...fields } = { data: {}, ...rest };
  return Object.fromEntries(
    Object.entries({ output_type, ...fields, ...data }).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** The part of a text around the first place where it differs from another. */
function excerpt(text: string | undefined, other: string | undefined): string {
  if (text === undefined) return "nothing";
  let at = 0;
  while (at < text.length && text[at] === other?.[at]) at++;
  const from = Math.max(0, at - 10);
  return JSON.stringify((from > 0 ? "…" : "") + text.slice(from, at + 30));
}
