import type { Matrix, Params } from "../numeric/mod.ts";

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

/** Numbers in shared memory, as kernels and layers take them. */
export function sharedArray(room: SharedArrayBuffer, at: number, length: number): Matrix["data"] {
  // The type of a matrix knows memory of its own alone; whoever reads or copies takes either.
  return new Float64Array(room as unknown as ArrayBuffer, at, length);
}

/** Weights of these shapes that lie in shared memory, one after the other. */
export function paramsIn(room: SharedArrayBuffer, shapes: Shapes): Params {
  let at = 0;
  return Object.fromEntries(shapes.map(([name, rows, cols]) => {
    const data = sharedArray(room, at, rows * cols);
    at += data.byteLength;
    return [name, { data, rows, cols }];
  }));
}

/** Copies values under the same names. */
export function copyInto(to: Params, from: Params): void {
  for (const [name, { data }] of Object.entries(to)) data.set(from[name].data);
}
