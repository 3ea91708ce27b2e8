import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcMinimumFrames, ctcTopology } from "lib/alignment/mod.ts";
import { labelPaths, statePaths } from "lib/alignment/mod.ts";
import { collapse } from "lib/decoding/mod.ts";

Deno.test("labelPaths() gives every sequence once: all the digits of counting in base K", () => {
  const paths = [...labelPaths(3, 4)].map((path) => path.join(""));
  assertEquals(paths, Array.from({ length: 64 }, (_, n) => n.toString(4).padStart(3, "0")));
  assertEquals([...labelPaths(2, 1)], [[0, 0]]);
});

Deno.test("a path is the caller's own: changing it changes no other", () => {
  for (const paths of [labelPaths(2, 2), statePaths(ctcTopology([1]), 2)]) {
    const first = paths.next().value!;
    const kept = first.slice();
    paths.next();
    assertEquals(first, kept);
  }
});

Deno.test("the paths through a CTC topology are the label sequences that collapse to its target", () => {
  const target = fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 3 });
  fc.assert(fc.property(target, fc.integer({ min: 1, max: 6 }), (target, T) => {
    const topology = ctcTopology(target);
    const through = [...statePaths(topology, T)].map((path) =>
      path.map((s) => topology.labels[s]).join()
    );
    const meant = [...labelPaths(T, 3)].filter((path) => collapse(path).join() === target.join());
    assertEquals(through.toSorted(), meant.map((path) => path.join()).toSorted());
    assertEquals(through.length > 0, T >= ctcMinimumFrames(target));
  }));
});

Deno.test("enumerating over no frames, no labels, or part of one says what is wrong", () => {
  assertThrows(
    () => labelPaths(0, 2).next(),
    RangeError,
    "Cannot enumerate paths as the number of frames must be a whole number >= 1: current value is 0",
  );
  for (const count of [0.5, 1.5, NaN]) {
    assertThrows(() => labelPaths(2, count).next(), RangeError, `current value is ${count}`);
  }
  assertThrows(() => statePaths(ctcTopology([1]), -1).next(), RangeError, "number of frames");
});
