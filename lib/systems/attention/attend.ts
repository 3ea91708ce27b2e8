import { gaussian } from "../../models/linear.ts";
import {
  type Allocate,
  fillRows,
  type Matrix,
  matrix,
  paramAt,
  type Params,
} from "../../numeric/mod.ts";
import type { RandomState, Sequences } from "../../numeric/mod.ts";
import {
  addLocations,
  locationGradients,
  matmul,
  matmulTransposeA,
  matmulTransposeB,
  softmax,
  sumRows,
} from "../../numeric/kernels/mod.ts";

/** How a decoder listens to its encoder. */
export type AttentionOptions =
  /** e_t = v · tanh(q + k_t), Bahdanau et al. 2015 */
  | { readonly kind: "additive"; readonly width: number }
  /** e_t = q · k_t / √A, Luong et al. 2015, scaled as in Vaswani et al. 2017 */
  | { readonly kind: "dot"; readonly width: number }
  /** The additive one, which also sees where the step before it listened, Chorowski et al. 2015. */
  | { readonly kind: "location"; readonly width: number; readonly reach: number }
  /** No attention: the encoder's first and last frame, one fixed vector for every step. */
  | { readonly kind: "none" };

/** What the steps of a decoder listen to: an encoder's output, and a key for every frame. */
export interface Memory {
  /** [N, E] */
  readonly h: Sequences;
  /** [N, A] k = h Wk + b; without columns where nothing attends */
  readonly keys: Matrix;
  /** [L, A] where every step may put what only a backward pass would need, if there is to be none */
  readonly room?: Matrix;
}

/** Where one step listened. */
export interface Heard {
  /** [T] α, how much of every frame; they sum to one. Empty where nothing attends. */
  readonly weights: Float64Array;
  /** [T · A] tanh(q + k_t), what the backward pass of an additive attention needs; else empty. */
  readonly hidden: Float64Array;
}

/** A function from a query and a memory to a context vector. */
export interface Attention {
  /** Width A of queries and keys; 0 where nothing attends. */
  readonly width: number;
  /** Width C of the context. */
  readonly context: number;
  init(rng: RandomState): Params;
  /** The keys of a batch. */
  listen(params: Params, h: Sequences, alloc?: Allocate): Memory;
  /** Writes the context of sequence b for a query; `before` is where the step before listened. */
  attend(
    params: Params,
    memory: Memory,
    b: number,
    query: Float64Array,
    before: Heard | undefined,
    context: Float64Array,
    alloc?: Allocate,
  ): Heard;
  /** Adds what a step's context says of query, keys, encoder output and earlier weights. */
  backward(params: Params, memory: Memory, step: AttendedStep, into: AttentionGradients): void;
  /** Adds what the keys say of the encoder's output, once all steps are through. */
  finish(params: Params, memory: Memory, into: AttentionGradients): void;
}

/** One step of one sequence, on its way back. */
export interface AttendedStep {
  readonly b: number;
  readonly heard: Heard;
  readonly before: Heard | undefined;
  /** [A] */
  readonly query: Float64Array;
  /** [C] the gradient with respect to the context */
  readonly dContext: Float64Array;
  /** [T] the gradient with respect to the weights that later steps gave; changed */
  readonly dWeights: Float64Array;
  /** [A] the gradient with respect to the query, added to */
  readonly dQuery: Float64Array;
  /** [T] the gradient with respect to the weights of the step before, added to */
  readonly dBefore: Float64Array;
}

/** What {@link Attention.backward} adds to. */
export interface AttentionGradients {
  readonly params: Params;
  /** [N, E] */
  readonly dh: Matrix;
  /** [N, A] */
  readonly dKeys: Matrix;
}

/**
 * An attention over the frames of an encoder E wide.
 *
 * α = softmax_t(e_t), context = Σ_t α_t h_t
 *
 * Weights: Wk [E, A] and b [1, A] of the keys; v [1, A] where it is additive; L [2 reach + 1, A]
 * where it is location-aware: e_t = v · tanh(q + k_t + Σ_j α'_{t+j} L_j) with the weights α' of the
 * step before, in which L is the product of that paper's filters F and their weights U.
 */
export function attentionOf(options: AttentionOptions, E: number): Attention {
  return options.kind === "none" ? fixedVector(E) : softAttention(options, E);
}

function softAttention(
  options: Exclude<AttentionOptions, { readonly kind: "none" }>,
  E: number,
): Attention {
  const { kind, width: A } = options;
  const additive = kind !== "dot", reach = kind === "location" ? options.reach : 0;
  const taps = 2 * reach + 1, scale = 1 / Math.sqrt(A);
  const rangeOf = ({ h: { offsets } }: Memory, b: number) => [offsets[b], offsets[b + 1]] as const;
  return {
    width: A,
    context: E,
    init: (rng) => ({
      Wk: gaussian(rng, E, A, 1 / Math.sqrt(E)),
      b: matrix(1, A),
      ...(additive ? { v: gaussian(rng, 1, A, 1 / Math.sqrt(A)) } : {}),
      ...(kind === "location" ? { L: gaussian(rng, taps, A, 1 / Math.sqrt(taps)) } : {}),
    }),
    listen(params, h, alloc = matrix) {
      const Wk = paramAt(params, "Wk", E, A), b = paramAt(params, "b", 1, A);
      const keys = alloc(h.frames.rows, A);
      fillRows(keys, b.data);
      matmul(keys.data, h.frames.data, Wk.data, keys.rows, E, A);
      return { h, keys };
    },
    attend(params, memory, b, query, before, context, alloc = matrix) {
      const [start, end] = rangeOf(memory, b), T = end - start, keys = memory.keys.data;
      const weights = alloc(T, 1).data;
      const room = memory.room?.data.subarray(0, T * A);
      const hidden = additive ? room ?? alloc(T, A).data : new Float64Array(0);
      if (additive) {
        const v = paramAt(params, "v", 1, A).data;
        for (let t = 0, i = 0; t < T; t++) {
          for (let a = 0; a < A; a++, i++) hidden[i] = query[a] + keys[start * A + i];
        }
        if (kind === "location" && before !== undefined) {
          addLocations(hidden, before.weights, paramAt(params, "L", taps, A).data);
        }
        for (let t = 0, i = 0; t < T; t++) {
          let e = 0;
          for (let a = 0; a < A; a++, i++) e += v[a] * (hidden[i] = Math.tanh(hidden[i]));
          weights[t] = e;
        }
      } else {
        for (let t = 0, i = start * A; t < T; t++) {
          let e = 0;
          for (let a = 0; a < A; a++, i++) e += query[a] * keys[i];
          weights[t] = scale * e;
        }
      }
      softmax(weights, weights, 1, T);
      const { data } = memory.h.frames;
      context.fill(0);
      for (let t = 0; t < T; t++) {
        const share = weights[t], from = (start + t) * E;
        for (let j = 0; j < E; j++) context[j] += share * data[from + j];
      }
      return { weights, hidden };
    },
    backward(params, memory, step, { params: grads, dh, dKeys }) {
      const { heard: { weights, hidden }, before, query, dContext, dWeights, dQuery, dBefore } =
        step;
      const [start, end] = rangeOf(memory, step.b), T = end - start;
      const { data } = memory.h.frames;
      let mean = 0;
      for (let t = 0; t < T; t++) {
        const from = (start + t) * E;
        let d = dWeights[t];
        for (let j = 0; j < E; j++) {
          d += dContext[j] * data[from + j];
          dh.data[from + j] += weights[t] * dContext[j];
        }
        dWeights[t] = d;
        mean += weights[t] * d;
      }
      const v = additive ? paramAt(params, "v", 1, A).data : undefined;
      const sums = new Float64Array(kind === "location" ? T * A : 0);
      for (let t = 0; t < T; t++) {
        const de = weights[t] * (dWeights[t] - mean), key = (start + t) * A;
        if (v === undefined) {
          for (let a = 0; a < A; a++) {
            dQuery[a] += scale * de * memory.keys.data[key + a];
            dKeys.data[key + a] += scale * de * query[a];
          }
          continue;
        }
        for (let a = 0; a < A; a++) {
          const y = hidden[t * A + a], d = de * v[a] * (1 - y * y);
          grads.v.data[a] += de * y;
          dQuery[a] += d;
          dKeys.data[key + a] += d;
          if (kind === "location") sums[t * A + a] = d;
        }
      }
      if (kind === "location" && before !== undefined) {
        const L = paramAt(params, "L", taps, A).data;
        locationGradients(dBefore, grads.L.data, sums, before.weights, L);
      }
    },
    finish(params, { h }, { params: grads, dh, dKeys }) {
      const Wk = paramAt(params, "Wk", E, A), N = dKeys.rows;
      matmulTransposeA(grads.Wk.data, h.frames.data, dKeys.data, E, N, A);
      sumRows(grads.b.data, dKeys.data, N, A);
      matmulTransposeB(dh.data, dKeys.data, Wk.data, N, A, E);
    },
  };
}

function fixedVector(E: number): Attention {
  const nothing = new Float64Array(0);
  return {
    width: 0,
    context: 2 * E,
    init: () => ({}),
    listen: (_params, h) => ({ h, keys: matrix(h.frames.rows, 0) }),
    attend(_params, { h: { frames, offsets } }, b, _query, _before, context) {
      const first = offsets[b] * E, last = (offsets[b + 1] - 1) * E;
      context.set(frames.data.subarray(first, first + E));
      context.set(frames.data.subarray(last, last + E), E);
      return { weights: nothing, hidden: nothing };
    },
    backward(_params, { h: { offsets } }, { b, dContext }, { dh }) {
      const first = offsets[b] * E, last = (offsets[b + 1] - 1) * E;
      for (let j = 0; j < E; j++) {
        dh.data[first + j] += dContext[j];
        dh.data[last + j] += dContext[E + j];
      }
    },
    finish() {},
  };
}
