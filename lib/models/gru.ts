import { matmulTransposeA, matmulTransposeB, sumRows } from "../numeric/kernels/mod.ts";
import { type Matrix, matrix, paramAt, type Sequences, sigmoid } from "../numeric/mod.ts";
import { addProduct } from "./frame_step.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";
import { affineBackward, gaussian, linear } from "./linear.ts";

/** What the backward pass of a GRU needs. */
export interface GruCache {
  /** The input. */
  readonly x: Sequences;
  /** [N, 3H] values of the gates r, z, n */
  readonly gates: Matrix;
  /** [N, H] h_{t-1} Wh_n + bh_n, what the reset gate is multiplied with */
  readonly heard: Matrix;
  /** [N, H] hidden states */
  readonly h: Matrix;
}

/**
 * A gated recurrent unit, run from the first frame of each sequence to the last.
 *
 * r = σ(x Wx_r + bx_r + h Wh_r + bh_r), z = σ(x Wx_z + bx_z + h Wh_z + bh_z),
 * n = tanh(x Wx_n + bx_n + r ∘ (h Wh_n + bh_n)), h' = (1 - z) ∘ n + z ∘ h,
 * with h = 0 before the first frame
 *
 * Weights: Wx [D, 3H] and Wh [H, 3H], drawn from Gaussians of deviation 0.5/√D and 0.5/√H; bx and
 * bh [1, 3H], zero. The order of gates is r, z, n. `bidirectional(gru(D, H))` runs both ways.
 *
 * @param D Width of the input.
 * @param H Number of units, the width of the output.
 * @throws {RangeError} If a size is not a whole number >= 1.
 *
 * @example
 * ```ts
 * import { gru } from "lib/models/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [Wx, Wh] = [matrix(1, 3, [0, 0, 1]), matrix(1, 3)];
 * const params = { Wx, Wh, bx: matrix(1, 3), bh: matrix(1, 3) };
 * const { y } = gru(1, 1).forward(params, sequences([matrix(2, 1, [3, 0])]));
 * assertEquals([...y.frames.data], [Math.tanh(3) / 2, Math.tanh(3) / 4]);
 * ```
 *
 * Source: Cho et al. 2014, section 2.3, with the reset gate after the product, as in PyTorch.
 */
export function gru(D: number, H: number): Layer<GruCache> {
  const name = `gru(${D}, ${H})`;
  requireUnits(name, "D", D);
  requireUnits(name, "H", H);
  const input = linear(D, 3 * H);
  return {
    inputs: D,
    outputs: H,
    frames: (T) => T,
    init: (rng) => ({
      Wx: gaussian(rng, D, 3 * H, 0.5 / Math.sqrt(D)),
      Wh: gaussian(rng, H, 3 * H, 0.5 / Math.sqrt(H)),
      bx: matrix(1, 3 * H),
      bh: matrix(1, 3 * H),
    }),
    forward(params, x, { alloc = matrix } = {}) {
      requireWidth(name, x, D);
      const W = paramAt(params, "Wx", D, 3 * H), b = paramAt(params, "bx", 1, 3 * H);
      const Wh = paramAt(params, "Wh", H, 3 * H), bh = paramAt(params, "bh", 1, 3 * H);
      const gates = input.forward({ W, b }, x, { alloc }).y.frames;
      const heard = alloc(gates.rows, H), h = alloc(gates.rows, H);
      gruForward(h.data, gates.data, heard.data, Wh.data, bh.data, x.offsets, H);
      return { y: { frames: h, offsets: x.offsets }, cache: { x, gates, heard, h } };
    },
    step(params) {
      const Wx = paramAt(params, "Wx", D, 3 * H), bx = paramAt(params, "bx", 1, 3 * H);
      const Wh = paramAt(params, "Wh", H, 3 * H), bh = paramAt(params, "bh", 1, 3 * H);
      return (x, state) => {
        const zx = addProduct(bx.data.slice(), x, Wx.data), zh = bh.data.slice();
        const before = state as Float64Array | undefined;
        if (before !== undefined) addProduct(zh, before, Wh.data);
        const h = new Float64Array(H);
        for (let j = 0; j < H; j++) {
          const r = sigmoid(zx[j] + zh[j]), z = sigmoid(zx[H + j] + zh[H + j]);
          const n = Math.tanh(zx[2 * H + j] + r * zh[2 * H + j]);
          h[j] = (1 - z) * n + (before === undefined ? 0 : z * before[j]);
        }
        return { y: h, state: h };
      };
    },
    backward(params, { x, gates, heard, h }, dy, { alloc = matrix } = {}) {
      const N = x.frames.rows;
      requireWidth(`${name} backwards`, dy, H, N);
      const Wx = paramAt(params, "Wx", D, 3 * H), Wh = paramAt(params, "Wh", H, 3 * H);
      const dzx = alloc(N, 3 * H), dzh = alloc(N, 3 * H), dWh = alloc(H, 3 * H);
      const dbh = alloc(1, 3 * H);
      const written = { dzx: dzx.data, dzh: dzh.data };
      const kept = { gates: gates.data, heard: heard.data, h: h.data };
      gruBackward(written, dy.frames.data, kept, Wh.data, x.offsets, H);
      for (let b = 0; b + 1 < x.offsets.length; b++) {
        // dWh = Σ_t h_{t-1}ᵀ dzh_t
        const start = x.offsets[b], end = x.offsets[b + 1];
        const before = h.data.subarray(start * H, (end - 1) * H);
        const after = dzh.data.subarray((start + 1) * 3 * H, end * 3 * H);
        matmulTransposeA(dWh.data, before, after, H, end - start - 1, 3 * H);
      }
      sumRows(dbh.data, dzh.data, N, 3 * H);
      const { grads, dx } = affineBackward(x, Wx, dzx, "Wx", alloc);
      return { grads: { Wx: grads.Wx, Wh: dWh, bx: grads.b, bh: dbh }, dx };
    },
  };
}

/**
 * All hidden states, frame by frame.
 *
 * @param h [N, H], written
 * @param gates [N, 3H], x Wx + bx on entry, the values of r, z, n on return
 * @param heard [N, H], h_{t-1} Wh_n + bh_n, written
 * @param Wh [H, 3H]
 * @param bh [3H]
 * @param offsets [B + 1]
 */
function gruForward(
  h: Float64Array,
  gates: Float64Array,
  heard: Float64Array,
  Wh: Float64Array,
  bh: Float64Array,
  offsets: Int32Array,
  H: number,
): void {
  const zh = new Float64Array(3 * H);
  for (let b = 0; b + 1 < offsets.length; b++) {
    for (let t = offsets[b]; t < offsets[b + 1]; t++) {
      const now = t * H, before = now - H, first = t === offsets[b];
      zh.set(bh);
      for (let i = 0; i < H && !first; i++) {
        const hi = h[before + i];
        for (let j = 0; j < 3 * H; j++) zh[j] += hi * Wh[i * 3 * H + j];
      }
      for (let j = 0; j < H; j++) {
        const r = 3 * now + j, z = r + H, n = z + H;
        gates[r] = sigmoid(gates[r] + zh[j]);
        gates[z] = sigmoid(gates[z] + zh[H + j]);
        heard[now + j] = zh[2 * H + j];
        gates[n] = Math.tanh(gates[n] + gates[r] * heard[now + j]);
        h[now + j] = (1 - gates[z]) * gates[n] + (first ? 0 : gates[z] * h[before + j]);
      }
    }
  }
}

/**
 * dh_t = dy_t + z_{t+1} ∘ dh_{t+1} + dzh_{t+1} Whᵀ, and from it the gradients of all gates.
 *
 * @param written.dzx [N, 3H], the gradient with respect to x Wx + bx
 * @param written.dzh [N, 3H], the gradient with respect to h Wh + bh
 * @param dy [N, H], the gradient with respect to h from above
 * @param kept Values of the forward pass, see {@link GruCache}.
 * @param Wh [H, 3H]
 * @param offsets [B + 1]
 */
function gruBackward(
  { dzx, dzh }: { dzx: Float64Array; dzh: Float64Array },
  dy: Float64Array,
  { gates, heard, h }: { gates: Float64Array; heard: Float64Array; h: Float64Array },
  Wh: Float64Array,
  offsets: Int32Array,
  H: number,
): void {
  const dh = new Float64Array(H);
  for (let b = 0; b + 1 < offsets.length; b++) {
    dh.fill(0);
    for (let t = offsets[b + 1] - 1; t >= offsets[b]; t--) {
      const now = t * H;
      for (let j = 0; j < H; j++) {
        const r = 3 * now + j, z = r + H, n = z + H;
        const before = t === offsets[b] ? 0 : h[now - H + j];
        dh[j] += dy[now + j];
        const dn = dh[j] * (1 - gates[z]) * (1 - gates[n] * gates[n]);
        dzx[n] = dn;
        dzh[n] = dn * gates[r];
        dzx[r] = dzh[r] = dn * heard[now + j] * gates[r] * (1 - gates[r]);
        dzx[z] = dzh[z] = dh[j] * (before - gates[n]) * gates[z] * (1 - gates[z]);
        dh[j] *= gates[z];
      }
      matmulTransposeB(dh, dzh.subarray(3 * now, 3 * now + 3 * H), Wh, 1, 3 * H, H);
    }
  }
}
