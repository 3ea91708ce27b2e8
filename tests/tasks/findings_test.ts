import { assertEquals, assertMatch } from "@std/assert";
import { equal, judge } from "lib/claims/mod.ts";
import { type Finding, findings, unsupported } from "../../tasks/findings.ts";

const readme = "# Title\n\n1. **Blank\n   is rare**, on that corpus.\n2. **Two is two.**\n";
const entry = (title: string, measured: number) => ({
  file: "09_blank.ipynb",
  claim: judge({
    kind: "check",
    title,
    source: "ours",
    states: "holds",
    rows: [equal("the first row", 1, 1), equal("the second row", 2, measured)],
  }),
});
const listed: readonly Finding[] = [
  { says: "Blank is rare", restsOn: [{ notebook: "09", claim: "Blank", verdict: "holds" }] },
  {
    says: "Two is two.",
    restsOn: [{ notebook: "09", claim: "Blank", row: "the second", verdict: "holds" }],
  },
];

Deno.test("unsupported() finds nothing where the README says what the verdicts say", () => {
  assertEquals(unsupported(readme, [entry("Blank is rare", 2)], listed), []);
});

Deno.test("unsupported() names the finding, the claim or row, and what its verdict is now", () => {
  const faults = unsupported(readme, [entry("Blank is rare", 3)], listed);
  assertEquals(faults, [
    '"Blank is rare" rests on holds of 09, "Blank…", the claim: it is fails',
    '"Two is two." rests on holds of 09, "Blank…", the second: it is fails',
  ]);
  assertMatch(unsupported(readme, [], listed)[0], /it is not there$/);
  const two = [entry("Blank is rare", 2), entry("Blank is blank", 2)];
  assertMatch(unsupported(readme, two, listed)[0], /it is not there$/);
});

Deno.test("unsupported() finds findings that are new, gone, said otherwise, or rest on nothing", () => {
  const entries = [entry("Blank is rare", 2)];
  const third = { says: "Three.", restsOn: [] };
  assertEquals(unsupported(readme, entries, listed.slice(0, 1)), [
    'finding 2 is "Two is two.", in tasks/findings.ts missing',
  ]);
  assertEquals(unsupported(readme, entries, [...listed, third]), [
    'finding 3 is missing, in tasks/findings.ts "Three."',
    '"Three." rests on no claim',
  ]);
  assertEquals(unsupported(readme.replace("rare", "common"), entries, listed), [
    'finding 1 is "Blank is common", in tasks/findings.ts "Blank is rare"',
  ]);
});

Deno.test("every finding of the README rests on a claim", () => {
  assertEquals(findings.length, 5);
  assertEquals(findings.filter(({ restsOn }) => restsOn.length === 0), []);
});
