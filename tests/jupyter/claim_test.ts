import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { atLeast, type ClaimSpec, equal, judge, type Row } from "lib/claims/mod.ts";
import { claim, CLAIM_MIME, ClaimError, renderClaim } from "lib/jupyter/mod.ts";

const holds = equal("row 0", 1, 1);
const fails = equal("row 1", 1, 2);

function spec(...rows: readonly Row[]): ClaimSpec {
  return {
    kind: "reproduction",
    title: "One < two",
    source: "Euclid",
    states: "reproduced",
    rows,
  };
}

Deno.test("renderClaim() sets every verdict in the same size of type", () => {
  for (const [row, verdict] of [[holds, "Reproduced"], [fails, "Not reproduced"]] as const) {
    const bundle = renderClaim(judge(spec(row)));
    assertStringIncludes(bundle["text/html"] as string, `<h3>${verdict}</h3>`);
    assertStringIncludes(bundle["text/markdown"] as string, `### ${verdict}\n`);
    assertStringIncludes(bundle["text/plain"] as string, `${verdict.toUpperCase()}\n`);
  }
});

Deno.test("renderClaim() says what the notebook states where that is another verdict, and only there", () => {
  for (const [row, count] of [[holds, 0], [fails, 1]] as const) {
    const bundle = renderClaim(judge(spec(row)));
    for (const type of ["text/html", "text/markdown", "text/plain"]) {
      const said = `${bundle[type]}`.split("The notebook states: reproduced.").length - 1;
      assertEquals(said, count, type);
    }
  }
});

Deno.test("renderClaim() names the rule of every row", () => {
  const bundle = renderClaim(judge(spec(holds, atLeast("row 2", 1, 2))));
  for (const { rule } of [holds, atLeast("row 2", 1, 2)]) {
    assertStringIncludes(bundle["text/plain"] as string, rule);
  }
});

Deno.test("renderClaim() escapes HTML and carries the claim for the runner", () => {
  const judged = judge(spec(holds));
  const bundle = renderClaim(judged);
  assertStringIncludes(bundle["text/html"] as string, "One &lt; two");
  assertEquals(bundle[CLAIM_MIME], judged);
});

Deno.test("claim() throws, naming row and figures, if the verdict is not the one stated", async () => {
  await quietly(async () => {
    await assertRejects(
      () => claim(spec(holds, fails)),
      ClaimError,
      'The notebook states "reproduced", but its claim is "not reproduced": ' +
        "row 1: expected 1, measured 2 (not reproduced)",
    );
    await assertRejects(() => claim({ ...spec(holds), states: "not reproduced" }), ClaimError);
  });
});

Deno.test("claim() accepts an honest notebook whose claim is not reproduced", async () => {
  await quietly(() => claim({ ...spec(holds, fails), states: "not reproduced" }));
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
