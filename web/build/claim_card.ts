import type { Claim, ClaimKind, Verdict } from "lib/claims/mod.ts";
import { escapeHtml } from "lib/jupyter/format.ts";

/** How a verdict is coloured: whether a statement or a check stood, in part, or did not. */
export type Tone = "for" | "partly" | "against" | "open" | "answer";

/** The tone of a verdict: the answer to a question is neither good nor bad. */
export function toneOf(kind: ClaimKind, verdict: Verdict): Tone {
  if (verdict === "undecided") return "open";
  if (kind === "question") return "answer";
  if (verdict === "reproduced" || verdict === "holds") return "for";
  return verdict === "same direction" ? "partly" : "against";
}

/** A verdict as a small label. */
export function verdictLabel(kind: ClaimKind, verdict: Verdict): string {
  return `<span class="verdict ${toneOf(kind, verdict)}">${escapeHtml(verdict)}</span>`;
}

/** A claim with its rows, as it stands on the page of its notebook. */
export function claimCard(claim: Claim, id: string): string {
  const { kind, title, source, verdict } = claim;
  return `<section class="claim" id="${id}" aria-labelledby="${id}-title">` +
    `<p class="kind">${escapeHtml(kind)} ${verdictLabel(kind, verdict)}</p>` +
    `<p class="title" id="${id}-title">${escapeHtml(title)}</p>` +
    `<p class="source">Source: ${escapeHtml(source)}</p>` +
    claimRows(claim) +
    `</section>`;
}

/** The rows of a claim as a table: expected against measured, by which rule, and what it comes to. */
export function claimRows({ kind, rows, title }: Claim): string {
  const lines = rows.map(({ what, expected, measured, rule, verdict }) =>
    `<tr><th scope="row">${escapeHtml(what)}</th>` +
    [expected, measured, rule].map((text) => `<td>${escapeHtml(text)}</td>`).join("") +
    `<td>${verdictLabel(kind, verdict)}</td></tr>`
  );
  const heads = ["what", "expected", "measured", "rule", "verdict"];
  return `<div class="scroll" tabindex="0" role="group" aria-label="Rows: ${escapeHtml(title)}">` +
    `<table class="rows"><thead><tr>${
      heads.map((head) => `<th scope="col">${head}</th>`).join("")
    }</tr></thead><tbody>${lines.join("")}</tbody></table></div>`;
}
