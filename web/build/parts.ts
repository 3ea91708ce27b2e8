import type { Chapter, Part } from "./book.ts";

/** An item of a numbered list whose text begins with a title: "1. The write-up: [01](…) the corpus". */
const ITEM = /^\d+\. ([^:[\]]+): ((?:.+\n?)+?)(?=^\d+\. |\n|$(?![\s\S]))/gm;

/**
 * The parts of the book, as the first notebook lists them; a chapter that no part names is in a part
 * of its own kind: the first notebook opens the book, others come last.
 *
 * @param prose The Markdown of the first notebook.
 */
export function partsOf(prose: string, chapters: readonly Chapter[]): Part[] {
  const byFile = new Map(chapters.map((chapter) => [chapter.file, chapter]));
  const listed = [...prose.matchAll(ITEM)].map(([, title, text]): Part => ({
    title,
    chapters: [...text.matchAll(/\]\((\d\d_\w+\.ipynb)\)/g)]
      .map(([, file]) => byFile.get(file))
      .filter((chapter) => chapter !== undefined),
  })).filter((part) => part.chapters.length > 0);
  const named = new Set(listed.flatMap((part) => part.chapters));
  const [first, ...others] = chapters;
  const rest = others.filter((chapter) => !named.has(chapter));
  return [
    { title: "The book", chapters: [first] },
    ...listed,
    ...(rest.length > 0 ? [{ title: "More", chapters: rest }] : []),
  ];
}
