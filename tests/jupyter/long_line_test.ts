import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { escapeHtml } from "lib/jupyter/format.ts";
import { toBundle } from "lib/jupyter/mod.ts";
import { plainTable } from "lib/jupyter/table.ts";
import { extractCells, locateLine } from "lib/jupyter/runner/cells.ts";
import { compareNotebooks } from "lib/jupyter/runner/compare.ts";
import { checkEquations } from "lib/jupyter/runner/format_cells.ts";
import { cleanOutput } from "lib/jupyter/runner/noise.ts";
import { normalizeNotebook } from "lib/jupyter/runner/normalize.ts";
import {
  formatNotebook,
  type Notebook,
  type Output,
  parseNotebook,
} from "lib/jupyter/runner/notebook.ts";
import { type Displays, foldOutput, settleOutputs } from "lib/jupyter/runner/outputs.ts";
import { createRequest } from "lib/jupyter/runner/wire.ts";

const SIZE = 1 << 20;
const root = "/home/some one/project.x";

/** What a line of 1 MB repeats: each is the worst for one expression, which begins to match again. */
const noisy = [
  ...["A", "1,", "\r", "50 %\r", "\x1b", "\x1b[;", "\x1b];#", "\x9b1;", "file://"],
  ...["/npm/registry.npmjs.org", "/npm/registry.npmjs.org/", "/home/some one/project."],
  ...["2026-11-23T02:30:38.", "took 1", "a: "],
];
const cells = ["A", " ", "$", "$a", "`", "```"];

function notebook(text: string): Notebook {
  return {
    metadata: {},
    cells: [
      { cell_type: "markdown", id: "m", metadata: {}, source: `a${text}b` },
      {
        cell_type: "code",
        id: "c",
        metadata: {},
        source: `a${text}b`,
        execution_count: 1,
        outputs: [
          { output_type: "stream", name: "stdout", text },
          { output_type: "display_data", data: { "text/html": text }, metadata: {} },
          { output_type: "error", ename: "E", evalue: text, traceback: [text] },
        ],
      },
    ],
  };
}

const stream = (text: string) => ({ output_type: "stream" as const, name: "stdout", text });

/** What the runner does with a text of a cell or of its output, and what a notebook shows. */
const work: [string, readonly string[], (text: string) => unknown][] = [
  ["cleanOutput()", noisy, (text) => cleanOutput(stream(text), root)],
  [
    "cleanOutput() of a title without an end",
    noisy,
    (text) => cleanOutput(stream(`\x1b]took ${text}!`), root),
  ],
  [
    "formatNotebook() and parseNotebook()",
    cells,
    (text) => parseNotebook(formatNotebook(notebook(text)), "n"),
  ],
  [
    "compareNotebooks()",
    ["A"],
    (text) => compareNotebooks(notebook(`${text}1`), notebook(`${text}2`)),
  ],
  ["normalizeNotebook()", cells, (text) => normalizeNotebook(notebook(text))],
  ["extractCells()", cells, (text) => locateLine(extractCells(notebook(text)), 1e6)],
  ["checkEquations()", cells, (text) => checkEquations(text, text, "here")],
  ["toBundle()", ["<svg", "<?xml", " "], toBundle],
  ["escapeHtml()", ["&", '"'], escapeHtml],
];

for (const [what, pieces, run] of work) {
  Deno.test(`${what} takes time in proportion to the text, whatever is in it`, () => {
    run("warm up");
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(SIZE / piece.length));
      const start = performance.now();
      run(text);
      const seconds = (performance.now() - start) / 1000;
      // What grows with the square of 1 MB takes minutes.
      assert(seconds < 3, `1 MB of ${JSON.stringify(piece)} took ${seconds.toFixed(1)} s`);
    }
  });
}

Deno.test("a cell of 200,000 lines, outputs or rows is no more than many of them", () => {
  const many = 200_000;
  const source = "1;\n".repeat(many) + "2;";
  const cell = { cell_type: "code" as const, id: "c", metadata: {}, source };
  const module = extractCells({ metadata: {}, cells: [cell, cell] });
  assertEquals(module.starts.map(({ line }) => line), [1, many + 3]);

  const outputs: Output[] = [];
  const displays: Displays = new Map();
  for (let n = 0; n < many; n++) {
    foldOutput(
      outputs,
      createRequest("display_data", { data: {}, transient: { display_id: `${n}` } }, "s"),
      displays,
    );
  }
  assertEquals(settleOutputs(outputs).length, many);

  const rows = Array.from({ length: many }, (_, n) => [String(n)]);
  assertStringIncludes(plainTable(["n"], rows), `\n${many - 1}`);
});
