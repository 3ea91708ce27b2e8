import { assertEquals, assertThrows } from "@std/assert";
import { labelErrorRate } from "lib/metrics/mod.ts";

Deno.test("labelErrorRate() is all edits over all target labels, not a mean of rates", () => {
  // 1 edit of 1 label and 1 of 3: 2/4, where the mean of the rates is 2/3.
  assertEquals(labelErrorRate([[2], [1, 2]], [[1], [1, 2, 3]]), 0.5);
});

Deno.test("labelErrorRate() is 0 for a perfect set and may exceed 1", () => {
  assertEquals(labelErrorRate([[1, 2], []], [[1, 2], []]), 0);
  assertEquals(labelErrorRate([[1, 2, 3, 4]], [[5]]), 4);
});

Deno.test("labelErrorRate() is NaN where there is no label to get wrong", () => {
  assertEquals(labelErrorRate([[]], [[]]), NaN);
});

Deno.test("labelErrorRate() wants one decoding per target, and says how many there are", () => {
  assertThrows(() => labelErrorRate([[1]], [[1], [2]]), RangeError, "2 targets: there are 1");
});
