import { escapeHtml } from "lib/jupyter/format.ts";
import type { Book } from "./book.ts";

/** The ways into the book: its first page, and the first chapter of each part. */
export function beginnings({ parts }: Book): string {
  const [{ chapters: [start] }, ...others] = parts;
  const items = others.map(({ title, chapters: [chapter] }) =>
    `<li>${escapeHtml(title)}: <a href="${chapter.page}">${chapter.number} · ` +
    `${escapeHtml(chapter.title)}</a></li>`
  );
  return `<p><a class="start" href="${start.page}">${start.number} · ${
    escapeHtml(start.title)
  }</a></p>` +
    `<p>Or go straight to a part; the <a href="contents.html">contents</a> list every chapter.</p>` +
    `<ul>${items.join("")}</ul>` +
    `<p>Three pages compute as you draw, train and speak: <a href="lattice.html">the lattice</a>, ` +
    `<a href="training.html">training</a>, <a href="voice.html">your voice</a>. Every chapter runs ` +
    `in the browser, too.</p>`;
}
