import { assertEquals, assertThrows } from "@std/assert";
import { extractCells, locateLine } from "lib/jupyter/runner/cells.ts";
import type { Cell } from "lib/jupyter/runner/notebook.ts";
import { selectNotebooks } from "lib/jupyter/runner/select.ts";

const cells: Cell[] = [
  { cell_type: "markdown", id: "a", metadata: {}, source: "# Not code\n\nAt all" },
  { cell_type: "code", id: "b", metadata: {}, source: "const x = f\nconst y = 2" },
  { cell_type: "code", id: "c", metadata: {}, source: "(x)" },
];
const module = extractCells({ metadata: {}, cells });

Deno.test("extractCells() keeps cells apart and makes a module of them", () => {
  assertEquals(module.source, "const x = f\nconst y = 2\n;\n(x)\n;\nexport {};\n");
});

Deno.test("locateLine() finds cell and line, counting cells of every kind", () => {
  assertEquals([1, 2, 4].map((line) => locateLine(module, line)), [
    { cell: 2, line: 1 },
    { cell: 2, line: 2 },
    { cell: 3, line: 1 },
  ]);
});

Deno.test("locateLine() finds nothing in a notebook without code", () => {
  assertEquals(locateLine(extractCells({ metadata: {}, cells: [cells[0]] }), 1), null);
});

const files = ["02_alignment.ipynb", "01_corpus.ipynb", "05_alignment_found.ipynb"];

Deno.test("selectNotebooks() takes beginnings first, then parts of names, each notebook once", () => {
  assertEquals(selectNotebooks(files, []), [...files].sort());
  assertEquals(selectNotebooks(files, ["02", "02_alignment.ipynb"]), ["02_alignment.ipynb"]);
  assertEquals(selectNotebooks(files, ["alignment"]), [
    "02_alignment.ipynb",
    "05_alignment_found.ipynb",
  ]);
  assertEquals(selectNotebooks(files, ["notebooks/01_corpus.ipynb"]), ["01_corpus.ipynb"]);
});

Deno.test("selectNotebooks() names the notebooks there are when a word selects none", () => {
  assertThrows(
    () => selectNotebooks(files, ["07"]),
    RangeError,
    'no notebook is called "07": there are 01_corpus, 02_alignment, 05_alignment_found',
  );
});
