import type { Claim, ClaimKind, Verdict } from "../claims/mod.ts";
import { markdownTable, type TableRow } from "../experiments/table.ts";
import { CLAIM_MIME } from "./claim_mime.ts";

/** A claim, and the notebook that carries it. */
export interface LedgerEntry {
  /** The notebook's file in `notebooks/`. */
  readonly file: string;
  readonly claim: Claim;
}

/** The claims among the outputs of an executed notebook, in their order. */
export function claimsOf(notebook: ExecutedNotebook): Claim[] {
  return notebook.cells.flatMap((cell) => cell.outputs ?? [])
    .map((output) => output.data?.[CLAIM_MIME] as Claim | undefined)
    .filter((claim) => claim !== undefined);
}

/** What {@linkcode claimsOf} reads of a notebook. */
export interface ExecutedNotebook {
  readonly cells: readonly {
    readonly outputs?: readonly { readonly data?: Readonly<Record<string, unknown>> }[];
  }[];
}

/** The verdicts of each kind of claim, from the best on. */
export const verdictsOf: Readonly<Record<ClaimKind, readonly Verdict[]>> = {
  reproduction: ["reproduced", "same direction", "undecided", "not reproduced"],
  question: ["yes", "partly", "mixed", "undecided", "no"],
  check: ["holds", "fails"],
};

/** What a claim of each kind is. */
export const kindNames: Readonly<Record<ClaimKind, string>> = {
  reproduction: "what a source states",
  question: "what a source asks",
  check: "what the project holds itself to",
};

/** How many claims of each kind came to each verdict: one row a kind, as Markdown. */
export function tally(entries: readonly LedgerEntry[]): string {
  const rows = (Object.keys(verdictsOf) as ClaimKind[]).map((kind): TableRow => {
    const own = entries.filter(({ claim }) => claim.kind === kind);
    const counts = verdictsOf[kind].map((verdict) => {
      const n = own.filter(({ claim }) => claim.verdict === verdict).length;
      return n === 0 ? undefined : `${n} ${verdict}`;
    }).filter((text) => text !== undefined);
    return {
      "": kindNames[kind],
      claims: String(own.length),
      verdicts: counts.join(" · ") || "–",
    };
  });
  return markdownTable(rows);
}

/** CLAIMS.md: the tally, every claim, and every figure that is held against its source. */
export function ledger(entries: readonly LedgerEntry[]): string {
  const link = (file: string) => `[${file.slice(0, 2)}](notebooks/${file})`;
  const claims = entries.map(({ file, claim: { title, kind, source, verdict } }): TableRow => ({
    notebook: link(file),
    claim: title,
    kind,
    source,
    verdict,
  }));
  const sections = entries.map(({ file, claim: { title, source, verdict, rows } }) =>
    [
      `### ${link(file)} ${title}: ${verdict}`,
      `Source: ${source}.`,
      markdownTable(rows.map(({ what, expected, measured, rule, verdict }): TableRow => ({
        "": what,
        expected,
        measured,
        rule,
        verdict,
      }))),
    ].join("\n\n")
  );
  return [
    "# Claims",
    "Every claim of the book, by its verdict. Generated from the executed notebooks by " +
    "`deno task readme`; a claim cell throws where its verdict is not the one stated.",
    tally(entries),
    "A **reproduction** is a statement of a source. It is _reproduced_ if every row holds by its " +
    "rule, _same direction_ if some row shows the direction but not the size, _undecided_ if an " +
    "interval is too wide to say, and _not reproduced_ if some row fails. A **question** is one " +
    "that a source asks; it is answered by its rows: _yes_, _no_, _partly_, or _mixed_ where they " +
    "differ. A **check** is what the project holds itself to.",
    "## All claims",
    markdownTable(claims),
    "## Row by row",
    ...sections,
  ].join("\n\n") + "\n";
}
