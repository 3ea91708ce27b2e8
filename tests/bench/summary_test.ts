import { assertEquals, assertThrows } from "@std/assert";
import { summarize } from "../../bench/summary.ts";

Deno.test("summarize() gives median, quartiles and ends, whatever the order", () => {
  assertEquals(summarize([5, 1, 4, 2, 3]), {
    medianMs: 3,
    q1Ms: 2,
    q3Ms: 4,
    minMs: 1,
    maxMs: 5,
    samples: 5,
  });
});

Deno.test("summarize() interpolates between the nearest two", () => {
  const { medianMs, q1Ms, q3Ms } = summarize([1, 2, 4, 8]);
  assertEquals([medianMs, q1Ms, q3Ms], [3, 1.75, 5]);
});

Deno.test("summarize() takes one time for all of them, and refuses none", () => {
  assertEquals(summarize([7]).q3Ms, 7);
  assertThrows(() => summarize([]), RangeError, "at least one time");
});
