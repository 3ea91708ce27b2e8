import { matmul, matmulTransposeA, matmulTransposeB, sumRows } from "../numeric/kernels/mod.ts";
import {
  type Allocate,
  type Matrix,
  matrix,
  paramAt,
  type Params,
  type Sequences,
} from "../numeric/mod.ts";
import { attend, attendBackward, type Attended, type Heads, longest } from "./attention_heads.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";
import { gaussian, linear } from "./linear.ts";
import { distanceWaves } from "./relative_positions.ts";

/** What the backward pass of self-attention needs. */
export interface SelfAttentionCache {
  /** The input. */
  readonly x: Sequences;
  /** Queries, keys and values by head. */
  readonly heads: Heads;
  /** [T, T] how much each frame attends to each, for every sequence and head in turn */
  readonly attended: Attended;
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
      const split = (m: Matrix, shift?: Matrix, factor = 1) =>
        byHead(m, heads, factor, shift?.data, alloc);
      const waves = relative ? distanceWaves(longest(x.offsets), D, alloc) : undefined;
      const queries = {
        q: split(q, relative ? paramAt(params, "u", 1, D) : undefined, scale),
        k: split(k),
        v: split(v),
      };
      const all: Heads = !waves ? queries : {
        ...queries,
        distance: {
          q: split(q, paramAt(params, "v", 1, D), scale),
          k: split(product(waves, paramAt(params, "Wr", D, D), alloc)),
        },
      };
      const given = alloc(heads * q.rows, D / heads);
      const attended = attend(given, all, x.offsets, heads, alloc);
      const o = sideBySide(given, heads, 1, alloc);
      const { y } = project.forward(named(params, "o"), { ...x, frames: o }, { alloc });
      return { y, cache: { x, heads: all, attended, o, waves } };
    },
    backward(params, { x, heads: all, attended, o, waves }, dy, { alloc = matrix } = {}) {
      requireWidth(`${name} backwards`, dy, D, x.frames.rows);
      const ofO = project.backward(named(params, "o"), { x: { ...x, frames: o } }, dy, { alloc });
      const zeros = (m: Matrix) => alloc(m.rows, m.cols);
      const { q, k, v, distance } = all;
      const dHeads: Heads = {
        q: zeros(q),
        k: zeros(k),
        v: zeros(v),
        distance: distance && { q: zeros(distance.q), k: zeros(distance.k) },
      };
      const dO = byHead(ofO.dx().frames, heads, 1, undefined, alloc);
      attendBackward(dHeads, dO, all, attended, x.offsets, heads, alloc);
      const joined = (m: Matrix, factor = 1) => sideBySide(m, heads, factor, alloc);
      const dq = joined(dHeads.q, scale), grads: Params = {};
      if (waves && dHeads.distance) {
        const dDistance = joined(dHeads.distance.q, scale);
        grads.u = rowSum(dq, alloc);
        grads.v = rowSum(dDistance, alloc);
        grads.Wr = alloc(D, D);
        const dKeys = joined(dHeads.distance.k).data;
        matmulTransposeA(grads.Wr.data, waves.data, dKeys, D, waves.rows, D);
        for (let i = 0; i < dq.data.length; i++) dq.data[i] += dDistance.data[i];
      }
      const above = { q: dq, k: joined(dHeads.k), v: joined(dHeads.v) };
      for (const [letter, frames] of Object.entries(above)) {
        const weights = named(params, letter);
        const back = project.backward(weights, { x }, { ...x, frames }, { alloc });
        grads[`W${letter}`] = back.grads.W;
        grads[`b${letter}`] = back.grads.b;
      }
      return {
        grads: { ...grads, Wo: ofO.grads.W, bo: ofO.grads.b },
        dx() {
          const dx = alloc(x.frames.rows, D);
          for (const [letter, frames] of Object.entries(above)) {
            const { data: W } = paramAt(params, `W${letter}`, D, D);
            matmulTransposeB(dx.data, frames.data, W, dx.rows, D, D);
          }
          return { frames: dx, offsets: x.offsets };
        },
      };
    },
  };
}

/** (m + shift) · factor with the heads, which are side by side, one below the other. */
function byHead(
  m: Matrix,
  heads: number,
  factor: number,
  shift: Float64Array | undefined,
  alloc: Allocate,
): Matrix {
  const { data, rows: N, cols: D } = m, d = D / heads, out = alloc(heads * N, d);
  for (let h = 0, to = 0; h < heads; h++) {
    for (let n = 0; n < N; n++) {
      const from = n * D + h * d;
      for (let j = 0; j < d; j++, to++) {
        out.data[to] = (data[from + j] + (shift ? shift[h * d + j] : 0)) * factor;
      }
    }
  }
  return out;
}

/** m · factor with the heads, which are one below the other, side by side. */
function sideBySide(m: Matrix, heads: number, factor: number, alloc: Allocate): Matrix {
  const { data, rows, cols: d } = m, N = rows / heads, D = heads * d, out = alloc(N, D);
  for (let h = 0, from = 0; h < heads; h++) {
    for (let n = 0; n < N; n++) {
      const to = n * D + h * d;
      for (let j = 0; j < d; j++, from++) out.data[to + j] = factor * data[from];
    }
  }
  return out;
}

function product(a: Matrix, b: Matrix, alloc: Allocate): Matrix {
  const out = alloc(a.rows, b.cols);
  matmul(out.data, a.data, b.data, a.rows, a.cols, b.cols);
  return out;
}

function rowSum({ data, rows, cols }: Matrix, alloc: Allocate): Matrix {
  const out = alloc(1, cols);
  sumRows(out.data, data, rows, cols);
  return out;
}
