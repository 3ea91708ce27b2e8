import { assert, assertEquals, assertThrows } from "@std/assert";
import { ctcTopology } from "lib/alignment/mod.ts";
import { keepArray, movementCost, Tape, tracedArray, tracedArrays } from "lib/bytedmd/mod.ts";
import * as plain from "lib/numeric/kernels/plain/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { randomMatrix } from "../support/matrices.ts";

/** Peepholes of an LSTM without. */
const NONE = new Float64Array(0);

const random = (seed: number, n: number) => randomMatrix(new RandomState(seed), 1, n).data;

Deno.test("a traced array reads and writes like a plain one", () => {
  const { a } = tracedArrays(new Tape(), { a: [1, 2, 3, 4] });
  a[1] += a[3];
  a.subarray(2).fill(7);
  a.subarray(0, 2).set([a[2], 9], 0);
  assertEquals([a.length, ...a.slice()], [4, 7, 9, 7, 7]);
  a.set(a.subarray(0, 1), 3);
  assertEquals([...a.slice(2)], [7, 7]);
  assertEquals([a.subarray(1, 3).length, a.subarray(1, 3)[1]], [2, 7]);
});

Deno.test("views share values: what is written through one is read through the other", () => {
  const tape = new Tape();
  const { a } = tracedArrays(tape, { a: [1, 2] });
  a.subarray(1)[0] = 5; // written over: the 2 was never read and was never there
  a[0] = a[1] + a[1];
  keepArray(a);
  const { cost, reads } = movementCost(tape.trace());
  assertEquals([...a.slice(), reads, cost], [10, 5, 2, 2]);
});

Deno.test("the matrix product kernel runs unchanged, and a hoisted scalar is read once", () => {
  const [n, k, m] = [3, 2, 4];
  const tape = new Tape();
  const { a, b } = tracedArrays(tape, { a: random(1, n * k), b: random(2, k * m) });
  const out = tracedArray(tape, "out", new Float64Array(n * m));
  plain.matmul(out, a, b, n, k, m);
  keepArray(out);
  const expected = plain.matmul(
    new Float64Array(n * m),
    random(1, n * k),
    random(2, k * m),
    n,
    k,
    m,
  );
  assertEquals(out.slice(), expected);
  const { readsByTensor } = movementCost(tape.trace());
  assertEquals(readsByTensor, { out: n * k * m, b: n * k * m, a: n * k });
});

Deno.test("the LSTM kernel runs unchanged: same bits, priced tensor by tensor", () => {
  const [T, D, H] = [4, 3, 2];
  const offsets = Int32Array.of(0, T);
  const sizes = { x: T * D, Wx: D * 4 * H, Wh: H * 4 * H, b: 4 * H };
  const values = Object.fromEntries(
    Object.entries(sizes).map(([name, n], seed) => [name, random(seed, n)]),
  ) as Record<keyof typeof sizes, Float64Array>;
  const scratch = () => [T * H, T * H, T * H, T * 4 * H].map((n) => new Float64Array(n));

  const [h, c, tanhC, gates] = scratch();
  plain.lstmForward(
    h,
    c,
    tanhC,
    gates,
    values.x,
    values.Wx,
    values.Wh,
    values.b,
    NONE,
    offsets,
    D,
    H,
  );
  const tape = new Tape();
  const { x, Wx, Wh, b } = tracedArrays(tape, values);
  const traced = scratch().map((data, n) =>
    tracedArray(tape, ["h", "c", "tanhC", "gates"][n], data)
  );
  plain.lstmForward(traced[0], traced[1], traced[2], traced[3], x, Wx, Wh, b, NONE, offsets, D, H);
  traced.forEach(keepArray);
  traced.forEach((array, n) => assertEquals(array.slice(), [h, c, tanhC, gates][n]));

  const { cost, byTensor, readsByTensor } = movementCost(tape.trace());
  assertEquals(Object.values(byTensor).reduce((a, b) => a + b), cost);
  assertEquals(readsByTensor.Wh, (T - 1) * H * 4 * H);
  assertEquals(readsByTensor.c, (T - 1) * H);
});

Deno.test("the forward kernel of CTC runs unchanged: same bits, every arc read", () => {
  const [T, K] = [6, 4];
  const { labels, initial, incoming } = ctcTopology([1, 2, 2]);
  const S = labels.length;
  const emission = Float64Array.from({ length: T * S }, (_, i) => -1 - (i * 7 % 5) / K);
  const run = (scores: Float64Array, emission: Float64Array) => {
    const { start, state, logWeight } = incoming;
    return plain.pathScores(scores, emission, initial, start, state, logWeight, T, S, false);
  };
  const expected = run(new Float64Array(T * S), emission);
  const tape = new Tape();
  const traced = tracedArrays(tape, { emission });
  const alpha = tracedArray(tape, "alpha", new Float64Array(T * S));
  run(alpha, traced.emission);
  keepArray(alpha);
  assertEquals(alpha.slice(), expected);
  const { readsByTensor, cost } = movementCost(tape.trace());
  assert(readsByTensor.alpha >= (T - 1) * incoming.state.length, `${readsByTensor.alpha} reads`);
  assert(cost > 0);
});

Deno.test("a traced array says what it cannot do", () => {
  const { a } = tracedArrays(new Tape(), { a: [1, 2] });
  assertThrows(() => a.map((v) => v), TypeError, 'Cannot trace "map" of the array "a"');
  assertThrows(() => a[2] = 1, RangeError, 'Cannot write "2" as the array "a" has 2 entries');
  assertEquals(a[2], undefined as unknown as number);
  assertThrows(() => keepArray(new Float64Array(1)), TypeError, "it must be a traced one");
});
