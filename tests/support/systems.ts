import { gradcheck, type GradcheckReport } from "lib/gradcheck.ts";
import type { LabelledBatch } from "lib/corpora/mod.ts";
import type { Context, Layer } from "lib/models/mod.ts";
import { matrix, type Params, RandomState } from "lib/numeric/mod.ts";
import type { System } from "lib/systems/mod.ts";

/** Weights with no zeros among them, so that what is left out shows. */
export function randomWeights(system: System, seed: number): Params {
  const rng = new RandomState(seed), params = system.init(rng);
  for (const { data } of Object.values(params)) {
    for (let i = 0; i < data.length; i++) data[i] += 0.3 * rng.randn();
  }
  return params;
}

/** `gradcheck()` of a system's loss by some of every weight; chance is the same at every call. */
export function checkSystem(
  system: System,
  params: Params,
  batch: LabelledBatch,
  perTensor: number,
): GradcheckReport {
  const ctx = (): Context => ({ training: true, rng: new RandomState(5) });
  const asLayer: Layer<Params> = {
    inputs: batch.x.frames.cols,
    outputs: 1,
    frames: () => 1,
    init: (rng) => system.init(rng),
    forward(params) {
      const { loss, grads } = system.gradients(params, batch, ctx());
      return { y: { frames: matrix(1, 1, [loss]), offsets: Int32Array.of(0, 1) }, cache: grads };
    },
    backward: (_, grads) => ({ grads, dx: () => batch.x }),
  };
  const sample = { perTensor, rng: new RandomState(1) };
  return gradcheck(asLayer, (y) => ({ loss: y.frames.data[0], dy: y }), params, batch.x, {
    sample,
  });
}
