import { assertEquals, assertThrows } from "@std/assert";
import * as kernels from "lib/numeric/kernels/mod.ts";
import * as plain from "lib/numeric/kernels/plain/mod.ts";
import { arena, simd } from "lib/numeric/kernels/simd/mod.ts";
import { matrix, RandomState, withWorkspace } from "lib/numeric/mod.ts";
import { randomMatrix } from "../../support/matrices.ts";

Deno.test("kernels are SIMD unless told otherwise, and useKernels() says which they were", () => {
  assertEquals(kernels.kernelsInUse(), "simd");
  assertEquals(kernels.matmul, simd.matmul);
  assertEquals(kernels.useKernels("plain"), "simd");
  assertEquals(kernels.matmul, plain.matmul);
  assertEquals(kernels.useKernels("simd"), "plain");
  assertEquals(kernels.matmul, simd.matmul);
});

Deno.test("both twins have the same kernels, and all of them can be switched", () => {
  const names = Object.keys(plain).sort();
  assertEquals(Object.keys(simd).sort(), names);
  for (const twin of ["plain", "simd"] as const) {
    kernels.useKernels(twin);
    const bound = kernels as unknown as Record<string, unknown>;
    const expected = { plain, simd }[twin] as unknown as Record<string, unknown>;
    for (const name of names) assertEquals(bound[name], expected[name], name);
  }
});

Deno.test("useKernels() refuses a twin that is not there", () => {
  assertThrows(
    () => kernels.useKernels("relaxed" as kernels.Twin),
    RangeError,
    'Cannot use the kernels "relaxed" as there are only "plain" and "simd" here',
  );
  assertEquals(kernels.kernelsInUse(), "simd");
});

Deno.test("where the memory of the SIMD twin is full, the plain twin takes the call", () => {
  const rng = new RandomState(1);
  const a = randomMatrix(rng, 5, 7), b = randomMatrix(rng, 7, 3);
  const expected = plain.matmul(new Float64Array(15), a.data, b.data, 5, 7, 3);
  const mark = arena.mark();
  arena.take(arena.buffer.byteLength - mark - 256);
  assertEquals(simd.matmul(new Float64Array(15), a.data, b.data, 5, 7, 3), expected);
  const full = arena.mark();
  withWorkspace((alloc) => {
    const m = alloc(100, 100);
    assertEquals([m.data.length, m.data.buffer === arena.buffer], [10000, false]);
  });
  assertEquals(arena.mark(), full);
  arena.release(mark);
});

Deno.test("withWorkspace() hands out zeros, each its own, and gives them back, errors or not", () => {
  const before = arena.mark();
  for (const fill of [1, 2]) {
    withWorkspace((alloc) => {
      const m = alloc(3, 4), n = alloc(2, 2);
      assertEquals([...m.data, ...n.data], Array(16).fill(0));
      m.data.fill(fill);
      const inner = withWorkspace((alloc) => alloc(1, 3).data.fill(9).length);
      assertEquals([inner, ...n.data], [3, 0, 0, 0, 0]);
      assertEquals([...alloc(1, 3).data], [0, 0, 0]);
    });
  }
  assertThrows(() => withWorkspace((alloc) => alloc(-1, 2)), RangeError, "rows");
  assertThrows(() => withWorkspace((alloc) => alloc(-1, -1)), RangeError, "rows");
  assertThrows(() => withWorkspace((alloc) => alloc(2, 1.5)), RangeError, "cols");
  assertEquals(arena.mark(), before);
});

Deno.test("a matrix of the workspace and one of the heap give the same bits", () => {
  const rng = new RandomState(2);
  const a = randomMatrix(rng, 9, 33), b = randomMatrix(rng, 33, 10);
  const onHeap = simd.matmul(matrix(9, 10).data, a.data, b.data, 9, 33, 10);
  withWorkspace((alloc) => {
    const inPlace = [a, b].map(({ data, rows, cols }) => {
      const m = alloc(rows, cols);
      m.data.set(data);
      return m.data;
    });
    const out = simd.matmul(alloc(9, 10).data, inPlace[0], inPlace[1], 9, 33, 10);
    assertEquals([...out], [...onHeap]);
  });
});
