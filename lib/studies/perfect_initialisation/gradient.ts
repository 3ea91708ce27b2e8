import { fullSumBatchLoss, type NormalizedGradient } from "../../criteria/mod.ts";
import { greedyDecode } from "../../decoding/mod.ts";
import { labelErrorRate } from "../../metrics/mod.ts";
import { sequenceAt, type Sequences } from "../../numeric/mod.ts";
import { alignmentMetrics, framewiseOf, heldOutBatch, Training } from "../../training/mod.ts";
import { experiment, type Method, methods } from "./experiment.ts";

/** How well W = c · 1 does before the first step. */
export interface Start {
  readonly c: number;
  /** Label error rate, %. */
  readonly per: number;
  /** Framewise cross entropy, nats. */
  readonly frameCe: number;
  /** Time stamp error, frames. */
  readonly tse: number;
  /** Mean posterior of blank, %. */
  readonly blank: number;
}

/** The gradient for the bias b, label by label, and what it is made of. */
export interface BiasGradient {
  readonly labels: readonly string[];
  /** ∇b by method. */
  readonly gradients: Readonly<Record<Method, readonly number[]>>;
  /** Σₜ p: the frames that the model gives to a label, over all sequences. */
  readonly given: readonly number[];
  /** Σₜ v: the frames that the soft alignment wants for it. */
  readonly wanted: readonly number[];
  /** Σₜ v f with f = 1 / (v̄ K), the factor without clamps. */
  readonly balanced: readonly number[];
  /** Largest minus smallest ∇b where b has been moved until the plain gradient is zero. */
  readonly whereItStops: Readonly<Record<"plain" | "without clamps", number>>;
}

const SEQUENCES = 20;

/** What scaled identities do on fresh sequences. */
export function starts(scales: readonly number[]): Start[] {
  return scales.map((c) => {
    const training = new Training(experiment({ scale: c, topology: "ctc" }, "plain", 0));
    const held = heldOutBatch(training, SEQUENCES);
    const { targets } = held.batch;
    const decoded = targets.map((_, b) => greedyDecode(sequenceAt(held.logProbs, b)));
    const { frameCe, tse = NaN, blankPosterior } = alignmentMetrics([held], {});
    const per = 100 * labelErrorRate(decoded, targets);
    return { c, per, frameCe, tse, blank: 100 * blankPosterior };
  });
}

/**
 * The gradient of CTC for b at W = `scale` · 1, b = 0: ∇b = Σₜ (p - v) f / B with f = 1 for the plain
 * one; and where b has moved against the plain gradient for so long that it is zero.
 */
export function biasGradient(scale: number): BiasGradient {
  const training = new Training(experiment({ scale, topology: "ctc" }, "plain", 0));
  const { batch, topologies } = heldOutBatch(training, SEQUENCES);
  const { rows: N, cols: K } = batch.x.frames;
  const { layer, criterion } = framewiseOf(training);
  const { y } = layer.forward(training.params, batch.x);
  const gradient = (y: Sequences, normalizedGradient?: NormalizedGradient) =>
    columnSums(fullSumBatchLoss(y, topologies, { normalizedGradient }).dLogits.frames.data, K);
  const gradients = {
    "plain": gradient(y),
    "normalised": gradient(y, methods.normalised.normalizedGradient),
    "without clamps": gradient(y, methods["without clamps"].normalizedGradient),
  };
  const given = columnSums(criterion.output.logProbs(y.frames).data.map(Math.exp), K);
  const wanted = given.map((sum, k) => sum - SEQUENCES * gradients.plain[k]);

  const b = new Float64Array(K);
  const moved = (): Sequences => {
    const { frames, offsets } = y;
    return { frames: { ...frames, data: frames.data.map((z, i) => z + b[i % K]) }, offsets };
  };
  for (let n = 0; n < 400; n++) gradient(moved()).forEach((g, k) => b[k] -= 0.3 * g);
  const { normalizedGradient } = methods["without clamps"];
  return {
    labels: ["ε", ..."adehloruwy"],
    gradients,
    given,
    wanted,
    balanced: wanted.map((sum) => sum * N / (sum * K)),
    whereItStops: {
      "plain": spread(gradient(moved())),
      "without clamps": spread(gradient(moved(), normalizedGradient)),
    },
  };
}

/** The largest value minus the smallest. */
export function spread(values: ArrayLike<number>): number {
  return Math.max(...Array.from(values)) - Math.min(...Array.from(values));
}

function columnSums(values: Float64Array, K: number): number[] {
  return Array.from(
    { length: K },
    (_, k) => values.reduce((sum, value, i) => i % K === k ? sum + value : sum, 0),
  );
}
