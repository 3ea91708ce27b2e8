import { paramsUnder, prefixParams } from "../numeric/mod.ts";
import type { FrameStep } from "./frame_step.ts";
import type { Layer } from "./layer.ts";

/**
 * Layers one after the other. The weights of layer n are under "n.", so that the output layer of
 * `stack(blstm(8, 24), linear(48, 7))` is "1.W" and "1.b".
 *
 * @throws {RangeError} If there is no layer, or a layer's input is not as wide as the output
 * before it.
 *
 * @example
 * ```ts
 * import { blstm, linear, stack } from "lib/models/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const model = stack(blstm(8, 24), linear(48, 7));
 * assertEquals(model.init(new RandomState(7))["1.W"].rows, 48);
 * ```
 */
export function stack(...layers: Layer[]): Layer<unknown[]> {
  if (layers.length === 0) throw new RangeError("Cannot stack layers as there must be at least 1");
  layers.slice(1).forEach((layer, n) => {
    if (layer.inputs !== layers[n].outputs) {
      throw new RangeError(
        `Cannot stack layers as layer ${n + 1} must take the ${layers[n].outputs} values ` +
          `that layer ${n} gives: it takes ${layer.inputs}`,
      );
    }
  });
  const steps = layers.map((layer) => layer.step?.bind(layer));
  return {
    ...(steps.every((step) => step !== undefined) && {
      step: (params) => inTurn(steps.map((step, n) => step!(paramsUnder(params, `${n}.`)))),
    }),
    inputs: layers[0].inputs,
    outputs: layers[layers.length - 1].outputs,
    frames: (T) => layers.reduce((n, layer) => layer.frames(n), T),
    init: (rng) =>
      Object.assign({}, ...layers.map((layer, n) => prefixParams(layer.init(rng), `${n}.`))),
    forward(params, x, ctx = {}) {
      const cache: unknown[] = [];
      let y = x;
      layers.forEach((layer, n) => {
        const step = layer.forward(paramsUnder(params, `${n}.`), y, ctx);
        y = step.y;
        cache.push(step.cache);
      });
      return { y, cache };
    },
    backward(params, cache, dy, ctx = {}) {
      let dx = () => dy;
      const grads = Array.from({ length: layers.length }, () => ({}));
      for (let n = layers.length - 1; n >= 0; n--) {
        const step = layers[n].backward(paramsUnder(params, `${n}.`), cache[n], dx(), ctx);
        dx = step.dx;
        grads[n] = prefixParams(step.grads, `${n}.`);
      }
      return { grads: Object.assign({}, ...grads), dx };
    },
  };
}

/** One step after the other; the state is that of every layer. */
function inTurn(steps: readonly FrameStep[]): FrameStep {
  return (x, states) => {
    let y = x;
    const after = steps.map((step, n) => {
      const stepped = step(y, (states as unknown[] | undefined)?.[n]);
      y = stepped.y;
      return stepped.state;
    });
    return { y, state: after };
  };
}
