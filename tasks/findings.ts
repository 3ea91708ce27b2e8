import type { Claim, Verdict } from "lib/claims/mod.ts";
import type { LedgerEntry } from "lib/jupyter/ledger.ts";

/** A finding of the README, and the verdicts that it rests on. */
export interface Finding {
  /** The sentence in bold that it opens with. */
  readonly says: string;
  /** At least one. */
  readonly restsOn: readonly Support[];
}

/** A claim of an executed notebook, or one row of it, and its verdict. */
export interface Support {
  /** The number of the notebook: "04". */
  readonly notebook: string;
  /** What the claim's title begins with. */
  readonly claim: string;
  /** What the row begins with; defaults to the claim as a whole. */
  readonly row?: string;
  readonly verdict: Verdict;
}

/** The README's findings, in its order. */
export const findings: readonly Finding[] = [{
  says:
    "A BLSTM with CTC solves the write-up's corpus in about half the iterations that an LSTM needs",
  restsOn: [
    { notebook: "04", claim: "BLSTM learns the corpus 1.87 times", verdict: "reproduced" },
    { notebook: "11", claim: "Does stacking BLSTM layers help", verdict: "no" },
  ],
}, {
  says: "Blank does not take four fifths of the frames",
  restsOn: [
    {
      notebook: "09",
      claim: "A trained CTC model answers blank on 80 to 95 %",
      verdict: "not reproduced",
    },
    {
      notebook: "29",
      claim: "A trained CTC model answers blank on 80 to 95 %",
      verdict: "not reproduced",
    },
    {
      notebook: "09",
      claim: "Does the blank rate announce",
      row: "steps from the end of the plateau",
      verdict: "yes",
    },
    {
      notebook: "09",
      claim: "Does the blank rate announce",
      row: "correlation of the two steps, five BLSTM",
      verdict: "no",
    },
    {
      notebook: "09",
      claim: "Does the blank rate announce",
      row: "correlation of the two steps, five LSTM",
      verdict: "no",
    },
  ],
}, {
  says: "At a high frame rate training needs a prior",
  restsOn: [
    { notebook: "13", claim: "At a high frame rate the prior is needed", verdict: "reproduced" },
    {
      notebook: "13",
      claim: "Of the priors, only the average posterior",
      verdict: "not reproduced",
    },
    {
      notebook: "30",
      claim: "Does CTC with its best setting at alignment time place words better",
      verdict: "yes",
    },
  ],
}, {
  says: "CTC knows no language",
  restsOn: [
    { notebook: "23", claim: "Where a frame hears one word, CTC stays", verdict: "reproduced" },
    { notebook: "23", claim: "A transducer and attention learn", verdict: "reproduced" },
  ],
}, {
  says: "An aligner that only heard a synthesiser places the words of people",
  restsOn: [
    { notebook: "33", claim: "Can a model that only heard a synthesiser", verdict: "yes" },
  ],
}];

/**
 * What is wrong with the README's findings: those that are not the listed ones, in their order, and
 * verdicts that are no longer those that they rest on.
 */
export function unsupported(
  readme: string,
  entries: readonly LedgerEntry[],
  listed: readonly Finding[] = findings,
): string[] {
  const said = [...readme.matchAll(/^\d+\. \*\*([\s\S]+?)\*\*/gm)]
    .map(([, text]) => text.replaceAll(/\s+/g, " "));
  const faults: string[] = [];
  for (let n = 0; n < Math.max(said.length, listed.length); n++) {
    if (said[n] === listed[n]?.says) continue;
    faults.push(
      `finding ${n + 1} is ${quoted(said[n])}, in tasks/findings.ts ${quoted(listed[n]?.says)}`,
    );
  }
  for (const { says, restsOn } of listed) {
    if (restsOn.length === 0) faults.push(`"${says}" rests on no claim`);
    for (const support of restsOn) {
      const verdict = verdictOf(support, entries);
      if (verdict === support.verdict) continue;
      const { notebook, claim, row = "the claim" } = support;
      faults.push(
        `"${says}" rests on ${support.verdict} of ${notebook}, "${claim}…", ${row}: ` +
          `it is ${verdict ?? "not there"}`,
      );
    }
  }
  return faults;
}

/** The verdict of the one claim or row that is meant; undefined unless there is exactly one. */
function verdictOf(support: Support, entries: readonly LedgerEntry[]): Verdict | undefined {
  const found = supportOf(support, entries);
  return (found?.row ?? found?.entry.claim)?.verdict;
}

/** The one claim, and row of it, that a finding rests on; undefined unless there is exactly one. */
export function supportOf<E extends LedgerEntry>(
  { notebook, claim, row }: Support,
  entries: readonly E[],
): { readonly entry: E; readonly row?: Claim["rows"][number] } | undefined {
  const claims = entries.filter((entry) =>
    entry.file.startsWith(notebook) && entry.claim.title.startsWith(claim)
  );
  if (claims.length !== 1) return undefined;
  const [entry] = claims;
  if (row === undefined) return { entry };
  const rows = entry.claim.rows.filter(({ what }) => what.startsWith(row));
  return rows.length === 1 ? { entry, row: rows[0] } : undefined;
}

function quoted(text: string | undefined): string {
  return text === undefined ? "missing" : `"${text}"`;
}
