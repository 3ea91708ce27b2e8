import { type Allocate, type Matrix, matrix } from "../numeric/mod.ts";
import type { Output } from "./output.ts";

/**
 * Smooths the loss of a sequence, or of frames end to end, by a target that is uniform:
 *
 * L ← (1 - ε) L + ε Σₜ H(u, pₜ), with H(u, p) = -1/K Σₖ log p[k] = KL(u ‖ p) + log K
 *
 * Of framewise cross entropy this is the cross entropy with the target (1 - ε) [k = yₜ] + ε/K. Of a
 * full sum, CTC's among them, it is the same for every alignment at once: where only one path fits,
 * both losses are equal. Blank is one of the K labels.
 *
 * @param part.loss nats, L
 * @param part.dLogits [T, K] its gradient with respect to the logits, changed in place
 * @param logProbs [T, K] log p, nats
 * @param epsilon ε; at 0 the loss and its gradient stay as they are, to the bit.
 * @returns The smoothed loss, nats.
 *
 * Source: Szegedy et al. 2016, section 7; Kim et al. 2018 add a divergence from uniform to CTC, too.
 */
export function smoothed(
  part: { readonly loss: number; readonly dLogits: Matrix },
  logProbs: Matrix,
  output: Output,
  epsilon: number,
  alloc: Allocate = matrix,
): number {
  if (epsilon === 0) return part.loss;
  const { rows: T, cols: K, data } = logProbs;
  const uniform = alloc(T, K);
  uniform.data.fill(1 / K);
  const toward = output.toward(logProbs, uniform, alloc).data, d = part.dLogits.data;
  let entropy = 0;
  for (let i = 0; i < d.length; i++) {
    entropy -= data[i] / K;
    d[i] = (1 - epsilon) * d[i] + epsilon * toward[i];
  }
  return (1 - epsilon) * part.loss + epsilon * entropy;
}

/**
 * Checks the ε of label smoothing.
 *
 * @throws {RangeError} If it is not from 0 to below 1.
 */
export function requireSmoothing(what: string, epsilon: number): void {
  if (Number.isFinite(epsilon) && epsilon >= 0 && epsilon < 1) return;
  throw new RangeError(
    `Cannot ${what} as labelSmoothing must be from 0 to below 1: current value is ${epsilon}`,
  );
}
