import { assertEquals, assertThrows } from "@std/assert";
import { Training, writeUpExperiment } from "lib/experiments/mod.ts";
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

/** Runs `work` with nothing free in the kernels' memory but the reserve, or less. */
function whereFull<T>(work: () => T, left = 2 ** 28): T {
  const mark = arena.mark();
  arena.takeReserved(arena.free - left);
  try {
    return work();
  } finally {
    arena.release(mark);
  }
}

Deno.test("a training takes the same steps, bit for bit, where the kernels' memory is full", () => {
  const steps = () => {
    const training = new Training(writeUpExperiment("blstm", 0));
    const losses = [training.step(), training.step(), training.step()].map(({ loss }) => loss);
    return { losses, params: training.params };
  };
  const roomy = steps();
  assertEquals(whereFull(steps), roomy);
});

Deno.test("where the kernels' memory is full, a workspace has its matrices on the heap", () => {
  whereFull(() => {
    const full = arena.mark();
    withWorkspace((alloc) => {
      const m = alloc(100, 100);
      assertEquals([m.data.length, m.data.buffer === arena.buffer], [10000, false]);
    });
    assertEquals(arena.mark(), full);
  });
});

Deno.test("what a kernel cannot address is refused: how much it asks for, and what to lower", () => {
  const a = new Float64Array(2 ** 17);
  const gradients = () => simd.matmulTransposeA(new Float64Array(1), a, a, 1, a.length, 1);
  const before = arena.mark();
  assertThrows(
    () => whereFull(gradients, 2 ** 20),
    RangeError,
    "Cannot compute as what a kernel works on must fit into the 4.0 GiB that it can address: it " +
      "asks for 1.0 MiB more, and 1.0 MiB are free. Lower the sequences of a batch",
  );
  assertEquals(arena.mark(), before);
  assertEquals(simd.matmul(new Float64Array(1), a, a, 1, 1, 1)[0], 0);
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
