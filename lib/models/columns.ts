import * as kernels from "../numeric/kernels/mod.ts";
import type { Matrix } from "../numeric/mod.ts";

/**
 * to[:, toAt … toAt + n) = from[:, fromAt … fromAt + n), for matrices of as many rows.
 *
 * @param offsets [B + 1] where sequences start and end; defaults to one sequence.
 * @param reverse Whether each sequence's last frame comes first; defaults to false.
 */
export function copyColumns(
  to: Matrix,
  toAt: number,
  from: Matrix,
  fromAt: number,
  n: number,
  offsets: Int32Array = Int32Array.of(0, from.rows),
  reverse: boolean = false,
): void {
  kernels.copyColumns(to.data, to.cols, toAt, from.data, from.cols, fromAt, n, offsets, reverse);
}
