import { type PageContext, renderInline } from "./markdown.ts";

/** The meanings of the words that a page links, for `web/client/terms.ts` to show. */
export function explained({ terms, used }: PageContext): string {
  const items = terms.filter(({ id }) => used.has(id))
    .map(({ id, meaning }) => `<div data-term="${id}">${renderInline(meaning)}</div>`);
  return `<div id="terms" hidden>${items.join("")}</div>`;
}
