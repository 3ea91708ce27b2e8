import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { bestPath, greedyDecode } from "lib/decoding/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { randomMatrix } from "../support/matrices.ts";
import { collapsed } from "../support/paths.ts";

Deno.test("greedyDecode() is the likeliest label of every frame, collapsed", () => {
  fc.assert(
    fc.property(
      fc.nat(2 ** 32 - 1),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      (seed, T, K) => {
        const rng = new RandomState(seed);
        const scores = randomMatrix(rng, T, K);
        const blank = rng.randint(0, K);
        const best = Array.from({ length: T }, (_, t) => {
          const row = [...scores.data.subarray(t * K, (t + 1) * K)];
          return row.indexOf(Math.max(...row));
        });
        assertEquals([...bestPath(scores)], best);
        assertEquals(greedyDecode(scores, { blank }), collapsed(best, blank));
      },
    ),
  );
});

Deno.test("greedyDecode() of logits and of their log-probabilities is the same", () => {
  const logits = randomMatrix(new RandomState(1), 30, 4);
  const moved = matrix(30, 4, logits.data.map((z, i) => z - 3 * (i >> 2)));
  assertEquals(greedyDecode(moved), greedyDecode(logits));
});

Deno.test("of equal scores the lowest label wins, as in NumPy's argmax", () => {
  assertEquals([...bestPath(matrix(2, 3, [1, 1, 1, 0, 2, 2]))], [0, 1]);
});

Deno.test("-Infinity is a score like any other, even in a whole row", () => {
  const never = -Infinity;
  assertEquals([...bestPath(matrix(2, 2, [never, -1e300, never, never]))], [1, 0]);
});

Deno.test("greedyDecode() of no frames is empty", () => {
  assertEquals(greedyDecode(matrix(0, 3)), []);
});

Deno.test("greedyDecode() names the frame and label of a NaN, wherever it stands in its row", () => {
  for (const k of [0, 1, 2]) {
    const scores = matrix(3, 3);
    scores.data[6 + k] = NaN;
    assertThrows(() => greedyDecode(scores), RangeError, `frame 2, label ${k} is NaN`);
  }
});

Deno.test("blank is label 0 unless told otherwise", () => {
  const path = matrix(3, 2, [1, 0, 0, 1, 1, 0]); // 0 1 0
  assertEquals([greedyDecode(path), greedyDecode(path, { blank: 1 })], [[1], [0, 0]]);
});
