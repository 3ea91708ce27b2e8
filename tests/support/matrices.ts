import { assert, assertEquals } from "@std/assert";
import {
  type Matrix,
  matrix,
  type RandomState,
  type Sequences,
  sequences,
} from "lib/numeric/mod.ts";

/** A matrix from its rows; a plain row of numbers becomes a matrix of one row. */
export function fromRows(rows: readonly number[] | readonly (readonly number[])[]): Matrix {
  const table = (Array.isArray(rows[0]) ? rows : [rows]) as readonly (readonly number[])[];
  return matrix(table.length, table[0].length, table.flat());
}

/** Gaussian entries of the given deviation, drawn row by row. */
export function randomMatrix(
  rng: RandomState,
  rows: number,
  cols: number,
  deviation = 1,
): Matrix {
  return matrix(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => deviation * rng.randn()),
  );
}

/** A batch of sequences of the given lengths with Gaussian features. */
export function randomSequences(
  rng: RandomState,
  lengths: readonly number[],
  D: number,
): Sequences {
  return sequences(lengths.map((T) => randomMatrix(rng, T, D)));
}

export function transposed({ data, rows, cols }: Matrix): Matrix {
  return matrix(
    cols,
    rows,
    Float64Array.from(
      { length: data.length },
      (_, i) => data[(i % rows) * cols + (i - i % rows) / rows],
    ),
  );
}

/** |actual - expected| <= tolerance at every place; NaN is close to nothing. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = "the array",
): void {
  assertEquals(actual.length, expected.length, `${what} has another length`);
  for (let i = 0; i < expected.length; i++) {
    assert(
      actual[i] === expected[i] || Math.abs(actual[i] - expected[i]) <= tolerance,
      `${what}: entry ${i} is ${actual[i]}, not ${expected[i]} within ${tolerance}`,
    );
  }
}

/** Same shape, and entries as {@link assertClose} wants them. */
export function assertMatrixClose(
  actual: Matrix,
  expected: Matrix,
  tolerance: number,
  what = "the matrix",
): void {
  assertEquals(
    [actual.rows, actual.cols],
    [expected.rows, expected.cols],
    `${what} has another shape`,
  );
  assertClose(actual.data, expected.data, tolerance, what);
}

/** The sum of every row. */
export function rowSums({ data, rows, cols }: Matrix): number[] {
  return Array.from(
    { length: rows },
    (_, r) => data.subarray(r * cols, (r + 1) * cols).reduce((a, b) => a + b, 0),
  );
}

/** √ Σ m² over all entries. */
export function frobenius({ data }: Matrix): number {
  return Math.sqrt(data.reduce((sum, value) => sum + value * value, 0));
}

/** (f(+ε) - f(-ε)) / 2ε at every place of `data`, which is left as it was. */
export function centralDifferences(
  f: () => number,
  data: Float64Array,
  epsilon = 1e-5,
): Float64Array {
  return data.map((value, i) => {
    data[i] = value + epsilon;
    const above = f();
    data[i] = value - epsilon;
    const below = f();
    data[i] = value;
    return (above - below) / (2 * epsilon);
  });
}
