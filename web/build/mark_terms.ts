import type { Token } from "markdown-it";
import { escapeHtml } from "lib/jupyter/format.ts";
import type { PageContext } from "./markdown.ts";
import type { Term } from "./terms.ts";

/** Links the first use on the page of each word of the glossary, in text that is no link yet. */
export function markTerms(inline: Token, context: PageContext): void {
  let inLink = 0;
  inline.children = inline.children!.flatMap((token) => {
    if (token.type === "link_open") inLink++;
    if (token.type === "link_close") inLink--;
    return token.type === "text" && inLink === 0 ? split(token, context) : [token];
  });
}

function split(token: Token, context: PageContext): Token[] {
  const found = firstUse(token.content, context);
  if (found === undefined) return [token];
  const { term, at, length } = found;
  context.used.add(term.id);
  const [before, word, after] = [[0, at], [at, at + length], [at + length, undefined]]
    .map(([from, to]) => token.content.slice(from, to));
  const link = tokenLike(
    token,
    "html_inline",
    `<a class="term" href="glossary.html#${term.id}">${escapeHtml(word)}</a>`,
  );
  const text = (content: string) => tokenLike(token, "text", content);
  return [text(before), link, ...split(text(after), context)];
}

/** The term that the text uses first, of those that the page has not linked yet. */
function firstUse(
  text: string,
  { terms, used }: PageContext,
): { term: Term; at: number; length: number } | undefined {
  return terms.filter(({ id }) => !used.has(id)).flatMap((term) =>
    term.words.flatMap((word) => {
      const match = patternOf(word).exec(text);
      return match === null ? [] : [{ term, at: match.index, length: match[0].length }];
    })
  ).sort((a, b) => a.at - b.at || b.length - a.length)[0];
}

/** A word and its plural; names in capitals as they are written. */
function patternOf(word: string): RegExp {
  const plural = word.replace(/y$/, "(?:y|ie)") + "s?";
  return new RegExp(
    `(?<![\\p{L}-])${plural}(?![\\p{L}-])`,
    word === word.toLowerCase() ? "iu" : "u",
  );
}

/** A new token of the same class. */
function tokenLike(token: Token, type: string, content: string): Token {
  const made = new (token.constructor as typeof Token)(type, "", 0);
  made.content = content;
  return made;
}
