// These pass with links/assert and with jsr:@std/assert alike: delete `links` in deno.json to see it.
import {
  assert,
  assertAlmostEquals,
  assertArrayIncludes,
  assertEquals,
  assertExists,
  assertFalse,
  assertGreater,
  assertGreaterOrEqual,
  assertInstanceOf,
  AssertionError,
  assertLess,
  assertLessOrEqual,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
  equal,
  fail,
  unreachable,
} from "@std/assert";

/** Runs `fn`, which must fail as assertions do; a bare try, so as not to test assertThrows with itself. */
function failure(fn: () => unknown): AssertionError {
  try {
    fn();
  } catch (error) {
    if (error instanceof AssertionError && error.name === "AssertionError") return error;
    throw error;
  }
  throw new Error(`did not fail: ${fn}`);
}

async function rejection(fn: () => Promise<unknown>): Promise<void> {
  const error = await fn().then(() => undefined, (reason: unknown) => reason);
  failure(() => {
    throw error ?? new Error(`did not reject: ${fn}`);
  });
}

class Point {
  constructor(readonly x: number) {}
  get twice(): number {
    return 2 * this.x;
  }
}

Deno.test("assertEquals() takes 0 for -0 and NaN for NaN, alone and in arrays", () => {
  assertEquals(0, -0);
  assertEquals(NaN, NaN);
  assertEquals([0, NaN], [-0, NaN]);
  assertEquals(new Float64Array([0, NaN, 1]), new Float64Array([-0, NaN, 1]));
});

Deno.test("assertEquals() compares typed arrays by kind, length and element", () => {
  failure(() => assertEquals<unknown>(new Float64Array([1]), [1]));
  failure(() => assertEquals<unknown>(new Float64Array([1]), new Float32Array([1])));
  failure(() => assertEquals(new Float64Array(2), new Float64Array(3)));
  failure(() => assertEquals(new Int32Array([1, 2]), new Int32Array([1, 3])));
  assertEquals(new Float64Array([9, 1]).subarray(1), new Float64Array([1]));
  assertEquals(new Uint8Array([1]).buffer, new Uint8Array([1]).buffer);
});

Deno.test("assertEquals() tells a missing key from one that holds undefined", () => {
  failure(() => assertEquals<unknown>({ a: undefined }, {}));
  failure(() => assertEquals<unknown>({ a: undefined, b: 1 }, { b: 1, c: undefined }));
  failure(() => assertEquals<unknown>([undefined], []));
  assertEquals({ a: undefined, b: 1 }, { b: 1, a: undefined });
});

Deno.test("assertEquals() compares Map and Set whatever their order, with deeply equal keys", () => {
  assertEquals(new Map([["a", [1]], ["b", [2]]]), new Map([["b", [2]], ["a", [1]]]));
  assertEquals(new Map([[{ k: 1 }, 1]]), new Map([[{ k: 1 }, 1]]));
  assertEquals(new Set([{ a: 1 }, { b: 2 }] as object[]), new Set([{ b: 2 }, { a: 1 }]));
  failure(() => assertEquals(new Map([["a", 1]]), new Map([["a", 2]])));
  failure(() => assertEquals(new Set([1, 2]), new Set([1, 3])));
  failure(() => assertEquals<unknown>(new Set([1]), new Map([[1, 1]])));
});

Deno.test("assertEquals() compares dates, patterns, addresses, instances and cycles", () => {
  assertEquals(new Date(5), new Date(5));
  assertEquals(/a/g, /a/g);
  assertEquals(new URL("http://a/b"), new URL("http://a/b"));
  assertEquals(new Point(1), new Point(1));
  failure(() => assertEquals(new Date(5), new Date(6)));
  failure(() => assertEquals(/a/g, /a/i));
  failure(() => assertEquals(new Point(1), new Point(2)));
  failure(() => assertEquals<unknown>(new Point(1), { x: 1 }));
  failure(() => assertEquals<unknown>(1, "1"));
  failure(() => assertEquals<unknown>(null, undefined));
  const [a, b]: { self?: unknown }[] = [{}, {}];
  a.self = a;
  b.self = b;
  assertEquals(a, b);
  assertThrows(() => equal(new WeakMap(), new WeakMap()), TypeError);
});

Deno.test("a failed comparison shows the caller's message and both values", () => {
  const error = failure(() => assertEquals({ per: 0.25 }, { per: 0.5 }, "at seed 7"));
  for (const part of ["at seed 7", "0.25", "0.5"]) assertStringIncludes(error.message, part);
  assertInstanceOf(error, Error);
  const large = failure(() => assertEquals(new Float64Array(300), new Float64Array(300).fill(1)));
  assertGreater(large.message.length, 0);
});

Deno.test("assertNotEquals() is the opposite of assertEquals()", () => {
  assertNotEquals([1], [2]);
  assertNotEquals<unknown>([1], new Float64Array([1]));
  failure(() => assertNotEquals([NaN], [NaN]));
  failure(() => assertNotEquals(0, -0));
});

Deno.test("assertStrictEquals() is Object.is()", () => {
  const row = [1];
  assertStrictEquals(row, row);
  assertStrictEquals(NaN, NaN);
  failure(() => assertStrictEquals(0, -0));
  failure(() => assertStrictEquals(row, [1]));
  failure(() => assertStrictEquals("a", "b"));
});

Deno.test("assertAlmostEquals() allows 1e-7 of the expected value, or the tolerance given", () => {
  assertAlmostEquals(1e6 + 0.09, 1e6);
  failure(() => assertAlmostEquals(1e6 + 0.11, 1e6));
  failure(() => assertAlmostEquals(1 + 2e-7, 1));
  failure(() => assertAlmostEquals(1e-300, 0));
  assertAlmostEquals(-0, 0);
  assertAlmostEquals(1.5, 1, 0.5);
  failure(() => assertAlmostEquals(1.5, 1, 0.4));
  assertAlmostEquals(NaN, NaN);
  assertAlmostEquals(-Infinity, -Infinity);
  failure(() => assertAlmostEquals(1, NaN));
  failure(() => assertAlmostEquals(NaN, 1, 10));
  failure(() => assertAlmostEquals(1, Infinity));
  failure(() => assertAlmostEquals(-Infinity, Infinity));
  const { message } = failure(() => assertAlmostEquals(1, 2, undefined, "loss"));
  assertStringIncludes(message, "loss");
});

Deno.test("assertThrows() returns the error it expected", () => {
  const error = assertThrows(() => new Array(-1), RangeError, "length");
  assertInstanceOf(error, RangeError);
  assertStrictEquals(
    assertThrows(() => {
      throw 7;
    }),
    7,
  );
  assertThrows(() => {
    throw new RangeError("T = 0");
  }, Error);
});

Deno.test("assertThrows() fails on silence, on another class, on another message, on a non-error", () => {
  const range = () => {
    throw new RangeError("T = 0");
  };
  failure(() => assertThrows(() => 1));
  failure(() => assertThrows(() => 1, RangeError));
  failure(() => assertThrows(range, TypeError));
  failure(() => assertThrows(range, RangeError, "T = 1"));
  failure(() =>
    assertThrows(() => {
      throw "T = 0";
    }, Error)
  );
  assertStringIncludes(failure(() => assertThrows(() => 1, "zero frames")).message, "zero frames");
  assertStringIncludes(
    failure(() => assertThrows(range, TypeError, "", "zero frames")).message,
    "zero frames",
  );
});

Deno.test("assertRejects() wants a promise that rejects as expected", async () => {
  const range = () => Promise.reject(new RangeError("T = 0"));
  const error = await assertRejects(range, RangeError, "T =");
  assertInstanceOf(error, RangeError);
  assertStrictEquals(await assertRejects(() => Promise.reject(7)), 7);
  await rejection(() => assertRejects(() => Promise.resolve(1)));
  await rejection(() => assertRejects(range, TypeError));
  await rejection(() => assertRejects(range, RangeError, "T = 1"));
  await rejection(() => assertRejects(() => Promise.reject(7), Error));
  await rejection(() =>
    assertRejects(() => {
      throw new RangeError("before any promise");
    })
  );
  await rejection(() => assertRejects(() => undefined as unknown as Promise<void>));
});

Deno.test("the small assertions hold and fail where they should", () => {
  assert(1);
  assertFalse(0);
  assertExists(0);
  assertStringIncludes("blank", "an");
  assertMatch("fwd.Wx", /^fwd\./);
  assertInstanceOf(new Map(), Map);
  assertGreater(2, 1);
  assertGreaterOrEqual(1, 1);
  assertLess(1, 2);
  assertLessOrEqual(1, 1);
  assertArrayIncludes([1, { a: NaN }, 3], [{ a: NaN }, 1]);
  assertArrayIncludes(new Float64Array([1, NaN]), [NaN]);
  assertStrictEquals(failure(() => assert(0, "no ink")).message, "no ink");
  assertStrictEquals(failure(() => assertFalse(1, "ink")).message, "ink");
  failure(() => assertExists(undefined));
  failure(() => assertStringIncludes("blank", "x"));
  failure(() => assertMatch("bwd.Wx", /^fwd\./));
  failure(() => assertInstanceOf({}, Map));
  failure(() => assertInstanceOf(null, Object));
  failure(() => assertGreater(1, 1));
  failure(() => assertGreater(NaN, 1));
  failure(() => assertGreaterOrEqual(1, 2));
  failure(() => assertLess(1, 1));
  failure(() => assertLessOrEqual(NaN, 1));
  failure(() => assertArrayIncludes([1, 2], [3]));
  assertStringIncludes(failure(() => fail("here")).message, "here");
  assertStringIncludes(failure(() => unreachable("there")).message, "there");
});

Deno.test("the assertions narrow types", () => {
  const value: unknown = "x";
  assertStrictEquals<string>(value, "x");
  const text: string = value;
  const maybe = [text].find((t) => t === "x");
  assertExists(maybe);
  const found: string = maybe;
  const point: unknown = new Point(1);
  assertInstanceOf(point, Point);
  const x: number = point.x;
  assert(found && x);
});
