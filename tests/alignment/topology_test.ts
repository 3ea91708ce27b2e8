import { assertEquals, assertThrows } from "@std/assert";
import { topology } from "lib/alignment/mod.ts";

const start = { label: 0, index: -1, initial: 0 };
const middle = { label: 1, index: 0 };
const end = { label: 0, index: -1, final: -0.5 };

Deno.test("topology() holds the same arcs twice: by destination and by source", () => {
  const { incoming, outgoing } = topology([start, middle, end], [[0, 1, -1], [1, 2, -2], [0, 2], [
    1,
    1,
    -3,
  ]]);
  const list = ({ start, state, logWeight }: typeof incoming) =>
    [0, 1, 2].map((s) =>
      Array.from(
        state.subarray(start[s], start[s + 1]),
        (other, a) => [other, logWeight[start[s] + a]],
      )
    );
  assertEquals(list(incoming), [[], [[0, -1], [1, -3]], [[1, -2], [0, 0]]]);
  assertEquals(list(outgoing), [[[1, -1], [2, 0]], [[2, -2], [1, -3]], []]);
});

Deno.test("topology() may start and end only where a weight is given", () => {
  const { initial, final } = topology([start, middle, end], []);
  assertEquals([...initial], [0, -Infinity, -Infinity]);
  assertEquals([...final], [-Infinity, -Infinity, -0.5]);
});

Deno.test("minimumFrames is the fewest states on a way from start to end, whatever the states' order", () => {
  assertEquals(topology([start, middle, end], [[0, 1], [1, 2]]).minimumFrames, 3);
  assertEquals(topology([end, middle, start], [[2, 1], [1, 0]]).minimumFrames, 3);
  assertEquals(topology([start, middle, end], [[0, 1], [1, 2], [0, 2]]).minimumFrames, 2);
  assertEquals(topology([{ ...start, final: 0 }], []).minimumFrames, 1);
});

Deno.test("minimumFrames is Infinity where no way leads from start to end", () => {
  assertEquals(topology([start, middle, end], [[0, 1], [2, 1]]).minimumFrames, Infinity);
  assertEquals(topology([start, end], [[0, 1, -Infinity]]).minimumFrames, Infinity);
  assertEquals(topology([], []).minimumFrames, Infinity);
});

Deno.test("topology() names the arc that leads from or to no state", () => {
  for (const [from, to] of [[0, 3], [-1, 0], [0, NaN], [0.5, 1]]) {
    assertThrows(
      () => topology([start, middle, end], [[0, 1], [from, to]]),
      RangeError,
      `arc ${from} -> ${to} must join two of its 3 states`,
    );
  }
});

Deno.test("topology() names the state whose label is no whole number from 0 to 2^31 - 1", () => {
  assertEquals([...topology([{ label: 2 ** 31 - 1, index: 0 }], []).labels], [2 ** 31 - 1]);
  for (const label of [-1, 0.5, NaN, 2 ** 31]) {
    assertThrows(
      () => topology([start, { label, index: 0 }], []),
      RangeError,
      `state 1 emits ${label}`,
    );
  }
});

Deno.test("the fewest frames of a chain of 100,000 states, numbered from its end, are 100,000", () => {
  const S = 100_000;
  const states = Array.from({ length: S }, (_, s) => ({
    label: 1,
    index: s,
    initial: s === S - 1 ? 0 : undefined,
    final: s === 0 ? 0 : undefined,
  }));
  const arcs = states.slice(1).map((_, s) => [s + 1, s] as const);
  assertEquals(topology(states, arcs).minimumFrames, S);
});

Deno.test("topology() names the state or arc whose weight is NaN or Infinity", () => {
  for (const weight of [NaN, Infinity]) {
    const is = `must be below Infinity: current value is ${weight}`;
    const cases = [
      [{ ...start, initial: weight }, end, 0, "starting in state 0"],
      [start, { ...end, final: weight }, 0, "ending in state 1"],
      [start, end, weight, "arc 0 -> 1"],
    ] as const;
    for (const [first, last, arc, what] of cases) {
      assertThrows(() => topology([first, last], [[0, 1, arc]]), RangeError, `${what} ${is}`);
    }
  }
  assertEquals(topology([start, end], [[0, 1, -Infinity]]).minimumFrames, Infinity);
});
