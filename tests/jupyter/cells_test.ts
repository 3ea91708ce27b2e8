import { assertEquals } from "@std/assert";
import { extractCells, locateLine } from "lib/jupyter/runner/cells.ts";
import type { Cell } from "lib/jupyter/runner/notebook.ts";

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
