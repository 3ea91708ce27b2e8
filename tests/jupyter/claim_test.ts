import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import {
  claim,
  CLAIM_MIME,
  ClaimError,
  type ClaimRow,
  judgeClaim,
  renderClaim,
  type Verdict,
} from "lib/jupyter/mod.ts";

function spec(...holds: ClaimRow["holds"][]) {
  const rows = holds.map((holds, i) => ({ what: `row ${i}`, expected: 1, measured: 2, holds }));
  return { title: "One < two", source: "Euclid", rows };
}

Deno.test("judgeClaim() lets the worst row decide", () => {
  const cases: [ClaimRow["holds"][], Verdict][] = [
    [[true, true], "reproduced"],
    [[true, "same direction"], "same direction"],
    [[false, true, "same direction"], "not reproduced"],
  ];
  for (const [holds, verdict] of cases) assertEquals(judgeClaim(spec(...holds)).verdict, verdict);
});

Deno.test("judgeClaim() states reproduction unless the notebook says otherwise", () => {
  assertEquals(judgeClaim(spec(true)).states, "reproduced");
  assertEquals(judgeClaim({ ...spec(true), states: "not reproduced" }).states, "not reproduced");
});

Deno.test("judgeClaim() keeps every digit, and figures that JSON cannot carry as text", () => {
  const rows = [{ what: "x", expected: Infinity, measured: 0.1 + 0.2, holds: false }];
  const [row] = judgeClaim({ ...spec(), rows }).rows;
  assertEquals([row.expected, row.measured], ["Infinity", 0.30000000000000004]);
});

Deno.test("judgeClaim() refuses a claim without rows", () => {
  assertThrows(() => judgeClaim(spec()), RangeError, "expected at least one row");
});

Deno.test("renderClaim() sets every verdict in the same size of type", () => {
  for (const holds of [true, false, "same direction"] as const) {
    const bundle = renderClaim(judgeClaim(spec(holds)));
    const verdict = holds === true ? "Reproduced" : holds ? "Same direction" : "Not reproduced";
    assertStringIncludes(bundle["text/html"] as string, `<h3>${verdict}</h3>`);
    assertStringIncludes(bundle["text/markdown"] as string, `### ${verdict}\n`);
  }
});

Deno.test("renderClaim() escapes HTML and carries the claim for the runner", () => {
  const judged = judgeClaim(spec(true));
  const bundle = renderClaim(judged);
  assertStringIncludes(bundle["text/html"] as string, "One &lt; two");
  assertEquals(bundle[CLAIM_MIME], judged);
});

Deno.test("claim() throws, naming row and figures, if the verdict is not the one stated", async () => {
  await quietly(async () => {
    await assertRejects(
      () => claim(spec(true, false)),
      ClaimError,
      'The notebook states "reproduced", but its claim is "not reproduced": ' +
        "row 1: expected 1, measured 2 (not reproduced)",
    );
    await assertRejects(() => claim({ ...spec(true), states: "not reproduced" }), ClaimError);
  });
});

Deno.test("claim() accepts an honest notebook whose claim is not reproduced", async () => {
  await quietly(() => claim({ ...spec(true, false), states: "not reproduced" }));
});

/** Outside a kernel a claim prints its plain text. */
async function quietly(run: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => {};
  try {
    await run();
  } finally {
    console.log = log;
  }
}
