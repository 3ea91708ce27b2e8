import { glu, swish } from "./activations.ts";
import { conv1d } from "./conv1d.ts";
import { dropout } from "./dropout.ts";
import { feedForward } from "./feed_forward.ts";
import { type Layer, requireUnits } from "./layer.ts";
import { layerNorm } from "./layer_norm.ts";
import { linear } from "./linear.ts";
import { residual } from "./residual.ts";
import { selfAttention } from "./self_attention.ts";
import { chain } from "./stack.ts";

/** Options of {@link conformer}. */
export interface ConformerOptions {
  /** Frames that the convolution sees at once, an odd number; defaults to 31. */
  readonly kernel?: number;
  /** How many times as wide as D the feed-forward layers are inside; defaults to 4. */
  readonly expansion?: number;
  /** Probability of being dropped in training, at the end of every module; defaults to 0. */
  readonly dropout?: number;
  /** Whether attention knows distances, see {@link selfAttention}; defaults to true. */
  readonly relative?: boolean;
}

/**
 * A Conformer block: attention for what is far, convolution for what is near, between two halves of a
 * feed-forward layer.
 *
 * a = x + ½ feedForward(x), b = a + attention(a), c = b + convolution(b),
 * y = norm(c + ½ feedForward'(c))
 *
 * Each module takes its input through a layer norm. The convolution is linear (to 2D) → GLU →
 * depthwise over time → norm → Swish → linear; its norm is a **layer norm, where the source has a
 * batch norm**: a frame's output then depends on its own sequence alone, in training too.
 *
 * Weights: "before.", "attention.", "convolution.", "after." and "norm.", each module's own below.
 *
 * @param D Width of the input and the output.
 * @param heads Number of attention heads; it divides D.
 * @throws {RangeError} If a size is out of range, or the kernel even.
 *
 * @example
 * ```ts
 * import { conformer, parameterCount } from "lib/models/mod.ts";
 * import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const block = conformer(16, 4, { kernel: 7 });
 * const { y } = block.forward(block.init(new RandomState(0)), sequences([matrix(9, 16)]));
 * assertEquals([y.frames.rows, y.frames.cols], [9, 16]);
 * assertEquals(parameterCount(block), 6768);
 * ```
 *
 * Source: Gulati et al. 2020, "Conformer: Convolution-augmented Transformer for Speech Recognition",
 * section 2; its kernel of 32 is odd here, so that it looks as far ahead as back.
 */
export function conformer(
  D: number,
  heads: number,
  options: ConformerOptions = {},
): Layer<unknown[]> {
  const { kernel = 31, expansion = 4, dropout: rate = 0, relative = true } = options;
  const name = `conformer(${D}, ${heads})`;
  requireUnits(name, "D", D);
  requireUnits(name, "kernel", kernel);
  if (kernel % 2 === 0) {
    throw new RangeError(`Cannot make ${name} as kernel must be odd: current value is ${kernel}`);
  }
  const half = () =>
    residual(
      chain({
        norm: layerNorm(D),
        feedForward: feedForward(D, { expansion, dropout: rate }),
      }),
      { scale: 0.5 },
    );
  const attention = residual(chain({
    norm: layerNorm(D),
    attention: selfAttention(D, heads, { relative }),
    dropout: dropout(D, rate),
  }));
  const convolution = residual(chain({
    norm: layerNorm(D),
    expand: linear(D, 2 * D),
    glu: glu(D),
    depthwise: conv1d(D, D, { kernel, padding: (kernel - 1) / 2, groups: D }),
    middle: layerNorm(D),
    swish: swish(D),
    project: linear(D, D),
    dropout: dropout(D, rate),
  }));
  return chain({ before: half(), attention, convolution, after: half(), norm: layerNorm(D) });
}
