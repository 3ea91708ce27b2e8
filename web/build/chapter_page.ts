import type { Book, Chapter } from "./book.ts";
import { codeCell } from "./cell.ts";
import { explained } from "./explained.ts";
import { escapeHtml } from "lib/jupyter/format.ts";
import { type Files, joined } from "./files.ts";
import { renderPage } from "./layout.ts";
import { type Heading, type PageContext, pageContext, renderMarkdown } from "./markdown.ts";

/** The scripts of every chapter: names of files in `web/client`. */
const scripts: readonly string[] = ["terms", "live"];

/** The page of a notebook, with its figures and sounds as files. */
export function chapterPage(book: Book, chapter: Chapter): Files {
  const context = pageContext(book.terms);
  const { html, files } = cells(chapter, context);
  const content = `<div class="chapter">${outline(context.headings)}` +
    `<article class="prose">${html}</article></div>${neighbours(book, chapter)}` +
    explained(context);
  const page = renderPage({
    path: chapter.page,
    title: `${chapter.number} · ${chapter.title}`,
    description: firstSentence(chapter.found),
    scripts,
    content,
  });
  return joined({ [chapter.page]: page }, files);
}

function cells(
  { notebook, number }: Chapter,
  context: PageContext,
): { html: string; files: Files } {
  const counts = { figures: 0, claims: 0, sounds: 0 };
  const parts = notebook.cells.map((cell, n) => {
    if (cell.cell_type !== "code") return { html: renderMarkdown(cell.source, context), files: {} };
    const about = context.headings.at(-1)?.text ?? "";
    return codeCell(cell, { n, around: { number, counts, about } });
  });
  return {
    html: parts.map((part) => part.html).join("\n"),
    files: joined(...parts.map((part) => part.files)),
  };
}

/** The sections of the page, beside it or folded above it. */
function outline(headings: readonly Heading[]): string {
  const items = headings.filter(({ level }) => level === 2)
    .map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`);
  return `<nav class="outline" aria-label="On this page"><details><summary>On this page` +
    `</summary><ol>${items.join("")}</ol></details></nav>`;
}

function neighbours({ chapters }: Book, chapter: Chapter): string {
  const at = chapters.indexOf(chapter);
  const link = (rel: string, word: string, other?: Chapter) =>
    other === undefined ? "<span></span>" : `<a rel="${rel}" href="${other.page}"><span>${word}` +
      `</span> ${other.number} · ${escapeHtml(other.title)}</a>`;
  return `<nav class="neighbours" aria-label="Chapters before and after">` +
    link("prev", "Previous", chapters[at - 1]) + link("next", "Next", chapters[at + 1]) + `</nav>`;
}

/** The first sentence of a text in Markdown, as plain text. */
export function firstSentence(markdown: string): string {
  const [sentence] = /^[\s\S]*?[.?!](?=\s|$)/.exec(markdown) ?? [markdown];
  return sentence.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll(/[*_`$\\]/g, "")
    .replaceAll(/\s+/g, " ");
}
