/** A word of the glossary. */
export interface Term {
  /** The id of its entry: "blank". */
  readonly id: string;
  /** As the glossary heads it, in Markdown: "PER, LER". */
  readonly heading: string;
  /** The words that stand for it in prose: "PER", "LER". */
  readonly words: readonly string[];
  /** In Markdown. */
  readonly meaning: string;
}

/**
 * The glossary: the table of the first notebook that is headed "word" and "meaning".
 *
 * @param prose The Markdown of the first notebook.
 * @throws {SyntaxError} If there is no such table.
 */
export function termsOf(prose: string): Term[] {
  const [, rows] = /^\| word +\| meaning +\|\n\|[- |]+\|\n((?:\|.+\|\n?)+)/m.exec(prose) ?? [];
  if (rows === undefined) {
    throw new SyntaxError('Cannot make the glossary: expected a table headed "word" and "meaning"');
  }
  return rows.trim().split("\n").map((row) => {
    const [heading, meaning] = row.slice(1, -1).split("|").map((cell) => cell.trim());
    const words = heading.split(", ").filter((word) => !word.startsWith("$"));
    const id = (words[0] ?? heading.replaceAll(/[^a-z]+/g, "-").replaceAll(/^-|-$/g, ""))
      .toLowerCase().replaceAll(" ", "-");
    return { id, heading, words, meaning };
  });
}
