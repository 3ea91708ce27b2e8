import { assertEquals, assertStringIncludes } from "@std/assert";
import { equal, judge } from "lib/claims/mod.ts";
import { claimsOf, ledger, type LedgerEntry, tally } from "lib/jupyter/ledger.ts";
import { CLAIM_MIME, renderClaim } from "lib/jupyter/mod.ts";

const entry = (file: string, kind: "reproduction" | "question" | "check", found: number) => ({
  file,
  claim: judge({
    kind,
    title: `it is 1, says ${file}`,
    source: "a table",
    states: "reproduced",
    rows: [equal("the figure", 1, found)],
  }),
});
const entries: LedgerEntry[] = [
  entry("01_a.ipynb", "reproduction", 1),
  entry("01_a.ipynb", "reproduction", 2),
  entry("02_b.ipynb", "question", 2),
];

Deno.test("tally() counts the claims of each kind by their verdicts", () => {
  assertEquals(
    tally(entries),
    [
      "|                                  | claims | verdicts                        |",
      "| -------------------------------- | ------ | ------------------------------- |",
      "| what a source states             | 2      | 1 reproduced · 1 not reproduced |",
      "| what a source asks               | 1      | 1 no                            |",
      "| what the project holds itself to | 0      | –                               |",
    ].join("\n"),
  );
});

Deno.test("tally() has the verdicts of a kind from the best on, whatever their order in the book", () => {
  const [, , { file, claim }] = entries;
  for (
    const [kind, verdicts] of Object.entries({
      reproduction: ["reproduced", "same direction", "undecided", "not reproduced"],
      question: ["yes", "partly", "mixed", "undecided", "no"],
      check: ["holds", "fails"],
    })
  ) {
    const turned = verdicts.toReversed().map((verdict) => ({
      file,
      claim: { ...claim, kind, verdict } as typeof claim,
    }));
    assertStringIncludes(tally(turned), verdicts.map((verdict) => `1 ${verdict}`).join(" · "));
  }
});

Deno.test("ledger() has every claim with its notebook, and every row with its rule", () => {
  const text = ledger(entries);
  assertStringIncludes(text, "| [02](notebooks/02_b.ipynb) | it is 1, says 02_b.ipynb |");
  assertStringIncludes(
    text,
    "### [01](notebooks/01_a.ipynb) it is 1, says 01_a.ipynb: not reproduced",
  );
  assertEquals(text.match(/\| the figure \|/g)?.length, 3);
  assertStringIncludes(text, "| equal | no ");
});

Deno.test("claimsOf() reads the claims that claim cells carry", () => {
  const data = renderClaim(entries[0].claim);
  assertEquals(Object.keys(data).includes(CLAIM_MIME), true);
  const notebook = { cells: [{}, { outputs: [{}, { data }] }] };
  assertEquals(claimsOf(notebook).map(({ title }) => title), ["it is 1, says 01_a.ipynb"]);
});
