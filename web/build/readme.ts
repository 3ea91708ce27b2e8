/**
 * The list of sources of the README, in Markdown.
 *
 * @throws {SyntaxError} If it has none.
 */
export function sourcesOf(readme: string): string {
  const [, list] = /^## Sources\n[\s\S]*?\n\n((?:[- ] .+\n)+)/m.exec(readme) ?? [];
  if (list === undefined) {
    throw new SyntaxError("Cannot make the cover: expected a list below the README's Sources");
  }
  return list;
}

/**
 * The paragraphs with which the README opens: those before its first section, without title and picture.
 *
 * @throws {SyntaxError} If there are not two: what the project is, and what CTC is.
 */
export function openingOf(readme: string): readonly [project: string, ctc: string] {
  const [opening] = readme.split(/^## /m);
  const paragraphs = opening.split(/\n\n+/).filter((text) => /^[^#!\s]/.test(text));
  if (paragraphs.length !== 2) {
    throw new SyntaxError(
      `Cannot make the cover: expected two paragraphs before the README's first section, got ${paragraphs.length}`,
    );
  }
  const [project, ctc] = paragraphs;
  return [project, ctc];
}
