import { RandomState } from "../../numeric/mod.ts";
import type { TrainedModel } from "../../training/mod.ts";

/** Sizes of a sequence. */
export interface SequenceSizes {
  readonly frames: number;
  readonly labels: number;
}

/**
 * Multiply–adds of recognising a sequence greedily: each weight counts as often as it is used.
 *
 * - weights of an encoder, of its CTC, and of the keys that attention listens by: once a frame;
 * - of a prediction network or a decoder: once a label, the start or the end one of them;
 * - of the output of a joint network: once a frame and once a label, which are the steps of its path;
 * - of the scores of attention: once a frame for every label, and as often the sum of the frames.
 *
 * Biases, activations, embeddings and the search itself are left out.
 */
export function multiplyAdds(
  { system }: Pick<TrainedModel, "system">,
  { frames: T, labels: U }: SequenceSizes,
): number {
  const params = system.init(new RandomState(0));
  const once: readonly (readonly [name: RegExp, uses: number])[] = [
    [/(^|\.)b[hx]?$|embedding$/, 0],
    [/^decoder\.attention\.(v|L)$/, T * (U + 1)],
    [/^decoder\.attention\.Wk$/, T],
    [/^(decoder|prediction|joint\.prediction)\./, U + 1],
    [/^joint\.output\./, T + U],
    [/./, T],
  ];
  const weights = Object.entries(params).reduce((sum, [name, { rows, cols }]) => {
    const [, uses] = once.find(([pattern]) => pattern.test(name))!;
    return sum + uses * rows * cols;
  }, 0);
  const keys = params["decoder.attention.Wk"];
  const context = keys === undefined ? 0 : keys.rows * T * (U + 1);
  return weights + context;
}
