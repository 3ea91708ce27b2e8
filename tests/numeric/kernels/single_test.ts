import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcBatchLoss } from "lib/criteria/mod.ts";
import { train } from "lib/experiments/mod.ts";
import { meaningOf } from "lib/experiments/normal_form.ts";
import { blstm, conformer, linear, stack } from "lib/models/mod.ts";
import * as kernels from "lib/numeric/kernels/mod.ts";
import * as plain from "lib/numeric/kernels/plain/mod.ts";
import { arena, simd, single, vectorMath } from "lib/numeric/kernels/simd/mod.ts";
import { RandomState, sequences, withWorkspace } from "lib/numeric/mod.ts";
import { spelling } from "../../support/experiments.ts";
import { randomMatrix } from "../../support/matrices.ts";

/** Half the distance from 1 to the next number in single precision. */
const half = 2 ** -24;

/** |actual - expected| <= tolerance · the largest expected size; not all of it in double. */
function assertNear(
  actual: Float64Array,
  expected: Float64Array,
  tolerance: number,
  what: string,
): void {
  const size = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  for (let i = 0; i < expected.length; i++) {
    assert(
      Math.abs(actual[i] - expected[i]) <= tolerance * size,
      `${what}: at ${i} of ${expected.length} it is ${actual[i]}, not ${expected[i]}`,
    );
  }
}

function gaussians(rng: RandomState, n: number, deviation = 1): Float64Array {
  return Float64Array.from({ length: n }, () => deviation * rng.randn());
}

type Named = Record<string, Float64Array>;

/** Runs `f` in double precision and in single, there on the heap and in place, and compares. */
function compare<T extends Named>(
  arrays: T,
  tolerance: number,
  f: (kernels: kernels.Kernels, arrays: T) => void,
): void {
  const copies = (copy: (array: Float64Array) => Float64Array) =>
    Object.fromEntries(Object.entries(arrays).map(([name, a]) => [name, copy(a)])) as T;
  const expected = copies((a) => a.slice()), onHeap = copies((a) => a.slice());
  f(plain, expected);
  f(single, onHeap);
  const mark = arena.mark();
  const inPlace = copies((a) => {
    const copy = new Float64Array(arena.buffer, arena.take(a.byteLength), a.length);
    copy.set(a);
    return copy;
  });
  f(single, inPlace);
  for (const name of Object.keys(arrays)) {
    assertNear(onHeap[name], expected[name], tolerance, name);
    assertEquals(inPlace[name].slice(), onHeap[name], `${name} in place and on the heap`);
  }
  arena.release(mark);
}

Deno.test("in single precision the three products agree with those in double to 1e-5", () => {
  const size = fc.integer({ min: 0, max: 70 });
  const seed = fc.integer({ min: 0, max: 1e6 });
  fc.assert(
    fc.property(seed, size, size, size, (seed, n, k, m) => {
      const rng = new RandomState(seed);
      const a = gaussians(rng, n * k), b = gaussians(rng, k * m), out = gaussians(rng, n * m);
      for (const product of ["matmul", "matmulTransposeA", "matmulTransposeB"] as const) {
        compare({ out, a, b }, 1e-5, (kernels, v) => kernels[product](v.out, v.a, v.b, n, k, m));
      }
    }),
    { numRuns: 60 },
  );
  const rng = new RandomState(1);
  const [n, k, m] = [19, 1300, 33];
  const a = gaussians(rng, n * k), b = gaussians(rng, k * m), out = gaussians(rng, n * m);
  for (const product of ["matmul", "matmulTransposeA", "matmulTransposeB"] as const) {
    compare({ out, a, b }, 1e-5, (kernels, v) => kernels[product](v.out, v.a, v.b, n, k, m));
  }
});

function checkLstm(
  seed: number,
  D: number,
  H: number,
  lengths: readonly number[],
  peephole = false,
): void {
  const rng = new RandomState(seed);
  const offsets = new Int32Array(lengths.length + 1);
  lengths.forEach((T, b) => offsets[b + 1] = offsets[b] + T);
  const N = offsets[lengths.length], G = 4 * H;
  const x = gaussians(rng, N * D), dy = gaussians(rng, N * H), b = gaussians(rng, G);
  const Wx = gaussians(rng, D * G, 0.5 / Math.sqrt(D));
  const Wh = gaussians(rng, H * G, 0.5 / Math.sqrt(H));
  const p = gaussians(rng, peephole ? 3 * H : 0);
  const empty = (n: number) => new Float64Array(N * n), h = empty(H);
  const states = () => ({ c: empty(H), tanhC: empty(H), gates: empty(G) });
  const forward = (
    twin: kernels.Kernels,
    v: Record<"h" | "x" | "Wx" | "Wh" | "b" | "p", Float64Array>,
  ) => {
    const { c, tanhC, gates } = states();
    twin.lstmForward(v.h, c, tanhC, gates, v.x, v.Wx, v.Wh, v.b, v.p, offsets, D, H);
    return { c, tanhC, gates };
  };
  compare({ h, x, Wx, Wh, b, p }, 1e-5, forward);
  plain.lstmForward(h, empty(H), empty(H), empty(G), x, Wx, Wh, b, p, offsets, D, H);
  const dWx = gaussians(rng, D * G), dWh = gaussians(rng, H * G), db = gaussians(rng, G);
  const dp = gaussians(rng, p.length), all = { dz: empty(G), dy, Wx, Wh, b, p, x, h };
  // Each on what it left on the way there, in a precision of its own.
  compare({ ...all, dWx, dWh, db, dp }, 1e-5, (kernels, v) => {
    const { gates, c, tanhC } = forward(kernels, v);
    kernels.lstmBackward(v.dz, v.dp, v.dy, gates, c, tanhC, v.Wh, v.p, offsets, H);
    kernels.lstmGradients(v.dWx, v.dWh, v.db, v.x, v.h, v.dz, offsets, D, H);
  });
}

Deno.test("in single precision the LSTM agrees with the one in double to 1e-5, whatever the sizes", () => {
  for (const peephole of [false, true]) {
    for (const H of [1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 24, 33, 100]) {
      const many = Array.from({ length: 37 }, (_, n) => 1 + n % 4);
      checkLstm(H, 1 + H % 9, H, [3, 1, 2], peephole);
      checkLstm(H, 1 + H * 5 % 41, H, many, peephole);
    }
    checkLstm(2, 8, 24, [400, 1, 257, 399], peephole);
    checkLstm(3, 70, 21, [3, 40, 7], peephole);
  }
});

Deno.test("in single precision Swish, GLU and their gradients agree with those in double to 1e-6", () => {
  const rng = new RandomState(7);
  for (const [n, m] of [[0, 5], [1, 1], [3, 7], [2, 16], [5, 33], [1, 144]]) {
    const x = gaussians(rng, n * 2 * m, 4), dy = gaussians(rng, n * m);
    const y = new Float64Array(n * m), dx = new Float64Array(n * 2 * m);
    compare({ y, dx, x, dy }, 1e-6, (kernels, v) => {
      kernels.gluForward(v.y, v.x, n, m);
      kernels.gluBackward(v.dx, v.dy, v.x, n, m);
    });
    compare({ dx, x }, 1e-6, ({ swishForward }, v) => swishForward(v.dx, v.x));
    compare({ dx, x }, 1e-6, ({ swishBackward }, v) => swishBackward(v.dx, v.x, v.x));
  }
});

Deno.test("in single precision attention agrees with the one in double to 1e-5, with distances and without", () => {
  const rng = new RandomState(8);
  for (const [T, heads, d] of [[1, 1, 16], [2, 3, 5], [31, 2, 17], [33, 1, 36], [70, 2, 24]]) {
    for (const relative of [true, false]) {
      const D = heads * d, matrix = () => gaussians(rng, T * D);
      const scaled = () => matrix().map((x) => x / Math.sqrt(d));
      const far = relative ? scaled() : new Float64Array(0);
      const distances = gaussians(rng, relative ? (2 * T - 1) * D : 0);
      const p = new Float64Array(heads * T * T);
      const given = { p, q: scaled(), k: matrix(), v: matrix(), far, distances };
      compare({ o: matrix(), ...given }, 1e-5, ({ attendForward }, v) => {
        attendForward(v.o, v.p, v.q, v.k, v.v, v.far, v.distances, T, D, heads);
      });
      const { q, k, v } = given;
      plain.attendForward(matrix(), p, q, k, v, far, distances, T, D, heads);
      const into = { dq: matrix(), dk: matrix(), dv: matrix() };
      const dFar = gaussians(rng, far.length), dDistances = gaussians(rng, distances.length);
      compare({ ...into, dFar, dDistances, dO: matrix(), ...given }, 1e-5, (kernels, w) => {
        const into = [w.dq, w.dk, w.dv, w.dFar, w.dDistances] as const;
        kernels.attendBackward(...into, w.dO, w.p, w.q, w.k, w.v, w.far, w.distances, T, D, heads);
      });
    }
  }
});

Deno.test("in single precision sigmoid and tanh are within 3 ulp wherever results are normal", () => {
  const rng = new RandomState(4);
  const uniform = (n: number, size: number) =>
    Array.from({ length: n }, () => rng.uniform(-size, size));
  const inputs = [
    0,
    -0,
    1,
    -1,
    ...uniform(20_000, 1),
    ...uniform(20_000, 12),
    ...uniform(9000, 87),
  ];
  const x = Float64Array.from(inputs, Math.fround);
  const exact = {
    sigmoidSingle: (x: number) => 1 / (1 + Math.exp(-x)),
    tanhSingle: Math.tanh,
  };
  for (const name of ["sigmoidSingle", "tanhSingle"] as const) {
    const y = vectorMath[name](x);
    let worst = 0;
    x.forEach((x, i) => {
      const expected = exact[name](x);
      if (Math.abs(expected) < 2 ** -126) return assert(Math.abs(y[i] - expected) < 2 ** -126);
      const ulp = 2 * half * 2 ** Math.floor(Math.log2(Math.abs(expected)));
      worst = Math.max(worst, Math.abs(y[i] - expected) / ulp);
    });
    assert(worst <= 3, `${name}: worst error ${worst} ulp`);
  }
  const ends = Float64Array.of(Infinity, -Infinity, NaN, 1e30, -1e30, 0, -0);
  assertEquals([...vectorMath.sigmoidSingle(ends)], [1, 0, NaN, 1, 0, 0.5, 0.5]);
  assertEquals([...vectorMath.tanhSingle(ends)], [1, -1, NaN, 1, -1, 0, -0]);
});

Deno.test("in single precision every gradient of a deep BLSTM with CTC is within 1e-4 of double's", () => {
  const rng = new RandomState(5);
  const model = stack(blstm(5, 20), blstm(40, 20), linear(40, 4));
  const params = model.init(rng);
  const x = sequences([randomMatrix(rng, 40, 5), randomMatrix(rng, 31, 5)]);
  const gradients = () =>
    withWorkspace((alloc) => {
      const { y, cache } = model.forward(params, x, { alloc });
      const { loss, dLogits } = ctcBatchLoss(y, [[1, 2, 3, 1], [2, 2]], {}, alloc);
      const { grads } = model.backward(params, cache, dLogits, { alloc });
      return {
        loss,
        grads: Object.entries(grads).map(([name, { data }]) => [name, data.slice()] as const),
      };
    });
  const double = gradients(), inSingle = kernels.withPrecision("single", gradients);
  assert(Math.abs(inSingle.loss / double.loss - 1) < 1e-6);
  assert(inSingle.loss !== double.loss);
  double.grads.forEach(([name, expected], n) =>
    assertNear(inSingle.grads[n][1], expected, 1e-4, name)
  );
});

Deno.test("in single precision every gradient of a Conformer is within 1e-4 of double's", () => {
  const rng = new RandomState(6), block = conformer(48, 3, { kernel: 5 });
  const params = block.init(rng);
  const x = sequences([randomMatrix(rng, 40, 48), randomMatrix(rng, 33, 48)]);
  const dy = randomMatrix(rng, 73, 48);
  const gradients = () =>
    withWorkspace((alloc) => {
      const { y, cache } = block.forward(params, x, { alloc });
      const { grads, dx } = block.backward(params, cache, { ...y, frames: dy }, { alloc });
      const all = { y: y.frames, dx: dx().frames, ...grads };
      return Object.entries(all).map(([name, { data }]) => [name, data.slice()] as const);
    });
  const double = gradients(), inSingle = kernels.withPrecision("single", gradients);
  double.forEach(([name, expected], n) => {
    // The keys' bias changes no attention: its gradient is 0 but for rounding.
    if (name === "attention.attention.bk") return;
    assertNear(inSingle[n][1], expected, 1e-4, name);
  });
  assert(inSingle[0][1].every((value, i) => value !== double[0][1][i]));
});

Deno.test("withPrecision() gives kernels back as they were, errors or not", () => {
  const inside = kernels.withPrecision("single", () => {
    assertEquals(kernels.withPrecision("double", () => kernels.matmul), simd.matmul);
    assertEquals(kernels.logSoftmax === single.logSoftmax, true);
    return kernels.matmul;
  });
  assertEquals(inside, single.matmul);
  assertEquals(kernels.matmul, simd.matmul);
  const failing = () => {
    throw new Error("work");
  };
  assertThrows(() => kernels.withPrecision("single", failing), Error, "work");
  assertEquals(kernels.matmul, simd.matmul);
});

Deno.test("a training in single precision decodes as well as one in double, and is another run", async () => {
  const experiment = spelling({ kind: "ctc" }, 120);
  const errors = async (precision: kernels.Precision) => {
    const rows = await Array.fromAsync(train({ ...experiment, precision }));
    return { per: rows.at(-1)!.per, meaning: meaningOf({ ...experiment, precision }) };
  };
  const double = await errors("double"), inSingle = await errors("single");
  assert(double.per < 0.5, `${double.per}: it has learned nothing that could be compared`);
  assert(Math.abs(inSingle.per - double.per) <= 0.05, `${inSingle.per} against ${double.per}`);
  assert(inSingle.meaning !== double.meaning);
  assertEquals(double.meaning, meaningOf(experiment));
});
