import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { matrix } from "lib/numeric/mod.ts";
import { clipGlobalNorm } from "lib/training/mod.ts";
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
  for (const limit of [0, -1, NaN]) {
    assertThrows(
      () => clipGlobalNorm(grads(), limit),
      RangeError,
      `limit must be > 0: current value is ${limit}`,
    );
  }
});
