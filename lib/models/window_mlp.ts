import { frameWindow } from "./frame_window.ts";
import type { Layer } from "./layer.ts";
import { linear } from "./linear.ts";
import { stack } from "./stack.ts";
import { tanh } from "./tanh.ts";

/**
 * The hidden layer of a multilayer perceptron that sees a window of frames and nothing else:
 *
 * y_t = tanh([x_{t-r} … x_{t+r}] W + b), zero beyond the ends of the sequence
 *
 * Weights: "1.W" [(2r + 1) D, H] and "1.b" [1, H], as {@link linear} draws them. With an output
 * layer on top it is the time-windowed MLP: `stack(windowMlp(8, 40, 3), linear(40, 7))`.
 *
 * @param D Width of the input.
 * @param H Number of hidden units, the width of the output.
 * @param radius Number r of frames seen to either side; 0 sees each frame alone.
 * @throws {RangeError} If a size is out of range.
 *
 * @example
 * ```ts
 * import { windowMlp } from "lib/models/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { rows, cols } = windowMlp(8, 40, 3).init(new RandomState(0))["1.W"];
 * assertEquals([rows, cols], [7 * 8, 40]);
 * ```
 *
 * Source: Graves & Schmidhuber 2005, section 5, the time-windowed MLP.
 */
export function windowMlp(D: number, H: number, radius: number): Layer<unknown[]> {
  const window = frameWindow(D, radius);
  return stack(window, linear(window.outputs, H), tanh(H));
}
