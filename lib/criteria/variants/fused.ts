import type { Topology } from "../../alignment/mod.ts";
import type { CtcVariant, Room } from "./variant.ts";

/**
 * The recurrences of one sequence of T frames over S states, row by row, in numbers of some kind.
 * Rows are asked for in order, or again from a row that was kept.
 */
export interface Rows {
  /** Row t of α into `alpha` at `to`, from the row before, which is there at `from`. */
  forward(t: number, alpha: Float64Array, to: number, from: number): void;
  /** log of the full sum, from the last row of α, which is at `at`; -Infinity if no path fits. */
  end(alpha: Float64Array, at: number): number;
  /**
   * What goes on from every state at frame t, that frame's emission included, into `next`, from the
   * same of the frame after in `r`; the outputs of the frame turn into their gradient.
   *
   * @param alpha row t of α, at `at`
   */
  backward(t: number, alpha: Float64Array, at: number, r: Float64Array, next: Float64Array): void;
}

/**
 * How rows are computed: writes outputs of some kind for all frames, and gives their recurrences.
 *
 * @param y [T, K] written: the outputs; the gradient once every row has gone backward
 * @param logits [T, K] finite
 */
export type Arithmetic = (
  y: Float64Array,
  logits: Float64Array,
  topology: Topology,
  T: number,
  K: number,
  room: Room,
) => Rows;

/**
 * β fused with the gradient: a frame's backward scores are used for its gradient as soon as they
 * are there, and live in two rows. No table of β, of emissions or of occupancies; the outputs turn
 * into the gradient in place.
 *
 * Of α, every `every(T)`-th row is kept; the rows in between are computed again from it, one stretch
 * at a time, from the last to the first. Kept are ⌈T / every⌉ - 1 rows and a stretch.
 *
 * @param every Length of a stretch; defaults to T, so that all of α is kept.
 *
 * Source: Chen et al. 2016, "Training deep nets with sublinear memory cost", section 4.
 */
export function fused(arithmetic: Arithmetic, every = (T: number): number => T): CtcVariant {
  return (dLogits, logits, topology, T, K, room) => {
    if (topology.minimumFrames > T) {
      dLogits.fill(0);
      return Infinity;
    }
    const S = topology.labels.length, M = every(T);
    const saved = room("α", (Math.ceil(T / M) - 1) * S), stretch = room("α", M * S);
    const rows = arithmetic(dLogits, logits, topology, T, K, room);
    for (let t = 0; t < T; t++) {
      rows.forward(t, stretch, t % M * S, (t + M - 1) % M * S);
      // The last stretch is still there on the way back.
      if (t % M === 0 && t + M < T) {
        for (let s = 0; s < S; s++) saved[t / M * S + s] = stretch[s];
      }
    }
    const logScore = rows.end(stretch, (T - 1) % M * S);
    if (logScore === -Infinity) {
      dLogits.fill(0);
      return Infinity;
    }
    const beta = [room("β", S), room("β", S)];
    for (let t = T - 1; t >= 0; t--) {
      if (t % M === M - 1 && t < T - 1) {
        const first = t - M + 1;
        for (let s = 0; s < S; s++) stretch[s] = saved[first / M * S + s];
        for (let u = 1; u < M; u++) rows.forward(first + u, stretch, u * S, (u - 1) * S);
      }
      rows.backward(t, stretch, t % M * S, beta[(t + 1) % 2], beta[t % 2]);
    }
    return -logScore;
  };
}
