import type { Layer } from "./layer.ts";
import { type LstmCache, lstmLayer } from "./lstm.ts";

/**
 * An LSTM whose gates see the cell through peepholes, run from the first frame of each sequence to
 * the last.
 *
 * z_t = x_t Wx + h_{t-1} Wh + b
 * i = σ(z_i + p_i ∘ c_{t-1}), f = σ(z_f + p_f ∘ c_{t-1}), g = tanh(z_g)
 * c_t = f ∘ c_{t-1} + i ∘ g, o = σ(z_o + p_o ∘ c_t), h_t = o ∘ tanh(c_t)
 *
 * Weights: Wx [D, 4H], Wh [H, 4H] and p [1, 3H], drawn from Gaussians of deviation 0.5/√D, 0.5/√H
 * and 0.5/√H; b [1, 4H], zero but for the forget gate's part, which is 1. Gate order i, f, g, o; of
 * peepholes i, f, o. With p = 0 it is `lstm()`.
 *
 * @param D Width of the input.
 * @param H Number of cells, the width of the output.
 * @throws {RangeError} If a size is not a whole number >= 1.
 *
 * @example
 * ```ts
 * import { bidirectional, linear, parameterCount, peepholeLstm, stack } from "lib/models/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * // The network of Graves et al. 2006: 26 features, 61 phones and blank.
 * const network = stack(bidirectional(peepholeLstm(26, 100)), linear(200, 62));
 * assertEquals(parameterCount(network), 114_662);
 * ```
 *
 * Source: Gers, Schraudolph & Schmidhuber 2002, "Learning precise timing with LSTM recurrent
 * networks", section 3; Graves & Schmidhuber 2005, appendix A.
 */
export function peepholeLstm(D: number, H: number): Layer<LstmCache> {
  return lstmLayer(`peepholeLstm(${D}, ${H})`, D, H, true);
}
