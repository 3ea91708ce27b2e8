import { escapeHtml } from "lib/jupyter/format.ts";
import type { Book, Chapter, Part } from "../build/book.ts";
import { verdictLabel } from "../build/claim_card.ts";
import { renderInline } from "../build/markdown.ts";
import type { Page } from "../build/page.ts";

/** Every chapter by part, with what was found there. */
export const page: Page = {
  path: "contents.html",
  title: "Contents",
  description: "Every chapter of the book, with what was found in it.",
  render: (book) =>
    `<div class="prose"><h1>Contents</h1>${
      book.parts.map((part) => partOf(book, part)).join("\n")
    }</div>`,
};

function partOf(book: Book, { title, chapters }: Part): string {
  const items = chapters.map((chapter) => entry(book, chapter)).join("\n");
  return `<section class="part"><h2>${
    escapeHtml(title)
  }</h2><ul class="chapters">${items}</ul></section>`;
}

function entry({ claims }: Book, chapter: Chapter): string {
  const labels = claims.filter((claim) => claim.chapter === chapter)
    .map(({ claim: { kind, verdict } }) => verdictLabel(kind, verdict)).join(" ");
  return `<li><h3><a href="${chapter.page}"><span class="number">${chapter.number}</span> ` +
    `${escapeHtml(chapter.title)}</a></h3><p>${renderInline(chapter.found)}</p>` +
    `<p class="verdicts">${labels}</p></li>`;
}
