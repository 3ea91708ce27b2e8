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
  return chain(Object.fromEntries(layers.map((layer, n) => [n, layer])));
}

/**
 * Layers one after the other, with names: a {@link stack} whose weights are under the layers' names
 * in place of their numbers.
 *
 * @throws {RangeError} If there is no layer, or a layer's input is not as wide as the output
 * before it.
 *
 * @example
 * ```ts
 * import { chain, layerNorm, linear } from "lib/models/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const model = chain({ norm: layerNorm(8), output: linear(8, 7) });
 * assertEquals(model.init(new RandomState(7))["output.W"].rows, 8);
 * ```
 */
export function chain(named: Readonly<Record<string, Layer>>): Layer<unknown[]> {
  const layers = Object.entries(named).map(([name, layer]) => ({
    name,
    prefix: `${name}.`,
    layer,
  }));
  if (layers.length === 0) throw new RangeError("Cannot stack layers as there must be at least 1");
  layers.slice(1).forEach(({ name, layer }, n) => {
    const below = layers[n];
    if (layer.inputs !== below.layer.outputs) {
      throw new RangeError(
        `Cannot stack layers as layer ${name} must take the ${below.layer.outputs} values ` +
          `that layer ${below.name} gives: it takes ${layer.inputs}`,
      );
    }
  });
  const steps = layers.map(({ layer }) => layer.step?.bind(layer));
  return {
    ...(steps.every((step) => step !== undefined) && {
      step: (params) =>
        inTurn(steps.map((step, n) => step!(paramsUnder(params, layers[n].prefix)))),
    }),
    inputs: layers[0].layer.inputs,
    outputs: layers[layers.length - 1].layer.outputs,
    frames: (T) => layers.reduce((n, { layer }) => layer.frames(n), T),
    init: (rng) =>
      Object.assign(
        {},
        ...layers.map(({ prefix, layer }) => prefixParams(layer.init(rng), prefix)),
      ),
    forward(params, x, ctx = {}) {
      const cache: unknown[] = [];
      let y = x;
      for (const { prefix, layer } of layers) {
        const step = layer.forward(paramsUnder(params, prefix), y, ctx);
        y = step.y;
        cache.push(step.cache);
      }
      return { y, cache };
    },
    backward(params, cache, dy, ctx = {}) {
      let dx = () => dy;
      const grads = Array.from({ length: layers.length }, () => ({}));
      for (let n = layers.length - 1; n >= 0; n--) {
        const { prefix, layer } = layers[n];
        const step = layer.backward(paramsUnder(params, prefix), cache[n], dx(), ctx);
        dx = step.dx;
        grads[n] = prefixParams(step.grads, prefix);
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
