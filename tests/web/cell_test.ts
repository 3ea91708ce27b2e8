import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { equal, judge } from "lib/claims/mod.ts";
import { renderClaim } from "lib/jupyter/claim.ts";
import { player } from "lib/jupyter/audio.ts";
import { $display, table } from "lib/jupyter/mod.ts";
import type { MimeBundle, Output } from "lib/jupyter/runner/notebook.ts";
import { codeCell } from "../../web/build/cell.ts";
import { tableOf } from "../../web/build/table.ts";

const shown = (data: MimeBundle): Output => ({ output_type: "display_data", data, metadata: {} });

function cellOf(outputs: Output[], source = "1 < 2;") {
  const counts = { figures: 0, claims: 0, sounds: 0 };
  const cell = { cell_type: "code", id: "", metadata: {}, source, outputs } as const;
  return codeCell(cell, { n: 3, around: { number: "04", counts, about: "Results" } });
}

Deno.test("codeCell() highlights its source, escaped, under the id of the cell", () => {
  const { html } = cellOf([], 'const a: string = "<b>";');
  assertStringIncludes(html, '<section class="cell" id="cell-3"');
  assertStringIncludes(html, '<span class="tok-keyword">const</span>');
  assertStringIncludes(html, '<span class="tok-string">&quot;&lt;b&gt;&quot;</span>');
});

Deno.test("codeCell() shows a figure inside the page, and gives its SVG and PNG to download", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" role="img" ' +
    'aria-label="It holds"><style>a{}</style><rect aria-label="rect" fill="#ffffff"/></svg>';
  const { html, files } = cellOf([shown({ "image/svg+xml": svg, "image/png": "iVBO\nRw==" })]);
  assertStringIncludes(html, '<svg role="img" aria-label="It holds"');
  assertMatch(html, /<rect fill="light-dark\(#ffffff,#[0-9a-f]{6}\)"\/>/);
  assertEquals(html.includes("<style"), false);
  assertEquals(Object.keys(files), ["figures/04-1.svg", "figures/04-1.png"]);
  assertEquals(files["figures/04-1.svg"], svg);
});

Deno.test("codeCell() says what a figure without a title is about", () => {
  const { html } = cellOf([shown({ "image/svg+xml": '<svg width="9"></svg>' })]);
  assertStringIncludes(html, '<svg role="img" aria-label="Results"');
});

Deno.test("codeCell() shows a claim with the verdict of each row, under an id that the ledger links", () => {
  const claim = judge({
    kind: "reproduction",
    title: "It is <1>",
    source: "a table",
    states: "not reproduced",
    rows: [equal("the figure", 1, 2)],
  });
  const { html } = cellOf([shown({ ...renderClaim(claim) })]);
  assertStringIncludes(html, '<section class="claim" id="claim-1"');
  assertStringIncludes(html, "It is &lt;1&gt;");
  assertEquals(html.match(/<span class="verdict against">not reproduced<\/span>/g)?.length, 2);
});

Deno.test("codeCell() plays a sound from a file, which is loaded when it is asked for", () => {
  const { html, files } = cellOf([shown({ ...player(new Float64Array(80), 8000) })]);
  assertStringIncludes(html, 'preload="none" title="0.01 s of sound" src="sounds/04-1.wav"');
  const wav = files["sounds/04-1.wav"] as Uint8Array;
  assertEquals(new TextDecoder().decode(wav.subarray(0, 4)), "RIFF");
});

Deno.test("codeCell() shows what was printed as it is, escaped", () => {
  const { html } = cellOf([{ output_type: "stream", name: "stdout", text: "a < b\n" }]);
  assertStringIncludes(html, '<pre class="printed" tabindex="0">a &lt; b\n</pre>');
});

Deno.test("tableOf() sets figures to the right by a class, and has no style and no empty heading", () => {
  const rows = [{ model: "BLSTM", " ": "a", PER: 0.5 }];
  const bundle = table(rows, { columns: { model: "", PER: "PER" }, caption: "Rates" })[$display]();
  const html = tableOf(bundle["text/html"] as string);
  assertEquals(html.includes("style="), false);
  assertEquals(/<th[^>]*><\/th>/.test(html), false);
  assertStringIncludes(html, '<th scope="col" class="figures">PER</th>');
  assertStringIncludes(html, '<td class="figures">0.500</td>');
  assertStringIncludes(html, 'aria-label="Rates"');
});

Deno.test("tableOf() refuses HTML that is no table of the library's", () => {
  assertThrows(
    () => tableOf("<iframe></iframe>"),
    SyntaxError,
    "Cannot show HTML that is no table",
  );
});
