import { arena } from "./kernels/mod.ts";
import { type Allocate, matrix } from "./matrix.ts";

/**
 * Runs `work` with an allocator whose matrices live only until `work` returns. They are where the
 * kernels work best, and the same bytes are handed out again the next time, so that a training
 * leaves no garbage. Where the room is full, matrices come from the heap.
 *
 * Calls may be nested. No matrix may be kept after the call, so `work` must not be asynchronous.
 *
 * @returns What `work` returns.
 *
 * @example
 * ```ts
 * import { withWorkspace } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const sum = withWorkspace((alloc) => {
 *   const m = alloc(2, 3);
 *   m.data.fill(7);
 *   return m.data.reduce((a, b) => a + b);
 * });
 * assertEquals(sum, 42);
 * ```
 */
export function withWorkspace<T>(work: (alloc: Allocate) => T): T {
  const room = arena;
  const mark = room.mark();
  try {
    const unset = (rows: number, cols: number) => {
      const fits = Number.isInteger(rows) && Number.isInteger(cols) && rows >= 0 && cols >= 0;
      const at = fits ? room.take(8 * rows * cols) : -1;
      if (at < 0) return matrix(rows, cols);
      return { data: new Float64Array(room.buffer, at, rows * cols), rows, cols };
    };
    const zeros = (rows: number, cols: number) => {
      const m = unset(rows, cols);
      m.data.fill(0);
      return m;
    };
    return work(Object.assign(zeros, { unset }));
  } finally {
    room.release(mark);
  }
}
