import katex from "katex";
import MarkdownIt, { type Token } from "markdown-it";
import texmath from "markdown-it-texmath";
import { highlight } from "./highlight.ts";
import { linkTo } from "./links.ts";
import type { Term } from "./terms.ts";
import { markTerms } from "./mark_terms.ts";

/** What one page gathers while its Markdown is rendered. */
export interface PageContext {
  /** The words to explain: the first use of each on the page becomes a link to the glossary. */
  readonly terms: readonly Term[];
  /** Ids of the terms that were linked so far. */
  readonly used: Set<string>;
  /** The headings so far, in order. */
  readonly headings: Heading[];
}

/** A heading of a page. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** What a page gathers, before anything of it is rendered. */
export function pageContext(terms: readonly Term[] = []): PageContext {
  return { terms, used: new Set(), headings: [] };
}

const markdown = new MarkdownIt({ html: false, linkify: false, highlight })
  .use(texmath, { engine: katex, delimiters: "dollars", katexOptions: { throwOnError: true } });

markdown.core.ruler.push("book", ({ tokens, env }) => {
  const context = env.page as PageContext;
  for (const [n, token] of tokens.entries()) {
    if (token.type === "heading_open") nameHeading(token, tokens[n + 1], context);
    if (token.type !== "inline" || token.children === null) continue;
    for (const child of token.children) rewriteLink(child);
    if (tokens[n - 1]?.type === "paragraph_open") markTerms(token, context);
  }
});
const { rules } = markdown.renderer;
rules.table_open = () => '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>';
rules.table_close = () => "</table></div>";
rules.image = (tokens, at) => picture(tokens[at]);
for (const name of Object.keys(rules).filter((name) => name.startsWith("math_"))) {
  const set = rules[name]!;
  // A long equation is scrolled, by the keyboard as well.
  rules[name] = (...given) =>
    set(...given).replace("<eqn>", '<eqn tabindex="0" role="group" aria-label="Equation">');
}

/** Markdown of a notebook as HTML: equations by KaTeX, links to notebooks as links to pages. */
export function renderMarkdown(text: string, context: PageContext = pageContext()): string {
  return markdown.render(text, { page: context });
}

/** A line of Markdown as HTML without a paragraph around it. */
export function renderInline(text: string, context: PageContext = pageContext()): string {
  return markdown.renderInline(text, { page: context });
}

/** Gives a heading its id: its text in small letters, with a number where that is taken. */
function nameHeading(token: Token, inline: Token, { headings }: PageContext): void {
  const text = plainText(inline.children ?? []);
  const base = text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "") ||
    "section";
  const taken = headings.filter(({ id }) => id.replace(/~\d+$/, "") === base).length;
  const id = taken === 0 ? base : `${base}~${taken + 1}`;
  token.attrSet("id", id);
  headings.push({ level: Number(token.tag.slice(1)), id, text });
}

/** The text of inline tokens, equations as TeX. */
export function plainText(tokens: readonly Token[]): string {
  return tokens.map(({ type, content, children }) =>
    type === "softbreak" || type === "hardbreak"
      ? " "
      : children?.length
      ? plainText(children)
      : content
  ).join("");
}

function rewriteLink(token: Token): void {
  const href = token.type === "link_open" ? token.attrGet("href") : null;
  if (href !== null) token.attrSet("href", linkTo(String(href)));
}

/** A picture beside the text waits for a click: it is large, and a moving one must be stoppable. */
function picture(token: Token): string {
  const { escapeHtml } = markdown.utils;
  const alt = escapeHtml(token.content), src = escapeHtml(linkTo(String(token.attrGet("src"))));
  return `<details class="picture"><summary>${alt}</summary>` +
    `<img src="${src}" alt="${alt}" loading="lazy"></details>`;
}

/** A section of a text: its heading, and its prose. */
export interface ProseSection {
  readonly id: string;
  readonly heading: string;
  readonly text: string;
}

/** The sections of a text in Markdown, as plain text under the ids that its page has. */
export function sectionsOf(text: string): ProseSection[] {
  const context = pageContext();
  const sections: { id: string; heading: string; text: string }[] = [];
  const tokens = markdown.parse(text, { page: context });
  let next = 0;
  for (const [n, { type, children, content }] of tokens.entries()) {
    if (type === "heading_open") {
      const { id, text: heading } = context.headings[next++];
      sections.push({ id, heading, text: "" });
    } else if (type === "inline" && tokens[n - 1].type !== "heading_open" && sections.length > 0) {
      sections.at(-1)!.text += `${children ? plainText(children) : content} `;
    }
  }
  return sections.map((section) => ({ ...section, text: section.text.trim() }));
}
