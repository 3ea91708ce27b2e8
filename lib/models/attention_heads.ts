import {
  matmul,
  matmulTransposeA,
  matmulTransposeB,
  softmax,
  softmaxBackward,
} from "../numeric/kernels/mod.ts";
import { type Allocate, type Matrix, matrix } from "../numeric/mod.ts";
import { addByDistance, spreadByDistance } from "./relative_positions.ts";

/** What heads attend by, each a [heads · N, d] matrix: all frames of the first head, then the next. */
export interface Heads {
  /** Queries, already divided by √d. */
  readonly q: Matrix;
  /** Keys. */
  readonly k: Matrix;
  /** Values. */
  readonly v: Matrix;
  /** For relative positions: queries of distances, and keys [heads · (2L - 1), d] of each. */
  readonly distance?: { readonly q: Matrix; readonly k: Matrix };
}

/** For every sequence and head in turn, [T, T] how much each frame attends to each. */
export type Attended = readonly Matrix[];

/**
 * o = softmax(q kᵀ) v for every sequence and head.
 *
 * @param o [heads · N, d], added to
 */
export function attend(
  o: Matrix,
  { q, k, v, distance }: Heads,
  offsets: Int32Array,
  heads: number,
  alloc: Allocate = matrix,
): Attended {
  const L = longest(offsets);
  const scores = distance && alloc(L, 2 * L - 1);
  return eachHead(offsets, heads, (place, T, h) => {
    const d = q.cols, p = alloc(T, T), rows = (m: Matrix) => rowsOf(m, place, T);
    matmulTransposeB(p.data, rows(q), rows(k), T, d, T);
    if (distance && scores) {
      const byDistance = scores.data.subarray(0, T * (2 * T - 1)).fill(0);
      const keys = distanceKeys(distance.k, L, T, h);
      matmulTransposeB(byDistance, rows(distance.q), keys, T, d, 2 * T - 1);
      addByDistance(p.data, byDistance, T);
    }
    softmax(p.data, p.data, T, T);
    matmul(rows(o), p.data, rows(v), T, T, d);
    return p;
  });
}

/** Gradients of {@link attend}, added to those of `grads`, from `dO` [heads · N, d]. */
export function attendBackward(
  grads: Heads,
  dO: Matrix,
  { q, k, v, distance }: Heads,
  attended: Attended,
  offsets: Int32Array,
  heads: number,
  alloc: Allocate = matrix,
): void {
  const L = longest(offsets);
  const dScores = alloc(L, L), dDistance = distance && alloc(L, 2 * L - 1);
  let n = 0;
  eachHead(offsets, heads, (place, T, h) => {
    const d = q.cols, p = attended[n++].data, rows = (m: Matrix) => rowsOf(m, place, T);
    const ds = dScores.data.subarray(0, T * T).fill(0);
    matmulTransposeB(ds, rows(dO), rows(v), T, d, T);
    matmulTransposeA(rows(grads.v), p, rows(dO), T, T, d);
    softmaxBackward(ds, p, ds, T, T);
    matmul(rows(grads.q), ds, rows(k), T, T, d);
    matmulTransposeA(rows(grads.k), ds, rows(q), T, T, d);
    if (!distance || !dDistance || !grads.distance) return;
    const byDistance = dDistance.data.subarray(0, T * (2 * T - 1));
    spreadByDistance(byDistance, ds, T);
    const keys = distanceKeys(distance.k, L, T, h), dKeys = distanceKeys(grads.distance.k, L, T, h);
    matmul(rows(grads.distance.q), byDistance, keys, T, 2 * T - 1, d);
    matmulTransposeA(dKeys, byDistance, rows(distance.q), 2 * T - 1, T, d);
  });
}

/** Frames of the longest sequence. */
export function longest(offsets: Int32Array): number {
  let L = 0;
  for (let b = 0; b + 1 < offsets.length; b++) L = Math.max(L, offsets[b + 1] - offsets[b]);
  return L;
}

/** Visits head h of every sequence of T frames: its rows start at `place` in a matrix of all heads. */
function eachHead<R>(
  offsets: Int32Array,
  heads: number,
  visit: (place: number, T: number, h: number) => R,
): R[] {
  const results: R[] = [], B = offsets.length - 1, N = offsets[B];
  for (let b = 0; b < B; b++) {
    const T = offsets[b + 1] - offsets[b];
    for (let h = 0; h < heads; h++) results.push(visit(h * N + offsets[b], T, h));
  }
  return results;
}

function rowsOf({ data, cols }: Matrix, place: number, T: number): Float64Array {
  return data.subarray(place * cols, (place + T) * cols);
}

/** Of the keys of head h, those of distances T - 1 … -(T - 1). */
function distanceKeys(keys: Matrix, L: number, T: number, h: number): Float64Array {
  return rowsOf(keys, h * (2 * L - 1) + L - T, 2 * T - 1);
}
