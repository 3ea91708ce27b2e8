import { matmul, matmulTransposeA, matmulTransposeB } from "../numeric/kernels/mod.ts";
import { type Allocate, type Matrix, matrix, unset } from "../numeric/mod.ts";
import { copyColumns } from "./columns.ts";
import type { WindowProducts } from "./convolution.ts";
import { fold, type Patches, unfold, windowCount, type Windows } from "./windows.ts";

/** Frames [F, C], the windows over them, and how many groups of columns are kept apart. */
export interface UnfoldedShape {
  readonly F: number;
  readonly C: number;
  readonly time: Windows;
  readonly frequency: Windows;
  readonly groups: number;
}

/** Products of windows laid out as rows: one product for every group of columns. */
export function unfoldedProducts({ groups, ...shape }: UnfoldedShape): WindowProducts {
  const { C, F, time, frequency } = shape;
  const width = C / groups, places = windowCount(F, frequency);
  const size = time.kernel * frequency.kernel * width;
  const patches: Patches[] = Array.from(
    { length: groups },
    (_, g) => ({ ...shape, from: g * width, to: (g + 1) * width }),
  );
  return {
    forward(y, x, W, offsets, alloc) {
      const N = y.rows * places;
      return patches.map((patch, g) => {
        const rows = alloc(N, size);
        unfold(rows.data, x.frames.data, x.offsets, offsets, patch);
        // y is a row of channels for every window, whatever the frames it is cut into.
        const out = part({ ...y, rows: N, cols: W.cols }, g, groups, alloc);
        matmul(out.data, rows.data, part(W, g, groups, alloc).data, N, size, out.cols);
        if (groups > 1) {
          copyColumns({ ...y, rows: N, cols: W.cols }, g * out.cols, out, 0, out.cols);
        }
        return rows;
      });
    },
    gradients(dW, dy, { windows }, alloc) {
      windows.forEach((rows, g) => {
        const above = part({ ...dy, rows: rows.rows, cols: dW.cols }, g, groups, alloc);
        const out = groups === 1 ? dW : alloc(size, above.cols);
        matmulTransposeA(out.data, rows.data, above.data, size, rows.rows, above.cols);
        if (groups > 1) copyColumns(dW, g * out.cols, out, 0, out.cols);
      });
    },
    backward(dx, dy, W, { x, offsets }, alloc) {
      const N = dy.rows * places;
      patches.forEach((patch, g) => {
        const above = part({ ...dy, rows: N, cols: W.cols }, g, groups, alloc);
        const dRows = alloc(N, size);
        matmulTransposeB(
          dRows.data,
          above.data,
          part(W, g, groups, alloc).data,
          N,
          above.cols,
          size,
        );
        fold(dx.data, dRows.data, x.offsets, offsets, patch);
      });
    },
  };
}

/** The columns of group g, copied where there are several groups. */
function part(m: Matrix, g: number, groups: number, alloc: Allocate = matrix): Matrix {
  if (groups === 1) return m;
  const n = m.cols / groups, out = unset(alloc, m.rows, n);
  copyColumns(out, 0, m, g * n, n);
  return out;
}
