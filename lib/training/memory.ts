import { largestMemory, type Sizes, sizesOf } from "../corpora/mod.ts";
import type { AnyModelOptions } from "./build_model.ts";
import type { Experiment } from "./experiment.ts";

export { largestMemory };

/**
 * The bytes that an experiment may need at once, from its sizes alone: nothing is built. Every
 * sequence counts as long as the corpus allows, so that a training mostly needs a third to a half.
 *
 * bytes = 8 · (corpus + 4 · weights + frames · values per frame + what evaluations keep)
 *
 * @param experiment Of the right form, see {@link requireExperiment}.
 * @param sequences In a batch; defaults to the experiment's own.
 *
 * @example
 * ```ts
 * import { memoryOf, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { assertLess } from "@std/assert";
 *
 * assertLess(memoryOf(writeUpExperiment("blstm", 0)), 50 * 2 ** 20);
 * ```
 */
export function memoryOf(
  experiment: Pick<Experiment, "corpus" | "model" | "evaluations" | "batch">,
  sequences: number = experiment.batch,
): number {
  const sizes = sizesOf(experiment.corpus);
  const { frames, target, features, labels, tables } = sizes;
  const { weights, perFrame } = modelSizes(experiment.model, sizes);
  const delay = "delay" in experiment.model ? experiment.model.delay ?? 0 : 0;
  // Logits, log-probabilities, occupancies and their gradients; then the lattice of one sequence.
  const step = sequences * (frames + delay) * (perFrame + 2 * features + 6 * labels) +
    frames * 4 * (2 * target + 1);
  const kept = experiment.evaluations.reduce((most, grid) => {
    const asked = grid.alignment !== undefined || grid.frames !== undefined || grid.blanks;
    const perSequence = 3 * target + (asked ? frames * (2 * labels + features + 2) : 0);
    return Math.max(most, grid.sequences * perSequence);
  }, 0);
  return 8 * (tables + 4 * weights + step + kept);
}

/**
 * Checks that an experiment needs no more memory than there may be.
 *
 * @param limit Bytes; defaults to {@link largestMemory}.
 * @param sequences In a batch; defaults to the experiment's own.
 * @throws {RangeError} If it needs more; the message says how much, and what to lower.
 */
export function requireMemory(
  experiment: Pick<Experiment, "corpus" | "model" | "evaluations" | "batch">,
  limit: number = largestMemory,
  sequences: number = experiment.batch,
): void {
  if (typeof limit !== "number" || !(limit > 0)) {
    throw new RangeError(
      `Cannot train as the memory that it may need must be > 0: current value is ${limit}`,
    );
  }
  if (!Number.isSafeInteger(sequences) || sequences < 1) {
    throw new RangeError(
      `Cannot draw a batch as its size must be a whole number >= 1: current value is ${sequences}`,
    );
  }
  const bytes = memoryOf(experiment, sequences);
  if (bytes <= limit) return;
  const { model, evaluations } = experiment;
  const width = "hidden" in model ? `model.hidden is ${model.hidden}, ` : "";
  const held = evaluations.map((grid) => grid.sequences).join(", ");
  throw new RangeError(
    `Cannot train as it would need about ${gibibytes(bytes)} of memory, and may have ` +
      `${gibibytes(limit)}: lower the sequences of a batch, the size of the model, the sequences ` +
      `of an evaluation or the lengths of the corpus (batch is ${sequences}, ${width}` +
      `sequences are ${held || "none"}, of up to ${sizesOf(experiment.corpus).frames} frames)`,
  );
}

function gibibytes(bytes: number): string {
  const size = bytes / 2 ** 30;
  return size < 1e6 ? `${+size.toPrecision(2)} GiB` : `${size.toExponential(1)} GiB`;
}

/** Weights of a model, and the values that a step makes for every frame in its layers. */
function modelSizes(
  options: AnyModelOptions,
  { features: D, labels: K }: Sizes,
): { weights: number; perFrame: number } {
  const linear = (width: number) => (width + 1) * K;
  switch (options.kind) {
    case "ffnn":
      return { weights: linear(D), perFrame: D };
    case "mlp": {
      const { hidden: H, radius } = options, window = (2 * radius + 1) * D;
      return { weights: (window + 1) * H + linear(H), perFrame: 2 * window + 4 * H };
    }
    default: {
      const { kind, hidden: H } = options;
      const directions = kind === "blstm" || kind === "brnn" ? 2 : 1;
      const gates = kind === "blstm" || kind === "lstm" ? 4 : 1;
      const layers = "layers" in options ? options.layers ?? 1 : 1;
      const halving = "pyramid" in options && options.pyramid ? 2 : 1;
      const width = directions * H;
      const recurrent = (inputs: number) => directions * gates * H * (inputs + H + 1);
      // Gates and their gradients, hidden and cell states; copies of what goes in and comes out.
      const values = (inputs: number) =>
        directions * (2 * gates * H + 3 * H + 2 * inputs) + 2 * width;
      return {
        weights: recurrent(D) + (layers - 1) * recurrent(halving * width) + linear(width),
        perFrame: values(D) + (layers - 1) * values(halving * width),
      };
    }
  }
}
