import { findings, supportOf } from "../../tasks/findings.ts";
import { verdictLabel } from "./claim_card.ts";
import type { Book } from "./book.ts";
import { escapeHtml } from "lib/jupyter/format.ts";
import { type PageContext, renderMarkdown } from "./markdown.ts";

/** The findings of the README, in its words, each with the verdicts that it rests on. */
export function findingsList({ readme, claims }: Book, context: PageContext): string {
  const items = [...readme.matchAll(/^\d+\. (\*\*[\s\S]+?)(?=^\d+\. |\n\n)/gm)].map(([, text]) =>
    text
  );
  const entries = claims.map((claim) => ({ ...claim, file: claim.chapter.file }));
  return `<ol class="findings">${
    items.map((text, n) => {
      const links = (findings[n]?.restsOn ?? []).flatMap((support) => {
        const found = supportOf(support, entries);
        if (found === undefined) return [];
        const { chapter, id, claim } = found.entry;
        const what = [chapter.number, claim.title, ...(found.row ? [found.row.what] : [])].join(
          " · ",
        );
        return [
          `<li>${verdictLabel(claim.kind, support.verdict)} <a href="${chapter.page}#${id}">${
            escapeHtml(what)
          }</a></li>`,
        ];
      });
      return `<li>${renderMarkdown(text, context)}<ul>${links.join("")}</ul></li>`;
    }).join("")
  }</ol>`;
}
