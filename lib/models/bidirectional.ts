import {
  type Allocate,
  matrix,
  paramsUnder,
  prefixParams,
  type Sequences,
  unset,
} from "../numeric/mod.ts";
import { addScaled } from "../numeric/kernels/mod.ts";
import { copyColumns } from "./columns.ts";
import { type Layer, requireWidth } from "./layer.ts";
import { lstm, type LstmCache } from "./lstm.ts";

/**
 * Two copies of a layer with weights of their own, one run from the first frame to the last and
 * one from the last to the first; at every frame their outputs stand side by side.
 *
 * Weights: those of the layer, under "fwd." and "bwd.".
 *
 * @example
 * ```ts
 * import { bidirectional, rnn } from "lib/models/mod.ts";
 * import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = bidirectional(rnn(3, 4));
 * const { y } = layer.forward(layer.init(new RandomState(0)), sequences([matrix(5, 3)]));
 * assertEquals([y.frames.rows, y.frames.cols], [5, 8]);
 * ```
 *
 * Source: Schuster & Paliwal 1997; Graves & Schmidhuber 2005, section 3.
 */
export function bidirectional<Cache>(layer: Layer<Cache>): Layer<{ fwd: Cache; bwd: Cache }> {
  const D = layer.inputs, H = layer.outputs;
  return {
    inputs: D,
    outputs: 2 * H,
    frames: (T) => layer.frames(T),
    init: (rng) => ({
      ...prefixParams(layer.init(rng), "fwd."),
      ...prefixParams(layer.init(rng), "bwd."),
    }),
    forward(params, x, ctx = {}) {
      const { alloc = matrix } = ctx;
      const fwd = layer.forward(paramsUnder(params, "fwd."), x, ctx);
      const bwd = layer.forward(paramsUnder(params, "bwd."), columns(x, 0, D, true, alloc), ctx);
      const { offsets } = fwd.y;
      const frames = unset(alloc, fwd.y.frames.rows, 2 * H);
      copyColumns(frames, 0, fwd.y.frames, 0, H);
      copyColumns(frames, H, bwd.y.frames, 0, H, offsets, true);
      return { y: { frames, offsets }, cache: { fwd: fwd.cache, bwd: bwd.cache } };
    },
    backward(params, cache, dy, ctx = {}) {
      const { alloc = matrix } = ctx;
      requireWidth("a bidirectional layer backwards", dy, 2 * H);
      const fwd = layer.backward(
        paramsUnder(params, "fwd."),
        cache.fwd,
        columns(dy, 0, H, false, alloc),
        ctx,
      );
      const bwd = layer.backward(
        paramsUnder(params, "bwd."),
        cache.bwd,
        columns(dy, H, H, true, alloc),
        ctx,
      );
      return {
        grads: { ...prefixParams(fwd.grads, "fwd."), ...prefixParams(bwd.grads, "bwd.") },
        dx() {
          const dx = columns(bwd.dx(), 0, D, true, alloc), { data } = dx.frames;
          addScaled(data, data, fwd.dx().frames.data, 1);
          return dx;
        },
      };
    },
  };
}

/**
 * A bidirectional LSTM: {@link bidirectional} of {@link lstm}, output width 2H.
 *
 * @param D Width of the input.
 * @param H Number of cells per direction.
 *
 * @example
 * ```ts
 * import { blstm } from "lib/models/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = blstm(3, 4);
 * assertEquals(layer.outputs, 8);
 * assertEquals(Object.keys(layer.init(new RandomState(0))).includes("bwd.Wx"), true);
 * ```
 */
export function blstm(D: number, H: number): Layer<{ fwd: LstmCache; bwd: LstmCache }> {
  return bidirectional(lstm(D, H));
}

/** Columns from … from + n - 1 of every frame; `reverse` puts each sequence's last frame first. */
function columns(
  { frames, offsets }: Sequences,
  from: number,
  n: number,
  reverse: boolean,
  alloc: Allocate,
): Sequences {
  const out = unset(alloc, frames.rows, n);
  copyColumns(out, 0, frames, from, n, offsets, reverse);
  return { frames: out, offsets };
}
