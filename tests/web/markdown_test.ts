import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { linkTo } from "../../web/build/links.ts";
import { pageContext, renderInline, renderMarkdown, sectionsOf } from "../../web/build/markdown.ts";

const blank = {
  id: "blank",
  heading: "label, blank",
  words: ["label", "blank"],
  meaning: "nothing",
};
const per = { id: "per", heading: "PER, LER", words: ["PER", "LER"], meaning: "an error rate" };

Deno.test("linkTo() leads from notebooks and the README to pages, to the ledger and to pictures", () => {
  assertEquals(linkTo("04_blstm_against_lstm.ipynb"), "04_blstm_against_lstm.html");
  assertEquals(linkTo("notebooks/09_blank_rate.ipynb#what"), "09_blank_rate.html#what");
  assertEquals(linkTo("../CLAIMS.md"), "claims.html");
  assertEquals(linkTo("../figures/ctc-alignment.gif"), "pictures/ctc-alignment.gif");
  assertEquals(linkTo("https://arxiv.org/abs/1412.3555"), "https://arxiv.org/abs/1412.3555");
  assertEquals(linkTo("#sources"), "#sources");
});

Deno.test("linkTo() refuses a file that the site does not have, and says which", () => {
  assertThrows(() => linkTo("../lib/mod.ts"), RangeError, "Cannot link to ../lib/mod.ts");
});

Deno.test("renderMarkdown() sets equations when the page is built, in text and on lines of their own", () => {
  const html = renderMarkdown("The sum over $\\pi$ is\n\n$$p(l \\mid x) = \\sum_\\pi p(\\pi)$$\n");
  assertEquals(html.match(/class="katex"/g)?.length, 2);
  assertEquals(html.match(/class="katex-display"/g)?.length, 1);
  assertStringIncludes(html, "<math");
  assertEquals(html.match(/<eqn tabindex="0"/g)?.length, 1);
});

Deno.test("renderMarkdown() shows HTML of a text as text", () => {
  const html = renderMarkdown('<script>alert(1)</script> <b onclick="x()">b</b>');
  assertEquals(/<script|<b /.test(html), false, html);
});

Deno.test("renderMarkdown() gives headings ids of their own, with a number where two are alike", () => {
  const context = pageContext();
  renderMarkdown("# 04 · BLSTM\n\n## What differs\n\n## What differs\n\n## $T$", context);
  assertEquals(context.headings.map(({ level, id }) => [level, id]), [
    [1, "04-blstm"],
    [2, "what-differs"],
    [2, "what-differs~2"],
    [2, "t"],
  ]);
});

Deno.test("renderMarkdown() links the first use of a word of the glossary, and no later one", () => {
  const context = pageContext([blank, per]);
  const html = renderMarkdown("Two blanks, one blank.\n\nThe **PER** per label.", context);
  assertStringIncludes(
    html,
    'Two <a class="term" href="glossary.html#blank">blanks</a>, one blank.',
  );
  assertStringIncludes(
    html,
    '<a class="term" href="glossary.html#per">PER</a></strong> per label.',
  );
  assertEquals([...context.used], ["blank", "per"]);
});

Deno.test("renderMarkdown() explains no word inside a link, a heading or code", () => {
  const html = renderMarkdown("# Blank\n\n[blank](#a) `blank`", pageContext([blank]));
  assertEquals(html.includes("term"), false, html);
});

Deno.test("renderMarkdown() hides a picture until it is asked for, with its description as the handle", () => {
  const html = renderMarkdown("![It moves](../figures/a.gif)");
  assertStringIncludes(html, "<summary>It moves</summary>");
  assertStringIncludes(html, '<img src="pictures/a.gif" alt="It moves" loading="lazy">');
});

Deno.test("renderInline() has no paragraph around it", () => {
  assertEquals(renderInline("one _word_"), "one <em>word</em>");
});

Deno.test("sectionsOf() gives the plain text under each heading, by the id that the page has", () => {
  const text = "# A title\n\nOne [link](04_a.ipynb) and\n`code`.\n\n## More\n\n- a\n- $b$";
  assertEquals(sectionsOf(text), [
    { id: "a-title", heading: "A title", text: "One link and code." },
    { id: "more", heading: "More", text: "a b" },
  ]);
});
