import {
  lstmBackward,
  lstmForward,
  lstmGradients,
  matmulTransposeB,
} from "../numeric/kernels/mod.ts";
import {
  type Matrix,
  matrix,
  paramAt,
  type Params,
  type Sequences,
  sigmoid,
  unset,
} from "../numeric/mod.ts";
import { addProduct } from "./frame_step.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";
import { gaussian } from "./linear.ts";

/**
 * What the backward pass of an LSTM needs: its input, and everything [N, …] it computed; gates, c and
 * tanhC as the kernels keep them, which in single precision is not as doubles.
 */
export interface LstmCache {
  /** The input. */
  readonly x: Sequences;
  /** [N, 4H] activations, gate order i, f, g, o */
  readonly gates: Matrix;
  /** [N, H] hidden states */
  readonly h: Matrix;
  /** [N, H] cell states */
  readonly c: Matrix;
  /** [N, H] */
  readonly tanhC: Matrix;
}

/**
 * An LSTM with forget gate, run from the first frame of each sequence to the last.
 *
 * z_t = x_t Wx + h_{t-1} Wh + b;  i, f, o = σ(z), g = tanh(z)
 * c_t = f ∘ c_{t-1} + i ∘ g;  h_t = o ∘ tanh(c_t)
 *
 * Weights: Wx [D, 4H] and Wh [H, 4H], drawn from Gaussians of deviation 0.5/√D and 0.5/√H;
 * b [1, 4H], zero but for the forget gate's part, which is 1. Gate order i, f, g, o.
 *
 * @param D Width of the input.
 * @param H Number of cells, the width of the output.
 * @throws {RangeError} If a size is not a whole number >= 1.
 *
 * @example
 * ```ts
 * import { lstm } from "lib/models/mod.ts";
 * import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = lstm(3, 4);
 * const params = layer.init(new RandomState(7));
 * const { y } = layer.forward(params, sequences([matrix(5, 3), matrix(2, 3)]));
 * assertEquals([y.frames.rows, y.frames.cols], [7, 4]);
 * ```
 *
 * Source: Gers, Schmidhuber & Cummins 2000, "Learning to Forget", eqs. 1–6, without peepholes.
 */
export function lstm(D: number, H: number): Layer<LstmCache> {
  return lstmLayer(`lstm(${D}, ${H})`, D, H, false);
}

/** What the kernels take for the peepholes of an LSTM that has none. */
const NONE = new Float64Array(0);

/** `lstm()`, or `peepholeLstm()` where its gates see the cell. */
export function lstmLayer(
  name: string,
  D: number,
  H: number,
  peephole: boolean,
): Layer<LstmCache> {
  requireUnits(name, "D", D);
  requireUnits(name, "H", H);
  const weights = (params: Params) => ({
    Wx: paramAt(params, "Wx", D, 4 * H).data,
    Wh: paramAt(params, "Wh", H, 4 * H).data,
    b: paramAt(params, "b", 1, 4 * H).data,
    p: peephole ? paramAt(params, "p", 1, 3 * H).data : NONE,
  });
  return {
    inputs: D,
    outputs: H,
    frames: (T) => T,
    init(rng) {
      const Wx = gaussian(rng, D, 4 * H, 0.5 / Math.sqrt(D));
      const Wh = gaussian(rng, H, 4 * H, 0.5 / Math.sqrt(H));
      const p: Params = peephole ? { p: gaussian(rng, 1, 3 * H, 0.5 / Math.sqrt(H)) } : {};
      const b = matrix(1, 4 * H);
      b.data.fill(1, H, 2 * H);
      return { Wx, Wh, ...p, b };
    },
    forward(params, x, { alloc = matrix } = {}) {
      requireWidth(name, x, D);
      const { Wx, Wh, b, p } = weights(params), N = x.frames.rows;
      const gates = unset(alloc, N, 4 * H), h = unset(alloc, N, H);
      const c = unset(alloc, N, H), tanhC = unset(alloc, N, H);
      lstmForward(
        h.data,
        c.data,
        tanhC.data,
        gates.data,
        x.frames.data,
        Wx,
        Wh,
        b,
        p,
        x.offsets,
        D,
        H,
      );
      return { y: { frames: h, offsets: x.offsets }, cache: { x, gates, h, c, tanhC } };
    },
    step(params) {
      const { Wx, Wh, b, p } = weights(params);
      return (x, state) => {
        const z = addProduct(b.slice(), x, Wx);
        const c = new Float64Array(H), h = new Float64Array(H);
        const before = state as { h: Float64Array; c: Float64Array } | undefined;
        if (before !== undefined) addProduct(z, before.h, Wh);
        for (let j = 0; j < H; j++) {
          if (peephole && before !== undefined) {
            z[j] += p[j] * before.c[j];
            z[H + j] += p[H + j] * before.c[j];
          }
          const kept = before === undefined ? 0 : sigmoid(z[H + j]) * before.c[j];
          c[j] = kept + sigmoid(z[j]) * Math.tanh(z[2 * H + j]);
          if (peephole) z[3 * H + j] += p[2 * H + j] * c[j];
          h[j] = sigmoid(z[3 * H + j]) * Math.tanh(c[j]);
        }
        return { y: h, state: { h, c } };
      };
    },
    backward(params, { x, gates, h, c, tanhC }, dy, { alloc = matrix } = {}) {
      requireWidth(`${name} backwards`, dy, H, x.frames.rows);
      const { Wx, Wh, p } = weights(params), N = x.frames.rows;
      const dz = unset(alloc, N, 4 * H);
      const dWx = alloc(D, 4 * H), dWh = alloc(H, 4 * H), db = alloc(1, 4 * H);
      const own: Params = peephole ? { p: alloc(1, 3 * H) } : {}, dp = own.p?.data ?? NONE;
      const kept = [gates.data, c.data, tanhC.data] as const;
      lstmBackward(dz.data, dp, dy.frames.data, ...kept, Wh, p, x.offsets, H);
      const into = [dWx.data, dWh.data, db.data] as const;
      lstmGradients(...into, x.frames.data, h.data, dz.data, x.offsets, D, H);
      return {
        grads: { Wx: dWx, Wh: dWh, ...own, b: db },
        dx() {
          const frames = unset(alloc, N, D), start = new Float64Array(D);
          matmulTransposeB(frames.data, dz.data, Wx, N, 4 * H, D, start);
          return { frames, offsets: x.offsets };
        },
      };
    },
  };
}
