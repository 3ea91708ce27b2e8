import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  allFinite,
  fillRows,
  matrix,
  requireFinite,
  rowSlice,
  unset,
  withWorkspace,
} from "lib/numeric/mod.ts";

Deno.test("matrix() without data is all zeros", () => {
  assertEquals(matrix(2, 3), { data: new Float64Array(6), rows: 2, cols: 3 });
});

Deno.test("matrix() takes over a Float64Array and copies anything else", () => {
  const own = new Float64Array([1, 2]);
  assert(matrix(1, 2, own).data === own);
  const list = [1, 2];
  const m = matrix(1, 2, list);
  list[0] = 9;
  assertEquals([...m.data], [1, 2]);
});

Deno.test("matrix() names the size that is no whole number >= 0", () => {
  assertThrows(
    () => matrix(-1, 2),
    RangeError,
    "rows must be a whole number >= 0: current value is -1",
  );
  assertThrows(
    () => matrix(2, 1.5),
    RangeError,
    "cols must be a whole number >= 0: current value is 1.5",
  );
  assertThrows(() => matrix(NaN, 1), RangeError, "current value is NaN");
});

Deno.test("matrix() says how many values were expected and how many there are", () => {
  assertThrows(
    () => matrix(2, 3, [1, 2]),
    RangeError,
    "2 x 3 matrix as data must have 6 values: it has 2",
  );
});

Deno.test("rowSlice() is a view: writing to it writes to the matrix", () => {
  const m = matrix(3, 2, [1, 2, 3, 4, 5, 6]);
  const middle = rowSlice(m, 1, 2);
  assertEquals([middle.rows, middle.cols, ...middle.data], [1, 2, 3, 4]);
  middle.data[0] = 30;
  assertEquals(m.data[2], 30);
  assertEquals(rowSlice(m, 3, 3).rows, 0);
});

Deno.test("rowSlice() refuses rows outside the matrix", () => {
  const m = matrix(3, 1);
  for (const [start, end] of [[-1, 2], [2, 1], [0, 4], [NaN, 2]]) {
    assertThrows(
      () => rowSlice(m, start, end),
      RangeError,
      `rows ${start} to ${end} as the matrix has 3`,
    );
  }
});

Deno.test("requireFinite() names the first bad value and its place", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    const m = matrix(3, 2, [0, 0, 0, 0, 0, bad]);
    assertThrows(
      () => requireFinite("The logits", m),
      RangeError,
      `The logits must be finite: row 2, column 1 is ${bad}`,
    );
  }
  requireFinite("The logits", matrix(1, 2, [Number.MAX_VALUE, -Number.MAX_VALUE]));
});

Deno.test("allFinite() finds the one value that is not, wherever it is", () => {
  for (const n of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    const x = new Float64Array(n).fill(Number.MAX_VALUE);
    assertEquals(allFinite(x), true);
    for (let i = 0; i < n; i++) {
      for (const bad of [NaN, Infinity, -Infinity]) assertEquals(allFinite(x.with(i, bad)), false);
    }
  }
});

Deno.test("fillRows() makes all rows the same, however many there are", () => {
  for (const rows of [0, 1, 2, 3, 7, 8, 9]) {
    const m = matrix(rows, 3, new Float64Array(3 * rows).fill(NaN));
    fillRows(m, Float64Array.of(1, 2, 3));
    assertEquals([...m.data], Array.from({ length: rows }, () => [1, 2, 3]).flat());
  }
});

Deno.test("unset() takes a workspace's own, or zeros where there is none", () => {
  assertEquals(unset(matrix, 2, 3), matrix(2, 3));
  withWorkspace((alloc) => alloc(2, 3).data.fill(7));
  withWorkspace((alloc) => {
    const { data, rows, cols } = unset(alloc, 2, 3);
    assertEquals([data.length, rows, cols], [6, 2, 3]);
    assert(data.buffer === alloc(1, 1).data.buffer);
  });
});
