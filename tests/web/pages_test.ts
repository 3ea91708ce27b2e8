import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { chapterPage } from "../../web/build/chapter_page.ts";
import { policy } from "../../web/build/layout.ts";
import { searchIndex } from "../../web/build/search_index.ts";
import { searchOptions, type Section } from "../../web/build/search_options.ts";
import { tallyBars, tallySentence } from "../../web/build/tally.ts";
import { claimRow } from "../../web/pages/claims.ts";
import { page as contents } from "../../web/pages/contents.ts";
import { page as glossary } from "../../web/pages/glossary.ts";
import MiniSearch from "minisearch";
import { smallBook } from "./books.ts";

const book = smallBook();

function pageOf(n: number): string {
  const [, first] = [n, chapterPage(book, book.chapters[n])];
  return first[book.chapters[n].page] as string;
}

Deno.test("chapterPage() links the chapters before and after, and its own sections", () => {
  assertStringIncludes(pageOf(0), '<a rel="next" href="01_first.html">');
  assertStringIncludes(pageOf(1), '<a rel="prev" href="00_start.html">');
  assertStringIncludes(pageOf(0), '<a href="#how-the-book-is-read">How the book is read</a>');
  assertEquals(pageOf(0).includes('rel="prev"'), false);
});

Deno.test("chapterPage() carries the meaning of the words that it links, and of no others", () => {
  assertStringIncludes(pageOf(1), '<div data-term="label">what a frame can be called</div>');
  assertEquals(pageOf(2).includes("data-term"), false);
});

Deno.test("every page has the policy, and neither a script nor a handler nor a foreign address in it", () => {
  for (const n of [0, 1, 2]) {
    const html = pageOf(n);
    assertStringIncludes(html, `<meta http-equiv="Content-Security-Policy" content="${policy}">`);
    assertEquals(/<script(?![^>]* src="assets\/)/.test(html), false);
    assertEquals(/\son[a-z]+=|(?:src|href)="(?:https?:)?\/\//.test(html), false);
  }
  assertEquals(/unsafe-inline/.test(policy.replace("style-src-attr 'unsafe-inline'", "")), false);
  assertEquals(/unsafe-eval'/.test(policy.replace("'wasm-unsafe-eval'", "")), false);
});

Deno.test("claimRow() leads to the cell of its claim, escaped, and says what it is filtered by", () => {
  const row = claimRow(book.claims[0]);
  assertStringIncludes(row, '<a href="01_first.html#claim-1">Is it &lt;1&gt;?</a>');
  assertStringIncludes(row, 'data-kind="question" data-verdict="no" data-work="the write-up"');
});

Deno.test("tallyBars() counts claims by kind and verdict, and links those claims", () => {
  const html = tallyBars(book.claims);
  assertStringIncludes(html, '<a href="claims.html?kind=question&amp;verdict=no"><b>1</b> no</a>');
  assertStringIncludes(html, "<strong>0 reproductions</strong>: what a source states");
});

Deno.test("tallySentence() says what became of the statements of sources, and of nothing else", () => {
  assertMatch(tallySentence(book.claims), /^Of 0 statements .* 0 are reproduced and 0 hold/);
  const stated = book.claims.map((one) => ({
    ...one,
    claim: { ...one.claim, kind: "reproduction", verdict: "not reproduced" } as const,
  }));
  assertMatch(
    tallySentence(stated),
    /^Of 1 statements .* 1 are not reproduced, 0 are undecided\.$/,
  );
});

Deno.test("the contents list every chapter, the glossary every word", async () => {
  const list = await contents.render(book), words = await glossary.render(book);
  for (const { page } of book.chapters) assertStringIncludes(list, `href="${page}"`);
  for (const { id } of book.terms) assertStringIncludes(words, `<dt id="${id}">`);
});

Deno.test("searchIndex() finds sections by words that begin so, and claims by their titles", () => {
  const index = MiniSearch.loadJSON<Section>(searchIndex(book), searchOptions);
  assertEquals(index.search("boo read")[0].id, "00_start.html#how-the-book-is-read");
  assertEquals(index.search("figure")[0].id, "01_first.html#claim-1");
  assert(index.search("zebra").length === 0);
});
