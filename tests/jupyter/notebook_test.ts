import { assertEquals, assertMatch, assertNotEquals, assertThrows } from "@std/assert";
import { normalizeNotebook } from "lib/jupyter/runner/normalize.ts";
import { type Cell, formatNotebook, parseNotebook } from "lib/jupyter/runner/notebook.ts";

const raw = {
  nbformat: 4,
  nbformat_minor: 4,
  metadata: { title: "kept" },
  cells: [
    { cell_type: "markdown", metadata: {}, source: ["# One\n", "two\n"] },
    {
      cell_type: "code",
      metadata: {
        tags: ["a"],
        // Of JupyterLab, its ExecuteTime extension and Colab.
        execution: { "iopub.status.busy": "2026" },
        ExecuteTime: { start_time: "2026" },
        executionInfo: { elapsed: 12 },
        outputId: "o",
      },
      execution_count: 7,
      source: "const x = 1;\nx;",
      outputs: [
        { output_type: "stream", name: "stdout", text: ["a\n", "b"] },
        {
          output_type: "display_data",
          metadata: {},
          data: { "text/plain": ["x\n", "y"], "application/geo+json": { b: [1], a: 2 } },
        },
      ],
    },
  ],
};

Deno.test("parseNotebook() joins lists of lines", () => {
  const [markdown, code] = parseNotebook(JSON.stringify(raw), "a.ipynb").cells;
  assertEquals(markdown.source, "# One\ntwo");
  assertEquals(code.outputs?.[0], { output_type: "stream", name: "stdout", text: "a\nb" });
  assertEquals(
    code.outputs?.[1],
    {
      output_type: "display_data",
      metadata: {},
      data: { "text/plain": "x\ny", "application/geo+json": { b: [1], a: 2 } },
    },
  );
});

Deno.test("formatNotebook() writes nbformat 4.5 as Jupyter lays it out", () => {
  const text = formatNotebook(parseNotebook(JSON.stringify(raw), "a.ipynb"));
  assertMatch(text, /^\{\n "cells": \[\n {2}\{\n {3}"cell_type": "markdown",/);
  assertMatch(text, /"source": \[\n {4}"const x = 1;\\n",\n {4}"x;"\n {3}\]/);
  assertMatch(text, /"nbformat": 4,\n "nbformat_minor": 5\n\}\n$/);
});

Deno.test("formatNotebook() is stable: what it wrote it writes again", () => {
  const text = formatNotebook(normalizeNotebook(parseNotebook(JSON.stringify(raw), "a.ipynb")));
  assertEquals(formatNotebook(normalizeNotebook(parseNotebook(text, "a.ipynb"))), text);
});

Deno.test("formatNotebook() writes an empty cell as an empty list", () => {
  const cell: Cell = { cell_type: "code", id: "a", metadata: {}, source: "" };
  const { cells } = JSON.parse(formatNotebook({ metadata: {}, cells: [cell] }));
  assertEquals(cells[0].source, []);
});

Deno.test("parseNotebook() names the file and cell it cannot read", () => {
  assertThrows(() => parseNotebook("{", "a.ipynb"), SyntaxError, "Cannot read a.ipynb: ");
  assertThrows(
    () => parseNotebook('{"nbformat":3}', "a.ipynb"),
    SyntaxError,
    "Cannot read a.ipynb: expected nbformat 4 with a list of cells, got nbformat 3",
  );
  for (const text of ['{"nbformat":3,"cells":[]}', '{"nbformat":4,"cells":{}}', "null"]) {
    assertThrows(() => parseNotebook(text, "a.ipynb"), SyntaxError, "expected nbformat 4 with a");
  }
  assertThrows(
    () => parseNotebook('{"nbformat":4,"cells":[{"cell_type":"heading"}]}', "a.ipynb"),
    SyntaxError,
    'Cannot read a.ipynb, cell 1: unknown cell_type "heading"',
  );
});

function codeCells(...cells: { id?: string; source: string }[]) {
  return cells.map(({ id = "", source }): Cell => ({
    cell_type: "code",
    id,
    metadata: {},
    source,
  }));
}

function ids(cells: Cell[]): string[] {
  return normalizeNotebook({ metadata: {}, cells }).cells.map((cell) => cell.id);
}

Deno.test("normalizeNotebook() keeps the ids that cells have", () => {
  assertEquals(ids(codeCells({ id: "claim", source: "1" })), ["claim"]);
});

Deno.test("normalizeNotebook() derives missing ids from content, wherever the cell stands", () => {
  const [a] = ids(codeCells({ source: "1" }));
  assertMatch(a, /^[0-9a-f]{8}$/);
  assertEquals(ids(codeCells({ source: "2" }, { source: "1" }))[1], a);
  assertNotEquals(ids(codeCells({ source: "2" }))[0], a);
});

Deno.test("normalizeNotebook() keeps ids unique and valid", () => {
  const [a, b] = ids(codeCells({ source: "1" }, { source: "1" }));
  assertEquals(b, `${a}-2`);
  assertEquals(ids(codeCells({ id: "x", source: "1" }, { id: "x", source: "1" })), ["x", a]);
  assertEquals(ids(codeCells({ id: "not valid!", source: "1" })), [a]);
  const [longest, longer] = [64, 65].map((length) => "x".repeat(length));
  assertEquals(ids(codeCells({ id: longest, source: "1" }, { id: longer, source: "1" })), [
    longest,
    a,
  ]);
});

Deno.test("normalizeNotebook() names the Deno kernel and drops execution metadata", () => {
  const notebook = normalizeNotebook(parseNotebook(JSON.stringify(raw), "a.ipynb"));
  assertEquals(notebook.metadata.kernelspec, {
    display_name: "Deno",
    language: "typescript",
    name: "deno",
  });
  assertEquals(notebook.metadata.title, "kept");
  assertEquals(notebook.cells[1].metadata, { tags: ["a"] });
});
