import { assertEquals } from "@std/assert";
import { atMost, type Claim, type ClaimSpec, equal, judge } from "lib/claims/mod.ts";
import { CLAIM_MIME, renderClaim } from "lib/jupyter/mod.ts";
import { compareNotebooks } from "lib/jupyter/runner/compare.ts";
import type { Cell, Notebook, Output } from "lib/jupyter/runner/notebook.ts";

function claimed(measured: number, states: ClaimSpec["states"] = "reproduced") {
  const rows = [atMost("PER", 1, measured)];
  const data = renderClaim(judge({ kind: "reproduction", title: "t", source: "s", states, rows }));
  return { output_type: "display_data" as const, data, metadata: {} };
}

function printed(text: string): Output {
  return { output_type: "stream", name: "stdout", text };
}

function notebook(...outputs: (Output[] | null)[]): Notebook {
  const cells = outputs.map((outputs, i): Cell => ({
    cell_type: "code",
    id: `c${i}`,
    metadata: {},
    source: "x;",
    outputs: outputs ?? [],
    execution_count: outputs && i + 1,
  }));
  return { metadata: {}, cells };
}

Deno.test("compareNotebooks() finds nothing in equal runs, whatever the order of keys", () => {
  const claim = claimed(0);
  const turned = Object.fromEntries(Object.entries(claim.data[CLAIM_MIME]).reverse());
  const data = { ...claim.data, [CLAIM_MIME]: turned };
  const committed = notebook([printed("a"), { ...claim, data }]);
  assertEquals(compareNotebooks(committed, notebook([printed("a"), claim])), []);
});

Deno.test("compareNotebooks() names the claim's row with both values, as written", () => {
  const [committed, fresh] = [notebook([claimed(0.3)]), notebook([claimed(0.301)])];
  assertEquals(compareNotebooks(committed, fresh), [
    'cell 1: claim, row "PER", measured: committed "0.3", now "0.301"',
  ]);
});

Deno.test("compareNotebooks() names a changed statement and a claim that is not committed", () => {
  assertEquals(
    compareNotebooks(notebook([claimed(0, "same direction")]), notebook([claimed(0)])),
    ['cell 1: claim, stated verdict: committed "same direction", now "reproduced"'],
  );
  assertEquals(compareNotebooks(notebook([]), notebook([claimed(0)])), [
    "cell 1: committed output has no claim",
  ]);
});

Deno.test("compareNotebooks() names every field of a claim, one line each", () => {
  const claim = (change: Record<string, unknown>, row: Record<string, unknown> = {}) => {
    const output = claimed(0);
    const old = output.data[CLAIM_MIME] as Claim;
    const data = { ...old, ...change, rows: [{ ...old.rows[0], ...row }] };
    return notebook([{ ...output, data: { ...output.data, [CLAIM_MIME]: data } }]);
  };
  for (
    const [change, row, line] of [
      [{ title: "u" }, {}, 'claim, title: committed "u", now "t"'],
      [{ source: "u" }, {}, 'claim, source: committed "u", now "s"'],
      [{ kind: "u" }, {}, 'claim, kind: committed "u", now "reproduction"'],
      [{ verdict: "u" }, {}, 'claim, verdict: committed "u", now "reproduced"'],
      [{}, { what: "u" }, 'claim, row "PER", what: committed "u", now "PER"'],
      [{}, { expected: "u" }, 'claim, row "PER", expected: committed "u", now "at most 1"'],
      [{}, { rule: "u" }, 'claim, row "PER", rule: committed "u", now "at most 1"'],
      [{}, { verdict: "u" }, 'claim, row "PER", verdict: committed "u", now "reproduced"'],
    ] as const
  ) {
    assertEquals(compareNotebooks(claim(change, row), notebook([claimed(0)])), [`cell 1: ${line}`]);
  }
});

Deno.test("compareNotebooks() names a row of a claim that is gone", () => {
  const rows = [1, 2].map((n) => equal(`${n}`, n, n));
  const [two, one] = [rows, rows.slice(0, 1)].map((rows) => {
    const spec = { kind: "reproduction", title: "t", source: "s", states: "reproduced" } as const;
    const data = renderClaim(judge({ ...spec, rows }));
    return notebook([{ output_type: "display_data", data, metadata: {} }]);
  });
  assertEquals(compareNotebooks(two, one), ["cell 1: claim, number of rows: committed 2, now 1"]);
});

Deno.test("compareNotebooks() asks every notebook for a claim", () => {
  assertEquals(compareNotebooks(notebook([printed("a")]), notebook([printed("a")])), [
    "no cell shows a claim: end the notebook with `await claim({ … })`",
  ]);
});

Deno.test("compareNotebooks() names cells never executed, and stale outputs where they differ", () => {
  const fresh = notebook([printed("a")], [printed("loss 0.25")], [printed("b")], [claimed(0)]);
  const committed = notebook(null, [printed("loss 0.5")], [], [claimed(0)]);
  assertEquals(compareNotebooks(committed, fresh), [
    "cell 1: it has never been executed",
    'cell 2: stale outputs: output 1, text: committed "loss 0.5", now "loss 0.25"',
    "cell 3: stale outputs: 0 committed, 1 now",
  ]);
});

Deno.test("compareNotebooks() looks into figures as well", () => {
  const figure = (svg: string): Output => (
    { output_type: "display_data", data: { "image/svg+xml": svg }, metadata: {} }
  );
  const [committed, fresh] = ["<svg>1</svg>", "<svg>2</svg>"].map((svg) =>
    notebook([figure(svg), claimed(0)])
  );
  assertEquals(compareNotebooks(committed, fresh), [
    'cell 1: stale outputs: output 1, image/svg+xml: committed "<svg>1</svg>", now "<svg>2</svg>"',
  ]);
});

Deno.test("compareNotebooks() asks no text for outputs", () => {
  const [committed, fresh] = [notebook([claimed(0)]), notebook([claimed(0)])].map((book) => ({
    ...book,
    cells: [{ cell_type: "markdown" as const, id: "m", metadata: {}, source: "x" }, ...book.cells],
  }));
  assertEquals(compareNotebooks(committed, fresh), []);
});

Deno.test("compareNotebooks() shows long texts around the first place where they differ", () => {
  const after = "0123456789 0123456789";
  for (const [before, shown] of [["", ""], ["abc0123456789", "…0123456789"]]) {
    const [old, now] = ["x", "y"].map((letter) =>
      notebook([printed(`${before}${letter}${after}`)], [claimed(0)])
    );
    assertEquals(compareNotebooks(old, now), [
      `cell 1: stale outputs: output 1, text: committed "${shown}x${after}", now "${shown}y${after}"`,
    ]);
  }
});
