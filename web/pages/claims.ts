import { escapeHtml } from "lib/jupyter/format.ts";
import { kindNames, verdictsOf } from "lib/jupyter/ledger.ts";
import type { ChapterClaim } from "../build/book.ts";
import { verdictLabel } from "../build/claim_card.ts";
import type { Page } from "../build/page.ts";
import { workOf } from "../build/sources.ts";
import { tallyBars } from "../build/tally.ts";

/** The ledger of claims, to sort and to filter. */
export const page: Page = {
  path: "claims.html",
  title: "Claims",
  description: "Every claim of the book, by source and verdict, each leading to its cell.",
  scripts: ["claims"],
  render: ({ claims }) =>
    `<div class="ledger"><h1>Claims</h1>${tallyBars(claims)}${filters(claims)}
<div class="scroll" tabindex="0" role="group" aria-label="All claims"><table id="claims">
<thead><tr>${["chapter", "claim", "kind", "source", "verdict"].map(heading).join("")}</tr></thead>
<tbody>
${claims.map(claimRow).join("\n")}
</tbody></table></div>
<p>A <strong>reproduction</strong> is a statement of a source, a <strong>question</strong> is one that
a source asks, a <strong>check</strong> is what the project holds itself to. The rows of each claim,
with their rules, stand where the claim is judged.</p></div>`,
};

const heading = (name: string) => `<th scope="col" data-column="${name}">${name}</th>`;

/** One claim as a row of the ledger; what it is sorted and filtered by stands in its attributes. */
export function claimRow({ chapter, id, claim }: ChapterClaim): string {
  const { title, kind, source, verdict } = claim;
  const data = { kind, verdict, work: workOf(source) };
  const attributes = Object.entries(data).map(([key, value]) =>
    ` data-${key}="${escapeHtml(value)}"`
  );
  return `<tr${attributes.join("")}><td><a href="${chapter.page}">${chapter.number}</a></td>` +
    `<th scope="row"><a href="${chapter.page}#${id}">${escapeHtml(title)}</a></th>` +
    `<td>${kind}</td><td>${escapeHtml(source)}</td><td>${verdictLabel(kind, verdict)}</td></tr>`;
}

function filters(claims: readonly ChapterClaim[]): string {
  const works = [...new Set(claims.map(({ claim }) => workOf(claim.source)))].sort();
  const verdicts = [...new Set(Object.values(verdictsOf).flat())];
  return `<form id="filters" class="filters" hidden>` +
    choice("work", "Source", works) + choice("kind", "Kind", Object.keys(kindNames)) +
    choice("verdict", "Verdict", verdicts) +
    `<label>Words <input type="search" name="words" autocomplete="off"></label>` +
    `<output id="count"></output></form>`;
}

function choice(name: string, title: string, values: readonly string[]): string {
  const options = values.map((value) => `<option>${escapeHtml(value)}</option>`).join("");
  return `<label>${title} <select name="${name}"><option value="">all</option>${options}</select></label>`;
}
