import type { Matrix } from "../numeric/mod.ts";

/** to[:, toAt … toAt + n) = from[:, fromAt … fromAt + n), for matrices of as many rows. */
export function copyColumns(
  to: Matrix,
  toAt: number,
  from: Matrix,
  fromAt: number,
  n: number,
): void {
  for (let r = 0; r < to.rows; r++) {
    const place = r * to.cols + toAt, source = r * from.cols + fromAt;
    for (let j = 0; j < n; j++) to.data[place + j] = from.data[source + j];
  }
}
