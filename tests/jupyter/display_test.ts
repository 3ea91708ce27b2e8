import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { $display, live, show, table, toBundle } from "lib/jupyter/mod.ts";

Deno.test("toBundle() tells SVG from HTML, in text and in elements", () => {
  assertEquals(Object.keys(toBundle("<svg></svg>")), ["image/svg+xml"]);
  assertEquals(Object.keys(toBundle('<?xml version="1.0"?>\n<svg/>')), ["image/svg+xml"]);
  assertEquals(Object.keys(toBundle("<p><svg/></p>")), ["text/html"]);
  assertEquals(toBundle({ outerHTML: "<svg/>" }), { "image/svg+xml": "<svg/>" });
});

Deno.test("toBundle() encodes images, named by their first bytes", () => {
  const bytes = (head: string) => Uint8Array.from(head, (char) => char.charCodeAt(0));
  assertEquals(toBundle(bytes("\x89PNG\r\n")), { "image/png": "iVBORw0K" });
  assertEquals(toBundle(bytes("GIF89a")), { "image/gif": "R0lGODlh" });
  assertThrows(() => toBundle(bytes("BM")), TypeError, "expected a PNG or GIF");
});

Deno.test("toBundle() refuses what it cannot show", () => {
  assertThrows(() => toBundle(3 as unknown as string), TypeError, "Cannot show a number");
});

Deno.test("show() and live() do no harm outside a kernel", async () => {
  await show("<b>x</b>");
  const draw = live("a");
  await draw("<b>1</b>");
  await draw("<b>2</b>");
});

Deno.test("table() rounds the numbers of a column alike, aligns figures right, and has its twins", () => {
  const rows = [{ T: 1, p: 1 / 3, name: "a" }, { T: 12, p: -0.00001, name: "bc" }];
  const columns = { T: "T", p: "p | q", name: "" };
  const bundle = table(rows, { columns })[$display]();
  assertStringIncludes(
    bundle["text/html"] as string,
    '<td style="text-align: right">0.333</td><td style="text-align: left">a</td>',
  );
  assertEquals(
    bundle["text/markdown"],
    [
      "| T   | p \\| q |     |",
      "| --- | ------ | --- |",
      "| 1   | 0.333  | a   |",
      "| 12  | 0.000  | bc  |",
    ].join("\n"),
  );
  assertEquals(bundle["text/plain"], " T  p | q\n 1  0.333  a\n12  0.000  bc");
});

Deno.test("table() takes the decimals that it is told", () => {
  const bundle = table([{ p: 1 }, { p: -0.25 }], { decimals: { p: 1 } })[$display]();
  assertEquals(bundle["text/plain"], "   p\n 1.0\n−0.3");
});

Deno.test("table() takes its columns from the first row, or in the order asked for", () => {
  const headings = (bundle: Record<string, unknown>) => `${bundle["text/plain"]}`.split("\n")[0];
  assertEquals(headings(table([{ a: 1, b: 2 }])[$display]()), "a  b");
  assertEquals(headings(table([{ a: 1, b: 2 }], { columns: ["b", "a"] })[$display]()), "b  a");
});

Deno.test("table() escapes HTML and shows an empty table", () => {
  const bundle = table([{ a: "<b>" }], { caption: "x & y" })[$display]();
  assertStringIncludes(
    bundle["text/html"] as string,
    '<td style="text-align: left">&lt;b&gt;</td>',
  );
  assertStringIncludes(bundle["text/html"] as string, "<caption>x &amp; y</caption>");
  assertEquals(bundle["text/plain"], "x & y\na\n<b>");
  assertEquals(bundle["text/markdown"], "x & y\n\n| a   |\n| --- |\n| <b> |");
  const empty = table([] as { a: number }[], { columns: ["a"] })[$display]()["text/html"];
  assertStringIncludes(empty as string, '<th style="text-align: left">a</th>');
  assertStringIncludes(table([])[$display]()["text/html"] as string, "<table>");
});
