import type { Params } from "../numeric/mod.ts";

/** Names and shapes of weights, in their order. */
export type Shapes = readonly (readonly [name: string, rows: number, cols: number])[];

/** The shapes of weights. */
export function shapesOf(params: Params): Shapes {
  return Object.entries(params).map(([name, { rows, cols }]) => [name, rows, cols]);
}

/** Memory for weights of these shapes, which several workers may see at once. */
export function sharedRoom(shapes: Shapes): SharedArrayBuffer {
  return new SharedArrayBuffer(8 * shapes.reduce((sum, [, rows, cols]) => sum + rows * cols, 0));
}

/** Weights of these shapes that lie in shared memory, one after the other. */
export function paramsIn(room: SharedArrayBuffer, shapes: Shapes): Params {
  // The type of a matrix knows its own memory alone; kernels read and copy from either.
  const buffer = room as unknown as ArrayBuffer;
  let at = 0;
  return Object.fromEntries(shapes.map(([name, rows, cols]) => {
    const data = new Float64Array(buffer, at, rows * cols);
    at += data.byteLength;
    return [name, { data, rows, cols }];
  }));
}

/** Copies values under the same names. */
export function copyInto(to: Params, from: Params): void {
  for (const [name, { data }] of Object.entries(to)) data.set(from[name].data);
}
