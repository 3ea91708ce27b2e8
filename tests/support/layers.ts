import { type Criterion, gradcheck, type GradcheckOptions } from "lib/gradcheck.ts";
import type { Layer } from "lib/models/mod.ts";
import { type Params, RandomState, type Sequences } from "lib/numeric/mod.ts";
import { randomMatrix, randomSequences } from "./matrices.ts";

/** loss = Σ w y + y²/2 with random w: every output matters, each with a weight of its own. */
export function smoothCriterion(seed: number): Criterion {
  return ({ frames, offsets }) => {
    const w = randomMatrix(new RandomState(seed), frames.rows, frames.cols).data;
    const loss = frames.data.reduce((sum, y, i) => sum + w[i] * y + y * y / 2, 0);
    return {
      loss,
      dy: { frames: { ...frames, data: frames.data.map((y, i) => w[i] + y) }, offsets },
    };
  };
}

/** Weights with no zeros among them, so that a bias or gate that is left out shows. */
export function randomParams<Cache>(layer: Layer<Cache>, seed: number): Params {
  const rng = new RandomState(seed);
  const params = layer.init(rng);
  for (const m of Object.values(params)) {
    for (let i = 0; i < m.data.length; i++) m.data[i] += 0.3 * rng.randn();
  }
  return params;
}

/** {@link gradcheck} of a layer at random weights on random sequences. */
export function checkLayer<Cache>(
  layer: Layer<Cache>,
  lengths: readonly number[],
  options: GradcheckOptions = {},
) {
  const params = randomParams(layer, 1);
  const x: Sequences = randomSequences(new RandomState(2), lengths, layer.inputs);
  const entries = Object.values(params).reduce((sum, m) => sum + m.data.length, 0) +
    x.frames.data.length;
  return { ...gradcheck(layer, smoothCriterion(3), params, x, options), entries };
}
