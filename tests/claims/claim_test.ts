import { assertEquals, assertThrows } from "@std/assert";
import { type ClaimKind, judge, type Outcome, type Verdict } from "lib/claims/mod.ts";

function verdict(kind: ClaimKind, ...outcomes: Outcome[]): Verdict {
  const rows = outcomes.map((outcome) => ({
    what: "",
    expected: "",
    measured: "",
    rule: "",
    outcome,
  }));
  return judge({ kind, title: "it holds", source: "", states: "reproduced", rows }).verdict;
}

Deno.test("a reproduction is what its worst row is", () => {
  assertEquals(verdict("reproduction", "holds", "holds"), "reproduced");
  assertEquals(verdict("reproduction", "holds", "direction"), "same direction");
  assertEquals(verdict("reproduction", "undecided", "direction"), "undecided");
  assertEquals(verdict("reproduction", "undecided", "fails", "holds"), "not reproduced");
});

Deno.test("a question is answered alike by every row, or mixed", () => {
  assertEquals(verdict("question", "holds"), "yes");
  assertEquals(verdict("question", "fails", "fails"), "no");
  assertEquals(verdict("question", "direction"), "partly");
  assertEquals(verdict("question", "undecided"), "undecided");
  assertEquals(verdict("question", "holds", "fails"), "mixed");
});

Deno.test("a check holds or fails, and nothing in between", () => {
  assertEquals(verdict("check", "holds", "holds"), "holds");
  assertEquals(verdict("check", "holds", "direction"), "fails");
  assertEquals(verdict("check", "undecided"), "fails");
});

Deno.test("judge() refuses a claim without rows, and says which", () => {
  assertThrows(() => verdict("check"), RangeError, '"it holds": expected at least one row');
});
