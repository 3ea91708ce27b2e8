import type { Claim } from "lib/claims/mod.ts";
import { CLAIM_MIME } from "lib/jupyter/claim_mime.ts";
import { type Notebook, parseNotebook } from "lib/jupyter/runner/notebook.ts";
import { partsOf } from "./parts.ts";
import { type Term, termsOf } from "./terms.ts";

/** What the whole site is made of. */
export interface Book {
  /** In the order of their numbers. */
  readonly chapters: readonly Chapter[];
  readonly parts: readonly Part[];
  readonly terms: readonly Term[];
  /** Every claim, in the order of the chapters. */
  readonly claims: readonly ChapterClaim[];
  /** The text of README.md, from which the cover is made. */
  readonly readme: string;
}

/** A notebook as a page. */
export interface Chapter {
  /** "04". */
  readonly number: string;
  /** The file of the notebook: "04_blstm_against_lstm.ipynb". */
  readonly file: string;
  /** The file of the page: "04_blstm_against_lstm.html". */
  readonly page: string;
  /** "BLSTM against LSTM". */
  readonly title: string;
  /** What was found, in Markdown: the paragraph of its first cell. */
  readonly found: string;
  readonly notebook: Notebook;
}

/** A claim, and where it stands on its page. */
export interface ChapterClaim {
  readonly chapter: Chapter;
  /** The id of its element: "claim-1". */
  readonly id: string;
  readonly claim: Claim;
}

/** Chapters that belong together. */
export interface Part {
  readonly title: string;
  readonly chapters: readonly Chapter[];
}

/**
 * Puts the book together.
 *
 * @param notebooks The texts of the notebooks, by file.
 */
export function bookOf(notebooks: Readonly<Record<string, string>>, readme: string): Book {
  const chapters = Object.keys(notebooks).sort().map((file) => chapterOf(file, notebooks[file]));
  const [first] = chapters;
  if (first === undefined) throw new RangeError("Cannot build the book: it has no notebooks");
  const prose = first.notebook.cells.filter((cell) => cell.cell_type === "markdown")
    .map((cell) => cell.source).join("\n\n");
  return {
    chapters,
    parts: partsOf(prose, chapters),
    terms: termsOf(prose),
    claims: chapters.flatMap((chapter) =>
      claimsIn(chapter.notebook).map((claim, n) => ({ chapter, id: `claim-${n + 1}`, claim }))
    ),
    readme,
  };
}

function chapterOf(file: string, text: string): Chapter {
  const notebook = parseNotebook(text, file);
  const opening = notebook.cells[0]?.source ?? "";
  const [, number, title] = /^# (\d\d) · (.+)$/m.exec(opening) ?? [];
  if (title === undefined) {
    throw new SyntaxError(`Cannot build a page of ${file}: it must begin with "# NN · title"`);
  }
  const [, found = ""] = /\*\*What we found\.\*\* ([\s\S]+?)(?:\n\n|$)/.exec(opening) ?? [];
  const page = file.replace(/\.ipynb$/, ".html");
  return { number, file, page, title, found, notebook };
}

function claimsIn({ cells }: Notebook): Claim[] {
  return cells.flatMap((cell) => cell.outputs ?? [])
    .flatMap((output) => "data" in output ? [output.data[CLAIM_MIME]] : [])
    .filter((claim) => claim !== undefined) as Claim[];
}
