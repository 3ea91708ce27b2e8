import { assertEquals, assertThrows } from "@std/assert";
import { copyParams, matrix, paramAt, paramsUnder, prefixParams } from "lib/numeric/mod.ts";

const params = () => ({ "0.Wx": matrix(1, 2, [1, 2]), "1.W": matrix(2, 1, [3, 4]) });

Deno.test("paramsUnder() undoes prefixParams(), and leaves other prefixes out", () => {
  const both = { ...prefixParams(params(), "fwd."), ...prefixParams({ b: matrix(1, 1) }, "bwd.") };
  assertEquals(Object.keys(both), ["fwd.0.Wx", "fwd.1.W", "bwd.b"]);
  assertEquals(paramsUnder(both, "fwd."), params());
});

Deno.test("copyParams() shares nothing with the original", () => {
  const original = params();
  const copy = copyParams(original);
  copy["0.Wx"].data[0] = 9;
  assertEquals(original, params());
  assertEquals(copy["0.Wx"].data[0], 9);
});

Deno.test("paramAt() names the missing weight and those that are there", () => {
  assertThrows(
    () => paramAt(params(), "Wh", 1, 2),
    RangeError,
    'the weight "Wh" of shape [1, 2]: there are "0.Wx", "1.W"',
  );
  assertThrows(() => paramAt({}, "Wh", 1, 2), RangeError, "there are none");
});

Deno.test("paramAt() says which shape was expected and which was found", () => {
  assertThrows(
    () => paramAt(params(), "1.W", 1, 2),
    RangeError,
    'The weight "1.W" must have shape [1, 2]: it has [2, 1]',
  );
  for (const length of [2, 3, 5]) {
    const W = { rows: 2, cols: 2, data: new Float64Array(length) };
    assertThrows(
      () => paramAt({ W }, "W", 2, 2),
      RangeError,
      `"W" must be a Float64Array of 4 values: it has ${length}`,
    );
  }
});
