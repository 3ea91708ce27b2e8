import type { ClaimKind, Verdict } from "lib/claims/mod.ts";
import { kindNames, verdictsOf } from "lib/jupyter/ledger.ts";
import { escapeHtml } from "lib/jupyter/format.ts";
import type { ChapterClaim } from "./book.ts";
import { toneOf } from "./claim_card.ts";

/** The tally of all claims: for each kind a bar with a part for each verdict, which leads to those claims. */
export function tallyBars(claims: readonly ChapterClaim[]): string {
  const rows = (Object.keys(kindNames) as ClaimKind[]).map((kind) => {
    const own = claims.filter(({ claim }) => claim.kind === kind);
    const parts = verdictsOf[kind].map((verdict) => ({
      verdict,
      count: own.filter(({ claim }) => claim.verdict === verdict).length,
    })).filter(({ count }) => count > 0);
    const counted = `${own.length} ${own.length === 1 ? kind : `${kind}s`}`;
    return `<li><p><strong>${counted}</strong>: ${kindNames[kind]}</p><ul class="parts">${
      parts.map((part) => barPart(kind, part)).join("")
    }</ul></li>`;
  });
  return `<ul class="tally">${rows.join("")}</ul>` +
    `<p class="hint"><em>Same direction</em>: the effect is there, and not of the size that is stated. ` +
    `<em>Undecided</em>: the interval is too wide to tell.</p>`;
}

/** What became of the statements of sources, as a sentence. */
export function tallySentence(claims: readonly ChapterClaim[]): string {
  const verdicts = claims.filter(({ claim }) => claim.kind === "reproduction")
    .map(({ claim }) => claim.verdict);
  const count = (verdict: Verdict) => verdicts.filter((other) => other === verdict).length;
  return `Of ${verdicts.length} statements of the literature, ${
    count("reproduced")
  } are reproduced ` +
    `and ${count("same direction")} hold in direction; ${count("not reproduced")} are not ` +
    `reproduced, ${count("undecided")} are undecided.`;
}

function barPart(
  kind: ClaimKind,
  { verdict, count }: { verdict: Verdict; count: number },
): string {
  const query = `kind=${kind}&amp;verdict=${verdict.replaceAll(" ", "+")}`;
  return `<li class="${toneOf(kind, verdict)}" style="flex-grow: ${count}">` +
    `<a href="claims.html?${query}"><b>${count}</b> ${escapeHtml(verdict)}</a></li>`;
}
