import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { editDistance } from "lib/metrics/mod.ts";

const labels = fc.array(fc.nat(2), { maxLength: 7 });

/** The definition, with no table: the last pair is matched, or one edit is made there. */
function recursive(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return a.length + b.length;
  const [shortA, shortB] = [a.slice(0, -1), b.slice(0, -1)];
  if (a.at(-1) === b.at(-1)) return recursive(shortA, shortB);
  return 1 + Math.min(recursive(shortA, shortB), recursive(shortA, b), recursive(a, shortB));
}

Deno.test("editDistance() equals its recursive definition", () => {
  fc.assert(fc.property(labels, labels, (a, b) => {
    assertEquals(editDistance(a, b), recursive(a, b));
  }));
});

Deno.test("editDistance() is a metric: zero only for equals, symmetric, no detour is shorter", () => {
  fc.assert(fc.property(labels, labels, labels, (a, b, c) => {
    const ab = editDistance(a, b);
    assertEquals(editDistance(a, a), 0);
    assertEquals(ab === 0, a.join() === b.join());
    assertEquals(ab, editDistance(b, a));
    assert(editDistance(a, c) <= ab + editDistance(b, c));
  }));
});

Deno.test("editDistance() counts each kind of edit once", () => {
  assertEquals(editDistance([1, 2, 3], [1, 3]), 1);
  assertEquals(editDistance([1, 3], [1, 2, 3]), 1);
  assertEquals(editDistance([1, 2, 3], [1, 4, 3]), 1);
  assertEquals(editDistance([1, 2], [2, 1]), 2); // a swap is no edit of its own
  assertEquals(editDistance([], [1, 2, 3]), 3);
});

Deno.test("editDistance() lies between the difference in length and the longer length", () => {
  fc.assert(fc.property(labels, labels, (a, b) => {
    const d = editDistance(a, b);
    assert(Math.abs(a.length - b.length) <= d && d <= Math.max(a.length, b.length));
  }));
});
