import { inGiB } from "./room.ts";

/** A dense matrix of doubles, row-major: entry (r, c) is `data[r * cols + c]`. */
export interface Matrix {
  /** [rows, cols], row-major */
  readonly data: Float64Array<ArrayBuffer>;
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly cols: number;
}

/** Where a layer or criterion gets its new matrices from; defaults to {@link matrix}. */
export interface Allocate {
  /** A matrix of zeros. */
  (rows: number, cols: number): Matrix;
  /** A matrix of any content; where it is missing, of zeros. See {@link unset}. */
  readonly unset?: (rows: number, cols: number) => Matrix;
}

/** A new matrix of any content, for whoever writes all of its values. */
export function unset(alloc: Allocate, rows: number, cols: number): Matrix {
  return (alloc.unset ?? alloc)(rows, cols);
}

/**
 * Makes a matrix of zeros, or of `data` read row by row.
 *
 * A `Float64Array` becomes the matrix's own storage; any other array is copied.
 *
 * @param rows Number of rows, a whole number >= 0.
 * @param cols Number of columns, a whole number >= 0.
 * @param data `rows * cols` numbers, row-major; defaults to zeros.
 * @throws {RangeError} If a size is not a whole number >= 0, `data` has another length, or there is
 * not memory enough.
 *
 * @example
 * ```ts
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const m = matrix(2, 3, [1, 2, 3, 4, 5, 6]);
 * assertEquals(m.data[1 * m.cols + 2], 6);
 * ```
 */
export function matrix(rows: number, cols: number, data?: ArrayLike<number>): Matrix {
  requireSize("rows", rows);
  requireSize("cols", cols);
  if (data === undefined) return { data: zeros(rows, cols), rows, cols };
  if (data.length !== rows * cols) {
    throw new RangeError(
      `Cannot make a ${rows} x ${cols} matrix as data must have ${rows * cols} values: ` +
        `it has ${data.length}`,
    );
  }
  const owned = data instanceof Float64Array && data.buffer instanceof ArrayBuffer
    ? data as Float64Array<ArrayBuffer>
    : Float64Array.from(data);
  return { data: owned, rows, cols };
}

/**
 * Rows `start … end - 1` of a matrix, as a view on the same storage.
 *
 * @throws {RangeError} If the range does not lie inside the matrix.
 */
export function rowSlice(m: Matrix, start: number, end: number): Matrix {
  if (!(start >= 0 && start <= end && end <= m.rows)) {
    throw new RangeError(
      `Cannot take rows ${start} to ${end} as the matrix has ${m.rows} rows`,
    );
  }
  return { data: m.data.subarray(start * m.cols, end * m.cols), rows: end - start, cols: m.cols };
}

/** Makes every row of a matrix the same: m[r, :] = row. */
export function fillRows({ data }: Matrix, row: Float64Array): void {
  if (data.length === 0) return;
  data.set(row);
  // What is there is copied behind itself: one call for each power of two of rows.
  for (let n = row.length; n < data.length; n *= 2) data.copyWithin(n, 0, n);
}

/** Whether no value is NaN or ±Infinity: x - x is 0 for the others, and NaN for these. */
export function allFinite(x: Float64Array): boolean {
  // Four sums, so that none waits for the one before it.
  let a = 0, b = 0, c = 0, d = 0, i = 0;
  for (; i + 4 <= x.length; i += 4) {
    a += x[i] - x[i];
    b += x[i + 1] - x[i + 1];
    c += x[i + 2] - x[i + 2];
    d += x[i + 3] - x[i + 3];
  }
  for (; i < x.length; i++) a += x[i] - x[i];
  return a + b + c + d === 0;
}

/**
 * Checks that every entry is a finite number.
 *
 * @param name What the matrix is, for the message.
 * @throws {RangeError} Naming the first entry that is NaN or ±Infinity, and its place, or how many
 * there are where it is not rows · cols.
 */
export function requireFinite(name: string, m: Matrix): void {
  const { data, rows, cols } = m;
  if (data.length !== rows * cols) {
    throw new RangeError(
      `${name} must be ${rows} x ${cols} = ${rows * cols} values: there are ${data.length}`,
    );
  }
  if (allFinite(data)) return;
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) {
      throw new RangeError(
        `${name} must be finite: row ${Math.floor(i / cols)}, column ${i % cols} is ${data[i]}`,
      );
    }
  }
}

function zeros(rows: number, cols: number): Float64Array<ArrayBuffer> {
  try {
    return new Float64Array(rows * cols);
  } catch {
    throw new RangeError(
      `Cannot make a ${rows} x ${cols} matrix as it does not fit into memory: ` +
        `it takes ${inGiB(8 * rows * cols)}`,
    );
  }
}

function requireSize(name: string, size: number): void {
  if (!Number.isInteger(size) || size < 0) {
    throw new RangeError(
      `Cannot make a matrix as ${name} must be a whole number >= 0: current value is ${size}`,
    );
  }
}
