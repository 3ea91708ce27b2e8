import {
  matmul,
  matmulTransposeA,
  matmulTransposeB,
  softmax,
  softmaxBackward,
  sumRows,
} from "../numeric/kernels/mod.ts";
import {
  type Allocate,
  type Matrix,
  matrix,
  paramAt,
  type Params,
  type RandomState,
} from "../numeric/mod.ts";
import { requireUnits } from "./layer.ts";
import { gaussian } from "./linear.ts";

/** What the backward pass of additive attention needs. */
export interface AdditiveAttentionCache {
  /** [T, D] what is attended to */
  readonly h: Matrix;
  /** [n, Q] queries */
  readonly q: Matrix;
  /** [n · T, A] tanh(q W + h U + b), for every query and frame */
  readonly hidden: Matrix;
  /** [n, T] how much each query attends to each frame */
  readonly weights: Matrix;
}

/** Attention of queries to the frames of one sequence; see {@link additiveAttention}. */
export interface AdditiveAttention {
  /** Draws new weights. */
  init(rng: RandomState): Params;
  /** What every query hears, y [n, D], and how much of each frame, weights [n, T]. */
  forward(
    params: Params,
    h: Matrix,
    q: Matrix,
    ctx?: { alloc?: Allocate },
  ): { y: Matrix; weights: Matrix; cache: AdditiveAttentionCache };
  /** Gradients of weights, frames and queries from `dy` [n, D]. */
  backward(
    params: Params,
    cache: AdditiveAttentionCache,
    dy: Matrix,
    ctx?: { alloc?: Allocate },
  ): { grads: Params; dh: Matrix; dq: Matrix };
}

/**
 * Additive attention: a query hears a mean of all frames, weighed by a small network.
 *
 * e_t = v · tanh(q W + h_t U + b), a = softmax(e), y = Σ_t a_t h_t
 *
 * Weights: W [Q, A] and U [D, A], drawn from Gaussians of deviation 1/√Q and 1/√D; b [1, A], zero;
 * v [1, A], of deviation 1/√A.
 *
 * @param Q Width of a query.
 * @param D Width of a frame, and of what comes out.
 * @param A Width of the network's hidden layer.
 * @throws {RangeError} If a size is not a whole number >= 1; forwards and backwards, if a matrix has
 * another shape.
 *
 * @example
 * ```ts
 * import { additiveAttention } from "lib/models/mod.ts";
 * import { matrix, RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const attention = additiveAttention(2, 1, 4), params = attention.init(new RandomState(0));
 * const { y, weights } = attention.forward(params, matrix(3, 1, [5, 5, 5]), matrix(1, 2));
 * assertEquals([y.data.length, weights.cols], [1, 3]);
 * ```
 *
 * Source: Bahdanau et al. 2015, "Neural Machine Translation by Jointly Learning to Align and
 * Translate", section 3.1 and appendix A.1.2.
 */
export function additiveAttention(Q: number, D: number, A: number): AdditiveAttention {
  const name = `additiveAttention(${Q}, ${D}, ${A})`;
  for (const [size, value] of Object.entries({ Q, D, A })) requireUnits(name, size, value);
  const shapes = { W: [Q, A], U: [D, A], b: [1, A], v: [1, A] } as const;
  const at = (params: Params, key: keyof typeof shapes) => {
    const [rows, cols] = shapes[key];
    return paramAt(params, key, rows, cols).data;
  };
  const requireShape = (what: string, m: Matrix, cols: number, rows = m.rows) => {
    if (m.cols === cols && m.rows === rows && rows > 0) return;
    throw new RangeError(
      `Cannot run ${name} as ${what} must be at least 1 row of ${cols} values` +
        `${rows === m.rows ? "" : `, ${rows} of them`}: they are ${m.rows} of ${m.cols}`,
    );
  };
  return {
    init: (rng) => ({
      W: gaussian(rng, Q, A, 1 / Math.sqrt(Q)),
      U: gaussian(rng, D, A, 1 / Math.sqrt(D)),
      b: matrix(1, A),
      v: gaussian(rng, 1, A, 1 / Math.sqrt(A)),
    }),
    forward(params, h, q, { alloc = matrix } = {}) {
      requireShape("frames", h, D);
      requireShape("queries", q, Q);
      const T = h.rows, n = q.rows, b = at(params, "b");
      const keys = alloc(T, A), asked = alloc(n, A), hidden = alloc(n * T, A);
      for (let t = 0; t < T; t++) keys.data.set(b, t * A);
      matmul(keys.data, h.data, at(params, "U"), T, D, A);
      matmul(asked.data, q.data, at(params, "W"), n, Q, A);
      for (let i = 0, to = 0; i < n; i++) {
        for (let t = 0; t < T; t++) {
          for (let a = 0; a < A; a++, to++) {
            hidden.data[to] = Math.tanh(asked.data[i * A + a] + keys.data[t * A + a]);
          }
        }
      }
      const weights = alloc(n, T), y = alloc(n, D);
      matmul(weights.data, hidden.data, at(params, "v"), n * T, A, 1);
      softmax(weights.data, weights.data, n, T);
      matmul(y.data, weights.data, h.data, n, T, D);
      return { y, weights, cache: { h, q, hidden, weights } };
    },
    backward(params, { h, q, hidden, weights }, dy, { alloc = matrix } = {}) {
      requireShape("gradients", dy, D, q.rows);
      const T = h.rows, n = q.rows, v = at(params, "v");
      const dScores = alloc(n, T), dh = alloc(T, D), dq = alloc(n, Q);
      matmulTransposeB(dScores.data, dy.data, h.data, n, D, T);
      softmaxBackward(dScores.data, weights.data, dScores.data, n, T);
      matmulTransposeA(dh.data, weights.data, dy.data, T, n, D);
      const dv = alloc(1, A), dKeys = alloc(T, A), dAsked = alloc(n, A);
      matmul(dv.data, dScores.data, hidden.data, 1, n * T, A);
      for (let i = 0, from = 0; i < n; i++) {
        for (let t = 0; t < T; t++) {
          const d = dScores.data[i * T + t];
          for (let a = 0; a < A; a++, from++) {
            const dz = d * v[a] * (1 - hidden.data[from] * hidden.data[from]);
            dAsked.data[i * A + a] += dz;
            dKeys.data[t * A + a] += dz;
          }
        }
      }
      const dW = alloc(Q, A), dU = alloc(D, A), db = alloc(1, A);
      matmulTransposeA(dW.data, q.data, dAsked.data, Q, n, A);
      matmulTransposeA(dU.data, h.data, dKeys.data, D, T, A);
      sumRows(db.data, dKeys.data, T, A);
      matmulTransposeB(dq.data, dAsked.data, at(params, "W"), n, A, Q);
      matmulTransposeB(dh.data, dKeys.data, at(params, "U"), T, A, D);
      return { grads: { W: dW, U: dU, b: db, v: dv }, dh, dq };
    },
  };
}
