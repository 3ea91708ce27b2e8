import {
  addScaled,
  attendBackward,
  attendForward,
  matmul,
  matmulTransposeA,
  matmulTransposeB,
  sumRows,
} from "../numeric/kernels/mod.ts";
import {
  type Allocate,
  type Matrix,
  matrix,
  paramAt,
  type Params,
  type Sequences,
  unset,
} from "../numeric/mod.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";
import { gaussian, linear } from "./linear.ts";
import { distanceWaves } from "./relative_positions.ts";

/** What heads attend by, side by side: head h has columns h · d … (h + 1) · d - 1 of each matrix. */
export interface Heads {
  /** [N, D] queries, divided by √d */
  readonly q: Matrix;
  /** [N, D] keys */
  readonly k: Matrix;
  /** [N, D] values */
  readonly v: Matrix;
  /** [N, D] queries of distances, divided by √d; without rows where positions are not relative */
  readonly far: Matrix;
  /** [2L - 1, D] keys of the distances L - 1 … -(L - 1); likewise */
  readonly distances: Matrix;
}

/** What the backward pass of self-attention needs. */
export interface SelfAttentionCache {
  /** The input. */
  readonly x: Sequences;
  /** Queries, keys and values. */
  readonly heads: Heads;
  /** [heads · T, T] for every sequence, head by head: how much each frame attends to each */
  readonly attended: readonly Matrix[];
  /** [N, D] what the heads give, side by side */
  readonly o: Matrix;
  /** [2L - 1, D] sines and cosines of the distances, where positions are relative */
  readonly waves?: Matrix;
}

/**
 * Multi-head self-attention: every frame looks at all frames of its sequence, with each head in a way
 * of its own.
 *
 * q = x Wq + bq, k = x Wk + bk, v = x Wv + bv; of head h, with d = D/heads columns of each:
 * o = softmax(q kᵀ / √d) v; y = o Wo + bo
 *
 * It does not know where frames are, unless positions are relative: then frame t scores frame s by
 * ((q_t + u) k_sᵀ + (q_t + v) (r_{t-s} Wr)ᵀ) / √d with r the sines and cosines of the distance.
 *
 * Weights: Wq, Wk, Wv, Wo [D, D], drawn from Gaussians of deviation 1/√D; bq, bk, bv, bo [1, D], zero.
 * With relative positions also Wr [D, D], likewise, and u, v [1, D], zero.
 *
 * @param D Width of the input and the output.
 * @param heads Number of heads; it divides D.
 * @param options.relative Whether positions are relative; defaults to false.
 * @throws {RangeError} If a size is not a whole number >= 1, or the heads do not divide D.
 *
 * @example
 * ```ts
 * import { selfAttention } from "lib/models/mod.ts";
 * import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = selfAttention(8, 2);
 * const { y } = layer.forward(layer.init(new RandomState(0)), sequences([matrix(5, 8)]));
 * assertEquals([y.frames.rows, y.frames.cols], [5, 8]);
 * ```
 *
 * Source: Vaswani et al. 2017, section 3.2; relative positions, Dai et al. 2019, section 3.3.
 */
export function selfAttention(
  D: number,
  heads: number,
  options: { relative?: boolean } = {},
): Layer<SelfAttentionCache> {
  const { relative = false } = options;
  const name = `selfAttention(${D}, ${heads})`;
  requireUnits(name, "D", D);
  requireUnits(name, "heads", heads);
  if (D % heads !== 0) {
    throw new RangeError(
      `Cannot make ${name} as heads must divide D = ${D}: current value is ${heads}`,
    );
  }
  const project = linear(D, D), scale = 1 / Math.sqrt(D / heads);
  const named = (params: Params, letter: string) => ({
    W: paramAt(params, `W${letter}`, D, D),
    b: paramAt(params, `b${letter}`, 1, D),
  });
  return {
    inputs: D,
    outputs: D,
    frames: (T) => T,
    init(rng) {
      const W = () => gaussian(rng, D, D, 1 / Math.sqrt(D)), b = () => matrix(1, D);
      const params = { Wq: W(), Wk: W(), Wv: W(), Wo: W(), bq: b(), bk: b(), bv: b(), bo: b() };
      return relative ? { ...params, Wr: W(), u: b(), v: b() } : params;
    },
    forward(params, x, { alloc = matrix } = {}) {
      requireWidth(name, x, D);
      const [q, k, v] = ["q", "k", "v"].map((letter) =>
        project.forward(named(params, letter), x, { alloc }).y.frames
      );
      const query = (name: string) =>
        shifted(q, relative ? paramAt(params, name, 1, D).data : undefined, scale, alloc);
      const waves = relative ? distanceWaves(longest(x.offsets), D, alloc) : undefined;
      const all: Heads = {
        q: query("u"),
        k,
        v,
        far: waves ? query("v") : alloc(0, D),
        distances: waves ? product(waves, paramAt(params, "Wr", D, D), alloc) : alloc(0, D),
      };
      const o = alloc(q.rows, D);
      const attended = eachSequence(x.offsets, (T, rows, apart) => {
        const p = unset(alloc, heads * T, T), { q, k, v, far, distances } = all;
        const given = [rows(q), rows(k), rows(v), rows(far), apart(distances)] as const;
        attendForward(rows(o), p.data, ...given, T, D, heads);
        return p;
      });
      const { y } = project.forward(named(params, "o"), { ...x, frames: o }, { alloc });
      return { y, cache: { x, heads: all, attended, o, waves } };
    },
    backward(params, { x, heads: all, attended, o, waves }, dy, { alloc = matrix } = {}) {
      requireWidth(`${name} backwards`, dy, D, x.frames.rows);
      const ofO = project.backward(named(params, "o"), { x: { ...x, frames: o } }, dy, { alloc });
      const like = (m: Matrix) => alloc(m.rows, m.cols);
      const { q, k, v, far, distances } = all;
      const [dNear, dk, dv, dFar, dDistances] = [q, k, v, far, distances].map(like);
      const dO = ofO.dx().frames;
      let b = 0;
      eachSequence(x.offsets, (T, rows, apart) => {
        const into = [rows(dNear), rows(dk), rows(dv), rows(dFar), apart(dDistances)] as const;
        const given = [rows(q), rows(k), rows(v), rows(far), apart(distances)] as const;
        attendBackward(...into, rows(dO), attended[b++].data, ...given, T, D, heads);
      });
      const grads: Params = {};
      if (waves) {
        grads.u = rowSum(dNear, scale, alloc);
        grads.v = rowSum(dFar, scale, alloc);
        grads.Wr = alloc(D, D);
        matmulTransposeA(grads.Wr.data, waves.data, dDistances.data, D, waves.rows, D);
        addScaled(dNear.data, dNear.data, dFar.data, 1);
      }
      const dq = shifted(dNear, undefined, scale, alloc);
      const above = { q: dq, k: dk, v: dv };
      for (const [letter, frames] of Object.entries(above)) {
        const weights = named(params, letter);
        const back = project.backward(weights, { x }, { ...x, frames }, { alloc });
        grads[`W${letter}`] = back.grads.W;
        grads[`b${letter}`] = back.grads.b;
      }
      return {
        grads: { ...grads, Wo: ofO.grads.W, bo: ofO.grads.b },
        dx() {
          const dx = unset(alloc, x.frames.rows, D);
          let start: Float64Array | undefined = new Float64Array(D);
          for (const [letter, frames] of Object.entries(above)) {
            const { data: W } = paramAt(params, `W${letter}`, D, D);
            matmulTransposeB(dx.data, frames.data, W, dx.rows, D, D, start);
            start = undefined;
          }
          return { frames: dx, offsets: x.offsets };
        },
      };
    },
  };
}

/** (m + shift) · factor, the same shift for every row. */
function shifted(
  { data, rows, cols }: Matrix,
  shift: Float64Array | undefined,
  factor: number,
  alloc: Allocate,
): Matrix {
  const out = unset(alloc, rows, cols), add = shift ?? new Float64Array(cols);
  for (let at = 0; at < data.length; at += cols) {
    for (let j = 0; j < cols; j++) out.data[at + j] = (data[at + j] + add[j]) * factor;
  }
  return out;
}

/** Frames of the longest sequence. */
function longest(offsets: Int32Array): number {
  let L = 0;
  for (let b = 0; b + 1 < offsets.length; b++) L = Math.max(L, offsets[b + 1] - offsets[b]);
  return L;
}

/**
 * Visits every sequence of T frames; `rows` gives its part of a matrix of all frames, `apart` that of
 * a matrix of the distances of the longest.
 */
function eachSequence<R>(
  offsets: Int32Array,
  visit: (
    T: number,
    rows: (m: Matrix) => Float64Array,
    apart: (m: Matrix) => Float64Array,
  ) => R,
): R[] {
  const L = longest(offsets);
  return Array.from({ length: offsets.length - 1 }, (_, b) => {
    const start = offsets[b], end = offsets[b + 1], T = end - start;
    return visit(
      T,
      ({ data, cols }) => data.subarray(start * cols, end * cols),
      ({ data, cols }) => data.subarray((L - T) * cols, (L + T - 1) * cols),
    );
  });
}

function product(a: Matrix, b: Matrix, alloc: Allocate): Matrix {
  const out = alloc(a.rows, b.cols);
  matmul(out.data, a.data, b.data, a.rows, a.cols, b.cols);
  return out;
}

/** factor · the sum of the rows */
function rowSum({ data, rows, cols }: Matrix, factor: number, alloc: Allocate): Matrix {
  const out = alloc(1, cols);
  sumRows(out.data, data, rows, cols);
  for (let j = 0; j < cols; j++) out.data[j] *= factor;
  return out;
}
