import { renderPage } from "./layout.ts";

/**
 * The page that a host shows for an address that the site does not have. It may be shown at any depth,
 * so that its links begin with the path of the site.
 *
 * @param base "/" or "/book/".
 */
export function notFoundPage(base: string): string {
  const to = (path: string, text: string) => `<a href="${base}${path}">${text}</a>`;
  return renderPage({
    path: "404.html",
    title: "No such page",
    description: "The book has no page at this address.",
    home: base,
    content: `<div class="prose"><h1>No such page</h1>
<p>The book has no page at this address. ${to("index.html", "The cover")} says what was found,
${to("contents.html", "the contents")} list every chapter, ${to("claims.html", "the ledger")} every
claim; the field above searches them all.</p></div>`,
  });
}
