import type { Page } from "../build/page.ts";
import { searchIndex } from "../build/search_index.ts";

/** Where the search of the bar leads. */
export const page: Page = {
  path: "search.html",
  title: "Search",
  description: "Search every chapter of the book.",
  scripts: ["search"],
  render: () =>
    `<div class="prose"><h1>Search</h1><noscript><p>Searching needs JavaScript. The
<a href="contents.html">contents</a> list every chapter.</p></noscript>
<p id="state" role="status"></p><ol id="results" class="results"></ol></div>`,
  files: (book) => ({ "assets/search.json": searchIndex(book) }),
};
