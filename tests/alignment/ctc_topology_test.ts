import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcMinimumFrames, ctcTopology } from "lib/alignment/mod.ts";
import { collapsed, tuples } from "../support/paths.ts";

const targets = (K: number, minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 1, max: K - 1 }), { minLength, maxLength });

Deno.test("ctcTopology() puts a blank around every label, each state naming its place in the target", () => {
  const { labels, index, initial, final } = ctcTopology([3, 1]);
  assertEquals([...labels], [0, 3, 0, 1, 0]);
  assertEquals([...index], [-1, 0, -1, 1, -1]);
  assertEquals([...initial], [0, 0, -Infinity, -Infinity, -Infinity]);
  assertEquals([...final], [-Infinity, -Infinity, -Infinity, 0, 0]);
});

Deno.test("ctcTopology() skips the blank between different labels, never between equal ones", () => {
  const from = (target: number[], s: number) => {
    const { incoming: { start, state } } = ctcTopology(target);
    return [...state.subarray(start[s], start[s + 1])].sort();
  };
  assertEquals(from([1, 2], 3), [1, 2, 3]);
  assertEquals(from([1, 1], 3), [2, 3]);
  assertEquals(from([1, 2], 4), [3, 4]); // no blank leads to a later blank
});

Deno.test("ctcTopology() of an empty target is one blank", () => {
  const { labels, initial, final, minimumFrames } = ctcTopology([]);
  assertEquals([[...labels], [...initial], [...final], minimumFrames], [[0], [0], [0], 1]);
});

Deno.test("ctcTopology() takes any blank", () => {
  assertEquals([...ctcTopology([0, 1], { blank: 2 }).labels], [2, 0, 2, 1, 2]);
});

Deno.test("ctcMinimumFrames() equals the topology's own minimum", () => {
  fc.assert(fc.property(targets(4, 0, 12), (target) => {
    assertEquals(ctcMinimumFrames(target), ctcTopology(target).minimumFrames);
  }));
});

Deno.test("ctcMinimumFrames() is the fewest frames of any path that collapses to the target", () => {
  fc.assert(
    fc.property(targets(3, 1, 3), (target) => {
      const fits = (T: number) => {
        for (const path of tuples(T, 3)) {
          if (collapsed(path, 0).join() === target.join()) return true;
        }
        return false;
      };
      const least = ctcMinimumFrames(target);
      assertEquals([fits(least - 1), fits(least)], [false, true]);
    }),
    { numRuns: 40 },
  );
});

Deno.test("ctcTopology() names the label that is blank, negative, fractional or too large, and its place", () => {
  for (const bad of [0, -1, 1.5, NaN, Infinity, 2 ** 31]) {
    assertThrows(() => ctcTopology([1, bad, 2]), RangeError, `label 1 is ${bad}`);
  }
  assertThrows(() => ctcTopology([3], { blank: 3 }), RangeError, "blank (3): label 0 is 3");
});

Deno.test("ctcTopology() refuses a blank that is no whole number >= 0", () => {
  for (const blank of [-1, 0.5, NaN]) {
    assertThrows(() => ctcTopology([1], { blank }), RangeError, `current value is ${blank}`);
  }
});
