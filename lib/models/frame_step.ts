import type { Params } from "../numeric/mod.ts";

/** What one more frame gives, and what the layer remembers after it. */
export interface SteppedFrame {
  /** [outputs] */
  readonly y: Float64Array;
  /** A plain value, which the next step leaves as it was: many continuations may share it. */
  readonly state: unknown;
}

/** Runs a layer one frame further: x [inputs] after what `state` remembers, by default nothing. */
export type FrameStep = (x: Float64Array, state?: unknown) => SteppedFrame;

/** A layer that runs frame by frame, where no frame waits for a later one. */
export interface Stepping {
  /**
   * The layer with these weights, one frame at a time: frame for frame the output of `forward()`, but
   * for the order in which sums are rounded.
   */
  step(params: Params): FrameStep;
}

/** z += x W, for one frame x [D], W [D, H] */
export function addProduct(z: Float64Array, x: Float64Array, W: Float64Array): Float64Array {
  const H = z.length;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0, w = i * H; j < H; j++, w++) z[j] += x[i] * W[w];
  }
  return z;
}
