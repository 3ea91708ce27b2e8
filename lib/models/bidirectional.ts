import { type Matrix, matrix, paramsUnder, prefixParams, type Sequences } from "../numeric/mod.ts";
import { type Layer, requireWidth } from "./layer.ts";
import { lstm, type LstmCache } from "./lstm.ts";

/**
 * Two copies of a layer with weights of their own, one run from the first frame to the last and
 * one from the last to the first; at every frame their outputs stand side by side.
 *
 * Weights: those of the layer, under "fwd." and "bwd.".
 *
 * Source: Schuster & Paliwal 1997; Graves & Schmidhuber 2005, section 3.
 */
export function bidirectional<Cache>(layer: Layer<Cache>): Layer<{ fwd: Cache; bwd: Cache }> {
  const H = layer.outputs;
  return {
    inputs: layer.inputs,
    outputs: 2 * H,
    init: (rng) => ({
      ...prefixParams(layer.init(rng), "fwd."),
      ...prefixParams(layer.init(rng), "bwd."),
    }),
    forward(params, x, alloc = matrix) {
      const fwd = layer.forward(paramsUnder(params, "fwd."), x, alloc);
      const bwd = layer.forward(paramsUnder(params, "bwd."), reversed(x, alloc), alloc);
      const frames = alloc(fwd.y.frames.rows, 2 * H);
      copyColumns(frames, 0, fwd.y.frames, 0, H);
      copyColumns(frames, H, reversed(bwd.y, alloc).frames, 0, H);
      return {
        y: { frames, offsets: fwd.y.offsets },
        cache: { fwd: fwd.cache, bwd: bwd.cache },
      };
    },
    backward(params, cache, dy, alloc = matrix) {
      requireWidth("a bidirectional layer backwards", dy, 2 * H);
      const half = (at: number): Sequences => ({
        frames: copyColumns(alloc(dy.frames.rows, H), 0, dy.frames, at, H),
        offsets: dy.offsets,
      });
      const fwd = layer.backward(paramsUnder(params, "fwd."), cache.fwd, half(0), alloc);
      const bwd = layer.backward(
        paramsUnder(params, "bwd."),
        cache.bwd,
        reversed(half(H), alloc),
        alloc,
      );
      const dx = reversed(bwd.dx, alloc);
      for (let i = 0; i < dx.frames.data.length; i++) dx.frames.data[i] += fwd.dx.frames.data[i];
      return {
        dx,
        grads: { ...prefixParams(fwd.grads, "fwd."), ...prefixParams(bwd.grads, "bwd.") },
      };
    },
  };
}

/**
 * A bidirectional LSTM: {@link bidirectional} of {@link lstm}, output width 2H.
 *
 * @param D Width of the input.
 * @param H Number of cells per direction.
 */
export function blstm(D: number, H: number): Layer<{ fwd: LstmCache; bwd: LstmCache }> {
  return bidirectional(lstm(D, H));
}

/** Every sequence with its last frame first. */
function reversed(x: Sequences, alloc = matrix): Sequences {
  const { frames: { data, rows, cols }, offsets } = x;
  const out = alloc(rows, cols);
  for (let b = 0; b + 1 < offsets.length; b++) {
    const mirror = offsets[b] + offsets[b + 1] - 1;
    for (let t = offsets[b]; t < offsets[b + 1]; t++) {
      const to = (mirror - t) * cols;
      for (let j = 0; j < cols; j++) out.data[to + j] = data[t * cols + j];
    }
  }
  return { frames: out, offsets };
}

/** to[:, toAt … toAt + n) = from[:, fromAt … fromAt + n) */
function copyColumns(to: Matrix, toAt: number, from: Matrix, fromAt: number, n: number): Matrix {
  for (let r = 0; r < to.rows; r++) {
    const t = r * to.cols + toAt, f = r * from.cols + fromAt;
    for (let j = 0; j < n; j++) to.data[t + j] = from.data[f + j];
  }
  return to;
}
