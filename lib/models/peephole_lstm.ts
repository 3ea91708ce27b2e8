import { lstmGradients, matmul, matmulTransposeB } from "../numeric/kernels/mod.ts";
import { type Allocate, matrix, paramAt, sigmoid } from "../numeric/mod.ts";
import { addProduct } from "./frame_step.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";
import { gaussian, linear } from "./linear.ts";
import type { LstmCache } from "./lstm.ts";

/**
 * An LSTM whose gates see the cell through peepholes, run from the first frame of each sequence to
 * the last.
 *
 * z_t = x_t Wx + h_{t-1} Wh + b
 * i = σ(z_i + p_i ∘ c_{t-1}), f = σ(z_f + p_f ∘ c_{t-1}), g = tanh(z_g)
 * c_t = f ∘ c_{t-1} + i ∘ g, o = σ(z_o + p_o ∘ c_t), h_t = o ∘ tanh(c_t)
 *
 * Weights: Wx [D, 4H], Wh [H, 4H] and p [1, 3H], drawn from Gaussians of deviation 0.5/√D, 0.5/√H
 * and 0.5/√H; b [1, 4H], zero but for the forget gate's part, which is 1. Gate order i, f, g, o; of
 * peepholes i, f, o. With p = 0 it is `lstm()`.
 *
 * @param D Width of the input.
 * @param H Number of cells, the width of the output.
 * @throws {RangeError} If a size is not a whole number >= 1.
 *
 * @example
 * ```ts
 * import { bidirectional, linear, parameterCount, peepholeLstm, stack } from "lib/models/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * // The network of Graves et al. 2006: 26 features, 61 phones and blank.
 * const network = stack(bidirectional(peepholeLstm(26, 100)), linear(200, 62));
 * assertEquals(parameterCount(network), 114_662);
 * ```
 *
 * Source: Gers, Schraudolph & Schmidhuber 2002, "Learning precise timing with LSTM recurrent
 * networks", section 3; Graves & Schmidhuber 2005, appendix A.
 */
export function peepholeLstm(D: number, H: number): Layer<LstmCache> {
  const name = `peepholeLstm(${D}, ${H})`;
  requireUnits(name, "D", D);
  requireUnits(name, "H", H);
  const G = 4 * H, input = linear(D, G);
  return {
    inputs: D,
    outputs: H,
    frames: (T) => T,
    init(rng) {
      const Wx = gaussian(rng, D, G, 0.5 / Math.sqrt(D));
      const Wh = gaussian(rng, H, G, 0.5 / Math.sqrt(H));
      const p = gaussian(rng, 1, 3 * H, 0.5 / Math.sqrt(H));
      const b = matrix(1, G);
      b.data.fill(1, H, 2 * H);
      return { Wx, Wh, p, b };
    },
    forward(params, x, { alloc = matrix } = {}) {
      requireWidth(name, x, D);
      const W = paramAt(params, "Wx", D, G), b = paramAt(params, "b", 1, G);
      const Wh = paramAt(params, "Wh", H, G), p = paramAt(params, "p", 1, 3 * H);
      const gates = input.forward({ W, b }, x, { alloc }).y.frames, N = gates.rows;
      const h = alloc(N, H), c = alloc(N, H), tanhC = alloc(N, H);
      const written = { gates: gates.data, h: h.data, c: c.data, tanhC: tanhC.data };
      peepholeForward(written, Wh.data, p.data, x.offsets, H, alloc);
      return { y: { frames: h, offsets: x.offsets }, cache: { x, gates, h, c, tanhC } };
    },
    step(params) {
      const Wx = paramAt(params, "Wx", D, G), Wh = paramAt(params, "Wh", H, G);
      const b = paramAt(params, "b", 1, G), p = paramAt(params, "p", 1, 3 * H).data;
      return (x, state) => {
        const z = addProduct(b.data.slice(), x, Wx.data);
        const c = new Float64Array(H), h = new Float64Array(H);
        const before = state as { h: Float64Array; c: Float64Array } | undefined;
        if (before !== undefined) addProduct(z, before.h, Wh.data);
        for (let j = 0; j < H; j++) {
          const cell = before === undefined ? 0 : before.c[j];
          const i = sigmoid(z[j] + p[j] * cell), f = sigmoid(z[H + j] + p[H + j] * cell);
          c[j] = f * cell + i * Math.tanh(z[2 * H + j]);
          h[j] = sigmoid(z[3 * H + j] + p[2 * H + j] * c[j]) * Math.tanh(c[j]);
        }
        return { y: h, state: { h, c } };
      };
    },
    backward(params, { x, gates, h, c, tanhC }, dy, { alloc = matrix } = {}) {
      const N = x.frames.rows;
      requireWidth(`${name} backwards`, dy, H, N);
      const Wx = paramAt(params, "Wx", D, G), Wh = paramAt(params, "Wh", H, G);
      const p = paramAt(params, "p", 1, 3 * H);
      const dz = alloc(N, G), dWx = alloc(D, G), dWh = alloc(H, G);
      const db = alloc(1, G), dp = alloc(1, 3 * H);
      const written = { dz: dz.data, dp: dp.data };
      const kept = { gates: gates.data, c: c.data, tanhC: tanhC.data };
      peepholeBackward(written, dy.frames.data, kept, Wh.data, p.data, x.offsets, H, alloc);
      const into = [dWx.data, dWh.data, db.data] as const;
      lstmGradients(...into, x.frames.data, h.data, dz.data, x.offsets, D, H);
      return {
        grads: { Wx: dWx, Wh: dWh, p: dp, b: db },
        dx() {
          const frames = alloc(N, D);
          matmulTransposeB(frames.data, dz.data, Wx.data, N, G, D);
          return { frames, offsets: x.offsets };
        },
      };
    },
  };
}

/** The sequences of a batch, longest first, and how many of them have more than t frames. */
function byLength(offsets: Int32Array) {
  const length = (b: number) => offsets[b + 1] - offsets[b];
  const order = Array.from({ length: offsets.length - 1 }, (_, b) => b)
    .sort((a, b) => length(b) - length(a) || a - b);
  return {
    order,
    running(t: number, most: number): number {
      while (most > 0 && length(order[most - 1]) <= t) most--;
      return most;
    },
  };
}

/**
 * All cells, frame by frame, of all sequences that have so many frames at once.
 *
 * @param written.gates [N, 4H], x Wx + b on entry, the values of the gates on return
 * @param written.h [N, H], and c, tanh(c) likewise
 * @param Wh [H, 4H]
 * @param p [3H]
 * @param offsets [B + 1]
 */
function peepholeForward(
  { gates, h, c, tanhC }: Record<"gates" | "h" | "c" | "tanhC", Float64Array>,
  Wh: Float64Array,
  p: Float64Array,
  offsets: Int32Array,
  H: number,
  alloc: Allocate,
): void {
  const { order, running } = byLength(offsets), B = order.length, G = 4 * H;
  const W = alloc(H, G).data, z = alloc(B, G).data, before = alloc(B, H).data;
  W.set(Wh);
  for (let t = 0, n = running(0, B); n > 0; t++, n = running(t, n)) {
    const rows = order.slice(0, n).map((b) => offsets[b] + t);
    rows.forEach((row, r) => z.set(gates.subarray(row * G, (row + 1) * G), r * G));
    if (t > 0) matmul(z.subarray(0, n * G), before.subarray(0, n * H), W, n, H, G);
    rows.forEach((row, r) => {
      for (let j = 0; j < H; j++) {
        const zj = r * G + j, at = row * H + j, gate = row * G + j;
        const cell = t === 0 ? 0 : c[at - H];
        const i = sigmoid(z[zj] + p[j] * cell), f = sigmoid(z[zj + H] + p[H + j] * cell);
        const g = Math.tanh(z[zj + 2 * H]);
        c[at] = f * cell + i * g;
        const o = sigmoid(z[zj + 3 * H] + p[2 * H + j] * c[at]);
        tanhC[at] = Math.tanh(c[at]);
        before[r * H + j] = h[at] = o * tanhC[at];
        gates[gate] = i;
        gates[gate + H] = f;
        gates[gate + 2 * H] = g;
        gates[gate + 3 * H] = o;
      }
    });
  }
}

/**
 * dh_t = dy_t + dz_{t+1} Whᵀ;  do = dh ∘ tanh(c_t) ∘ o(1-o)
 * dc_t = dh ∘ o ∘ (1 - tanh²c_t) + p_o ∘ do + dc_{t+1} ∘ f_{t+1} + p_i ∘ di_{t+1} + p_f ∘ df_{t+1}
 * dp = Σ_t [di ∘ c_{t-1} | df ∘ c_{t-1} | do ∘ c_t]
 *
 * @param written.dz [N, 4H], the gradient with respect to the sums in the gates, written
 * @param written.dp [3H], added to
 * @param dy [N, H], the gradient with respect to h from above
 * @param kept Values of the forward pass, see {@link LstmCache}.
 * @param Wh [H, 4H]
 * @param p [3H]
 * @param offsets [B + 1]
 */
function peepholeBackward(
  { dz, dp }: Record<"dz" | "dp", Float64Array>,
  dy: Float64Array,
  { gates, c, tanhC }: Record<"gates" | "c" | "tanhC", Float64Array>,
  Wh: Float64Array,
  p: Float64Array,
  offsets: Int32Array,
  H: number,
  alloc: Allocate,
): void {
  const { order, running } = byLength(offsets), B = order.length, G = 4 * H;
  const W = alloc(H, G).data, after = alloc(B, G).data;
  const dh = alloc(B, H).data, dc = alloc(B, H).data;
  W.set(Wh);
  // Step u is frame length - 1 - u of each sequence.
  for (let u = 0, n = running(0, B); n > 0; u++, n = running(u, n)) {
    const rows = order.slice(0, n).map((b) => offsets[b + 1] - 1 - u);
    rows.forEach((row, r) => dh.set(dy.subarray(row * H, (row + 1) * H), r * H));
    if (u > 0) matmulTransposeB(dh.subarray(0, n * H), after.subarray(0, n * G), W, n, G, H);
    rows.forEach((row, r) => {
      const first = row === offsets[order[r]];
      for (let j = 0; j < H; j++) {
        const at = row * H + j, gate = row * G + j, own = r * H + j;
        const i = gates[gate], f = gates[gate + H], g = gates[gate + 2 * H];
        const o = gates[gate + 3 * H], before = first ? 0 : c[at - H];
        const dzo = dh[own] * tanhC[at] * o * (1 - o);
        const cell = dc[own] + dh[own] * o * (1 - tanhC[at] * tanhC[at]) + p[2 * H + j] * dzo;
        const dzi = cell * g * i * (1 - i), dzf = cell * before * f * (1 - f);
        dc[own] = cell * f + p[j] * dzi + p[H + j] * dzf;
        dp[j] += dzi * before;
        dp[H + j] += dzf * before;
        dp[2 * H + j] += dzo * c[at];
        dz[gate] = dzi;
        dz[gate + H] = dzf;
        dz[gate + 2 * H] = cell * i * (1 - g * g);
        dz[gate + 3 * H] = dzo;
      }
      after.set(dz.subarray(row * G, (row + 1) * G), r * G);
    });
  }
}
