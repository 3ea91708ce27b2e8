import { matmulTransposeA } from "../numeric/kernels/mod.ts";
import { type Matrix, matrix, paramAt, type Sequences } from "../numeric/mod.ts";
import { addProduct } from "./frame_step.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";
import { affineBackward, gaussian, linear } from "./linear.ts";

/** What the backward pass of an RNN needs: its input, and its hidden states [N, H]. */
export interface RnnCache {
  /** The input. */
  readonly x: Sequences;
  /** [N, H] hidden states */
  readonly h: Matrix;
}

/**
 * A plain recurrent network, run from the first frame of each sequence to the last.
 *
 * h_t = tanh(x_t Wx + h_{t-1} Wh + b), with h = 0 before the first frame
 *
 * Weights: Wx [D, H] and Wh [H, H], drawn from Gaussians of deviation 0.5/√D and 0.5/√H; b [1, H],
 * zero. `bidirectional(rnn(D, H))` is the BRNN.
 *
 * @param D Width of the input.
 * @param H Number of units, the width of the output.
 * @throws {RangeError} If a size is not a whole number >= 1.
 *
 * @example
 * ```ts
 * import { rnn } from "lib/models/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const params = { Wx: matrix(1, 1, [1]), Wh: matrix(1, 1, [2]), b: matrix(1, 1, [0.5]) };
 * const { y } = rnn(1, 1).forward(params, sequences([matrix(2, 1, [0, 3])]));
 * const h = Math.tanh(0.5);
 * assertEquals([...y.frames.data], [h, Math.tanh(3 + 2 * h + 0.5)]);
 * ```
 *
 * Source: Elman 1990, "Finding structure in time"; Graves & Schmidhuber 2005, section 2.
 */
export function rnn(D: number, H: number): Layer<RnnCache> {
  const name = `rnn(${D}, ${H})`;
  requireUnits(name, "D", D);
  requireUnits(name, "H", H);
  const input = linear(D, H);
  return {
    inputs: D,
    outputs: H,
    frames: (T) => T,
    init: (rng) => ({
      Wx: gaussian(rng, D, H, 0.5 / Math.sqrt(D)),
      Wh: gaussian(rng, H, H, 0.5 / Math.sqrt(H)),
      b: matrix(1, H),
    }),
    forward(params, x, { alloc = matrix } = {}) {
      requireWidth(name, x, D);
      const W = paramAt(params, "Wx", D, H), b = paramAt(params, "b", 1, H);
      const Wh = paramAt(params, "Wh", H, H);
      const h = input.forward({ W, b }, x, { alloc }).y.frames;
      rnnForward(h.data, Wh.data, x.offsets, H);
      return { y: { frames: h, offsets: x.offsets }, cache: { x, h } };
    },
    step(params) {
      const Wx = paramAt(params, "Wx", D, H), Wh = paramAt(params, "Wh", H, H);
      const b = paramAt(params, "b", 1, H);
      return (x, before) => {
        const h = addProduct(b.data.slice(), x, Wx.data);
        if (before !== undefined) addProduct(h, before as Float64Array, Wh.data);
        for (let j = 0; j < H; j++) h[j] = Math.tanh(h[j]);
        return { y: h, state: h };
      };
    },
    backward(params, { x, h }, dy, { alloc = matrix } = {}) {
      requireWidth(`${name} backwards`, dy, H, x.frames.rows);
      const Wx = paramAt(params, "Wx", D, H), Wh = paramAt(params, "Wh", H, H);
      const dz = alloc(x.frames.rows, H), dWh = alloc(H, H);
      rnnBackward(dz.data, dy.frames.data, h.data, Wh.data, x.offsets, H);
      for (let b = 0; b + 1 < x.offsets.length; b++) {
        // dWh = Σ_t h_{t-1}ᵀ dz_t
        const start = x.offsets[b] * H, end = x.offsets[b + 1] * H;
        const before = h.data.subarray(start, end - H), after = dz.data.subarray(start + H, end);
        matmulTransposeA(dWh.data, before, after, H, (end - start) / H - 1, H);
      }
      const { grads, dx } = affineBackward(x, Wx, dz, "Wx", alloc);
      return { grads: { Wx: grads.Wx, Wh: dWh, b: grads.b }, dx };
    },
  };
}

/**
 * h_t = tanh(z_t + h_{t-1} Wh)
 *
 * @param h [N, H], z = x Wx + b on entry, the hidden states on return
 * @param Wh [H, H]
 * @param offsets [B + 1]
 */
function rnnForward(h: Float64Array, Wh: Float64Array, offsets: Int32Array, H: number): void {
  for (let b = 0; b + 1 < offsets.length; b++) {
    for (let t = offsets[b]; t < offsets[b + 1]; t++) {
      const now = t * H, before = now - H;
      for (let i = 0; i < H && t > offsets[b]; i++) {
        const hi = h[before + i];
        for (let j = 0; j < H; j++) h[now + j] += hi * Wh[i * H + j];
      }
      for (let j = 0; j < H; j++) h[now + j] = Math.tanh(h[now + j]);
    }
  }
}

/**
 * dz_t = (dy_t + dz_{t+1} Whᵀ) ∘ (1 - h_t²)
 *
 * @param dz [N, H], the gradient with respect to x Wx + b + h Wh, written
 * @param dy [N, H], the gradient with respect to h from above
 * @param h [N, H]
 * @param Wh [H, H]
 * @param offsets [B + 1]
 */
function rnnBackward(
  dz: Float64Array,
  dy: Float64Array,
  h: Float64Array,
  Wh: Float64Array,
  offsets: Int32Array,
  H: number,
): void {
  for (let b = 0; b + 1 < offsets.length; b++) {
    for (let t = offsets[b + 1] - 1; t >= offsets[b]; t--) {
      const now = t * H, after = now + H;
      for (let i = 0; i < H; i++) {
        let dh = dy[now + i];
        for (let j = 0; j < H && t + 1 < offsets[b + 1]; j++) dh += dz[after + j] * Wh[i * H + j];
        dz[now + i] = dh * (1 - h[now + i] * h[now + i]);
      }
    }
  }
}
