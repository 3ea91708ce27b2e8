import { assertEquals, assertThrows } from "@std/assert";
import { fontSheet } from "../../web/build/assets.ts";
import { joined } from "../../web/build/files.ts";
import { answer } from "../../web/build/serve.ts";

const files = { "index.html": "<p>a</p>", "404.html": "<p>none</p>", "assets/a.js": "1" };
const get = (path: string, base?: string, method = "GET") =>
  answer(files, new Request(`http://127.0.0.1${path}`, { method }), base);

Deno.test("joined() refuses two files of one name", () => {
  assertThrows(() => joined({ a: "1" }, { a: "2" }), RangeError, "two files are named a");
});

Deno.test("answer() gives the files of the site with their types and the policy, under any path", async () => {
  for (const base of ["/", "/a/book/"]) {
    const page = get(base, base), script = get(`${base}assets/a.js`, base);
    assertEquals([page.status, await page.text()], [200, "<p>a</p>"]);
    assertEquals(script.headers.get("content-type"), "text/javascript; charset=utf-8");
    assertEquals(page.headers.get("content-security-policy")?.includes("script-src 'self'"), true);
  }
});

Deno.test("answer() compresses text for who can read it, and says so", async () => {
  const request = new Request("http://127.0.0.1/", { headers: { "accept-encoding": "br, gzip" } });
  const { headers, body } = answer(files, request);
  assertEquals([headers.get("content-encoding"), headers.get("vary")], ["gzip", "accept-encoding"]);
  const text = new Response(body!.pipeThrough(new DecompressionStream("gzip"))).text();
  assertEquals(await text, "<p>a</p>");
});

Deno.test("answer() gives the site's own page for what is missing, at any depth", async () => {
  const page = get("/book/b/c", "/book/");
  assertEquals([page.status, await page.text()], [404, "<p>none</p>"]);
});

Deno.test("answer() has nothing outside the site, and takes nothing", () => {
  const paths = ["/../deno.json", "/%2e%2e/deno.json", "/%zz", "/toString", "/assets"];
  assertEquals(paths.map((path) => get(path).status), paths.map(() => 404));
  assertEquals(get("/", "/book/").status, 404);
  assertEquals(get("/", "/", "POST").status, 405);
});

Deno.test("fontSheet() keeps the fonts of the scripts that the book uses, as WOFF2 from the site", () => {
  const face = (script: string) =>
    `/* ${script} */\n@font-face {\n  font-family: 'A Variable';\n  src: url(./files/a-${script}-wght-normal.woff2) format('woff2-variations');\n  unicode-range: U+1;\n}\n`;
  const { sheet, files } = fontSheet(face("cyrillic") + face("latin"), "A");
  assertEquals(files, ["./files/a-latin-wght-normal.woff2"]);
  assertEquals(
    sheet.replaceAll(/\s+/g, " ").trim(),
    '@font-face { font-family: "A"; src: url(fonts/a-latin-wght-normal.woff2) format("woff2"); ' +
      "unicode-range: U+1; }",
  );
});
