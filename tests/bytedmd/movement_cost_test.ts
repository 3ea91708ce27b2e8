import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  keepArray,
  LruStack,
  movementCost,
  priceOf,
  rootSum,
  Tape,
  type Trace,
  type Traced,
  tracedArrays,
} from "lib/bytedmd/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";

const add = (x: number, y: number) => x + y;
const mul = (x: number, y: number) => x * y;
const count = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** a₀b₀ + a₁b₁ + …, left to right. */
function dot(tape: Tape, a: readonly Traced[], b: readonly Traced[]): Traced {
  return a.map((x, i) => [x, b[i]]).reduce<Traced | undefined>(
    (sum, [x, y]) => {
      const product = tape.apply(mul, x, y);
      return sum === undefined ? product : tape.apply(add, sum, product);
    },
    undefined,
  )!;
}

/** Cᵢⱼ = Σₖ AᵢₖBₖⱼ, rows then columns; B has m columns. */
function product(n: number, m: number): number {
  return priceOf(
    { A: count(n * n), B: count(n * m) },
    ({ A, B }, tape) =>
      count(n).flatMap((i) =>
        count(m).map((j) =>
          dot(tape, A.slice((i - 1) * n, i * n), count(n).map((k) => B[(k - 1) * m + j - 1]))
        )
      ),
  ).cost;
}

Deno.test("the issue's check values: (a + b) + c costs 6", () => {
  const price = priceOf(
    { a: [1], b: [2], c: [3] },
    ({ a: [a], b: [b], c: [c] }, tape) => {
      const sum = tape.apply(add, tape.apply(add, a, b), c);
      assertEquals(sum.value, 6);
      return sum;
    },
  );
  assertEquals(price, {
    cost: 6,
    byTensor: { a: 1, b: 2, c: 2, temporaries: 1 },
    bySection: { "": { a: 1, b: 2, c: 2, temporaries: 1 } },
    reads: 4,
    readsByTensor: { a: 1, b: 1, c: 1, temporaries: 1 },
    peak: 3,
  });
});

Deno.test("the issue's check values: a₀b₀ + a₁b₁ costs 11", () => {
  const { cost } = priceOf({ a: [1, 2], b: [3, 4] }, ({ a, b }, tape) => dot(tape, a, b));
  assertEquals(cost, 11);
});

Deno.test("the issue's check values: 2 × 2 matrix–vector 26; matrix products 57, 258, 720", () => {
  assertEquals(product(2, 1), 26);
  assertEquals([2, 3, 4].map((n) => product(n, n)), [57, 258, 720]);
});

Deno.test("priceOf() keeps what the program returns, one value or many", () => {
  const sums = ({ a }: { a: Traced[] }, tape: Tape) => a.map((x) => tape.apply(add, x, x));
  // Every sum stays on the stack, so that the next argument is one deeper than the last was.
  const { cost } = priceOf({ a: [1, 2, 3] }, (inputs, tape) => sums(inputs, tape));
  assertEquals(cost, 2 * (2 + 2 + 2));
  const last = priceOf({ a: [1, 2, 3] }, (inputs, tape) => sums(inputs, tape)[2]);
  assertEquals(last.cost, 2 * (2 + 2 + 1));
  assertEquals(priceOf({ a: [1] }, ({ a }) => a, { bytes: 8 }).cost, 0);
  // One read at the top: bytes 1 … 8 cost 1 + 3·2 + 4·3.
  const read = priceOf({ a: [1] }, ({ a: [a] }, tape) => tape.apply((x) => x, a), { bytes: 8 });
  assertEquals(read.cost, 1 + 3 * 2 + 4 * 3);
});

Deno.test("the same check values come out of traced arrays, one instruction per statement", () => {
  for (const [n, m, cost] of [[2, 1, 26], [2, 2, 57], [3, 3, 258], [4, 4, 720]]) {
    const tape = new Tape();
    const { A, B } = tracedArrays(tape, { A: count(n * n), B: count(n * m) });
    const { C, t } = tracedArrays(tape, { C: Array(n * m).fill(0), t: [0, 0] });
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) {
        t[0] = A[i * n] * B[j];
        for (let k = 1; k < n; k++) {
          t[1] = A[i * n + k] * B[k * m + j];
          if (k < n - 1) t[0] = t[0] + t[1];
          else C[i * m + j] = t[0] + t[1];
        }
      }
    }
    keepArray(C);
    assertEquals(movementCost(tape.trace()).cost, cost);
  }
});

Deno.test("the order of operands changes no price, and an operand twice is paid twice", () => {
  const cost = (first: 0 | 1 | 2, second: 0 | 1 | 2) => {
    const tape = new Tape();
    const { v } = tape.inputs({ v: [1, 2, 3] });
    tape.keep(...v, tape.apply(add, v[first], v[second]));
    return movementCost(tape.trace()).cost;
  };
  // v[2] on top, v[0] at depth 3.
  assertEquals([cost(0, 2), cost(2, 0), cost(0, 0), cost(2, 2)], [3, 3, 4, 2]);
});

Deno.test("an argument that is never read takes no room, and a result that is not kept leaves", () => {
  const tape = new Tape();
  const { a: [a], b: [b] } = tape.inputs({ unused: count(100), a: [1], b: [2] });
  tape.apply(add, a, a); // not kept and not read
  tape.keep(tape.apply(add, a, b));
  assertEquals(movementCost(tape.trace()).cost, 1 + 1 + 1 + 2);
});

Deno.test("a tape refuses a value that was never written", () => {
  const tape = new Tape();
  tape.write("a");
  for (const id of [1, -1, 0.5, NaN]) {
    assertThrows(() => tape.read(id), RangeError, `Cannot use value ${id} as only 1 were written`);
    assertThrows(() => tape.keepId(id), RangeError, `Cannot use value ${id}`);
  }
  tape.read(0);
});

Deno.test("values of many bytes cost each byte at its own depth", () => {
  const tape = new Tape();
  const { a: [a], b: [b] } = tape.inputs({ a: [1], b: [2] });
  tape.keep(tape.apply(add, a, b));
  // Bytes 1 … 8 and 9 … 16: 1 + 3·2 + 4·3 and 3 + 7·4.
  const { cost } = movementCost(tape.trace(), { bytes: 8 });
  assertEquals(cost, 1 + 3 * 2 + 4 * 3 + 3 + 7 * 4);
});

Deno.test("rootSum() is the sum of ⌈√d⌉", () => {
  let sum = 0;
  for (let d = 1; d <= 2000; d++) {
    sum += Math.ceil(Math.sqrt(d));
    assertEquals(rootSum(d), sum);
  }
});

/** The model once more, on a plain list, word for word. */
function priceByList({ events, kept }: Trace, bytes: number): number {
  const list: number[] = []; // top first
  let cost = 0;
  let operands: number[] = [];
  const readAfter = (value: number, e: number) => events.indexOf(value, e) >= 0;
  const finish = (e: number) => {
    for (const value of operands) {
      const place = list.indexOf(value);
      for (let d = place * bytes + 1; d <= (place + 1) * bytes; d++) {
        cost += Math.ceil(Math.sqrt(d));
      }
    }
    for (const value of new Set(operands)) {
      list.splice(list.indexOf(value), 1);
      list.unshift(value);
    }
    for (const value of new Set(operands)) {
      if (!kept.has(value) && !readAfter(value, e)) list.splice(list.indexOf(value), 1);
    }
    operands = [];
  };
  events.forEach((event, e) => {
    if (event >= 0) {
      operands.push(event);
      return;
    }
    finish(e);
    if (kept.has(~event) || readAfter(~event, e)) list.unshift(~event);
  });
  finish(events.length);
  return cost;
}

Deno.test("any program costs what a plain list of bytes says", () => {
  const step = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.array(step, { maxLength: 60 }),
      fc.constantFrom(1, 3, 8),
      (arguments_, program, bytes) => {
        const tape = new Tape();
        const values = [...tape.inputs({ v: count(arguments_) }).v];
        for (const operands of program) {
          const result = tape.apply(() => 0, ...operands.map((i) => values[i % values.length]));
          if (operands[0] % 3 === 0) tape.keep(result);
          values.push(result);
        }
        const { cost, byTensor } = movementCost(tape.trace(), { bytes });
        assertEquals(cost, priceByList(tape.trace(), bytes));
        assertEquals(Object.values(byTensor).reduce((a, b) => a + b, 0), cost);
      },
    ),
    { numRuns: 150 },
  );
});

Deno.test("LruStack agrees with a list through pushes, raises and removals without end", () => {
  const rng = new RandomState(1);
  const stack = new LruStack();
  const list: number[] = [];
  for (let n = 0; n < 5000; n++) {
    const at = list.length === 0 ? -1 : rng.randint(0, list.length);
    const action = rng.random();
    if (at < 0 || action < 0.3) {
      stack.push(n);
      list.unshift(n);
    } else if (action < 0.75) {
      stack.raise(list[at]);
      list.unshift(...list.splice(at, 1));
    } else stack.remove(...(list.splice(at, 1) as [number]));
    if (n % 50 === 0) assertEquals(list.map((value) => stack.above(value)), list.map((_, i) => i));
    assertEquals(stack.size, list.length);
  }
});

Deno.test("sections share the cost among them, tensor by tensor", () => {
  const tape = new Tape();
  const { a: [a], b: [b], c: [c] } = tape.inputs({ a: [1], b: [2], c: [3] });
  const add = (x: number, y: number) => x + y;
  tape.section("first");
  const sum = tape.apply(add, a, b);
  tape.section("second");
  const twice = tape.apply(add, sum, c);
  tape.section("first");
  tape.keep(tape.apply(add, twice, twice));
  const { cost, byTensor, bySection } = movementCost(tape.trace());
  assertEquals(bySection, {
    first: { a: 1, b: 2, temporaries: 2 },
    second: { c: 2, temporaries: 1 },
  });
  assertEquals([cost, byTensor], [8, { a: 1, b: 2, c: 2, temporaries: 3 }]);
});

Deno.test("millions of accesses are priced by the depth they have", () => {
  // A cycle through n values reads each at depth n, after the first round.
  const n = 1000, rounds = 1000;
  const tape = new Tape();
  const { v } = tape.inputs({ v: count(n) });
  tape.keep(...v);
  for (let r = 0; r < rounds; r++) for (let i = 0; i < n; i++) tape.read(v[i].id);
  // Reads without a write are one instruction: all at the depths of the start.
  assertEquals(movementCost(tape.trace()).cost, rounds * rootSum(n));
  const cycle = new Tape();
  const { w } = cycle.inputs({ w: count(n) });
  cycle.keep(...w);
  for (let r = 0; r < rounds; r++) {
    for (let i = 0; i < n; i++) {
      cycle.read(w[i].id);
      cycle.write(); // never read: gone at once
    }
  }
  assertEquals(movementCost(cycle.trace()).cost, n * rounds * Math.ceil(Math.sqrt(n)));
});

Deno.test("faults are named", () => {
  const events = Int32Array.of(0);
  const trace = {
    events,
    values: 1,
    tensorOf: new Int32Array(1),
    tensors: ["t"],
    kept: new Set<number>(),
    sections: [],
  };
  assertThrows(() => movementCost(trace), RangeError, "value 0 is read before it is written");
  for (const bytes of [0, 1.5, NaN]) {
    assertThrows(() => movementCost(trace, { bytes }), RangeError, `current value is ${bytes}`);
  }
  const stack = new LruStack();
  stack.push(3);
  assertThrows(() => stack.push(3), RangeError, "3 as it is on the stack already");
  for (const value of [0, 4, 1000]) {
    assertThrows(() => stack.above(value), RangeError, `Cannot find ${value}`);
    assertThrows(() => stack.remove(value), RangeError, `Cannot find ${value}`);
  }
  assert(stack.has(3) && !stack.has(4));
});
