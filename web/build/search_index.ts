import MiniSearch from "minisearch";
import type { Book, Chapter } from "./book.ts";
import { searchOptions, type Section } from "./search_options.ts";
import { sectionsOf } from "./markdown.ts";

/** The index of every section of every chapter, as JSON that `web/client/search.ts` reads. */
export function searchIndex({ chapters, claims }: Book): string {
  const index = new MiniSearch<Section>(searchOptions);
  for (const chapter of chapters) index.addAll(sections(chapter));
  index.addAll(claims.map(({ chapter, id, claim }) => ({
    id: `${chapter.page}#${id}`,
    chapter: nameOf(chapter),
    heading: claim.title,
    text: [claim.kind, claim.verdict, claim.source, ...claim.rows.map(({ what }) => what)].join(
      " ",
    ),
    start: `${claim.kind}: ${claim.verdict}. Source: ${claim.source}`,
  })));
  return JSON.stringify(index);
}

function sections(chapter: Chapter): Section[] {
  const prose = chapter.notebook.cells.filter((cell) => cell.cell_type === "markdown")
    .map((cell) => cell.source).join("\n\n");
  return sectionsOf(prose).map(({ id, heading, text }) => ({
    id: `${chapter.page}#${id}`,
    chapter: nameOf(chapter),
    heading,
    text,
    start: text.length > 180 ? text.slice(0, 180).replace(/\S*$/, "…") : text,
  }));
}

function nameOf({ number, title }: Chapter): string {
  return `${number} · ${title}`;
}
