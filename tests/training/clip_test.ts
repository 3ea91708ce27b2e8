import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { clipGlobalNorm, globalNorm } from "lib/training/mod.ts";
import { assertClose } from "../support/matrices.ts";

const grads = () => ({ W: matrix(1, 2, [3, 0]), b: matrix(2, 1, [0, -4]) });

Deno.test("clipGlobalNorm() scales all gradients together to the limit, and returns the norm before", () => {
  const g = grads();
  assertEquals(clipGlobalNorm(g, 1), 5);
  assertClose([...g.W.data, ...g.b.data], [0.6, 0, 0, -0.8], 1e-12);
  assertAlmostEquals(clipGlobalNorm(g, 1), 1, 1e-12);
});

Deno.test("clipGlobalNorm() scales by limit / (norm + 1e-12), as the write-up does", () => {
  const g = grads();
  clipGlobalNorm(g, 2);
  assertEquals(g.W.data[0], 3 * (2 / (5 + 1e-12)));
});

Deno.test("clipGlobalNorm() leaves gradients at or below the limit bit for bit", () => {
  for (const limit of [5, 5.1, Infinity]) {
    const g = grads();
    assertEquals(clipGlobalNorm(g, limit), 5);
    assertEquals(g, grads());
  }
  assertEquals(clipGlobalNorm({ W: matrix(2, 2) }, 1), 0);
});

Deno.test("clipGlobalNorm() refuses a limit that is not above 0", () => {
  for (const limit of [0, -1, NaN, "1" as never]) {
    assertThrows(
      () => clipGlobalNorm(grads(), limit),
      RangeError,
      `limit must be > 0: current value is ${limit}`,
    );
  }
});

Deno.test("clipGlobalNorm() clips gradients whose squares overflow or vanish, too", () => {
  for (const size of [1e200, 1e308 / 5, 1e155, 1e-155, 1e-200, 1e-300]) {
    const g = { W: matrix(1, 2, [3 * size, 0]), b: matrix(2, 1, [0, -4 * size]) };
    assertAlmostEquals(globalNorm(g) / (5 * size), 1, 1e-15);
    if (size < 1) continue;
    assertAlmostEquals(clipGlobalNorm(g, 1) / (5 * size), 1, 1e-15);
    assertClose([...g.W.data, ...g.b.data], [0.6, 0, 0, -0.8], 1e-12);
  }
});

Deno.test("globalNorm() of ordinary gradients is the root of the sum of squares, bit for bit", () => {
  const rng = new RandomState(1);
  for (const size of [1e-100, 1, 1e100]) {
    const g = { W: matrix(20, 20), b: matrix(1, 20) };
    let squares = 0;
    for (const { data } of Object.values(g)) {
      for (let i = 0; i < data.length; i++) squares += (data[i] = size * rng.randn()) ** 2;
    }
    assertEquals(globalNorm(g), Math.sqrt(squares));
  }
  assertEquals(globalNorm({}), 0);
});

Deno.test("a gradient that is NaN or infinite is not clipped to anything", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    const g = { W: matrix(1, 2, [1, 2]), b: matrix(1, 1, [value]) };
    assertThrows(() => clipGlobalNorm(g, 1), RangeError, "their norm must be finite: it is ");
    assertEquals([...g.W.data], [1, 2]);
  }
});
