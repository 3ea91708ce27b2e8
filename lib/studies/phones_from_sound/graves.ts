import { timitInventory } from "../../corpora/mod.ts";
import { parameterCount } from "../../models/mod.ts";
import { buildModel, type Experiment, streams } from "../../training/mod.ts";
import { BEAM } from "./sweep.ts";

/** Sentences of TIMIT's training set without SA1 and SA2: steps of an epoch. */
const EPOCH = 3696;

/** Epochs of a training: ours, as how long the source trains does not stand in our sources. */
const EPOCHS = 50;

/** Neither is there a word of clipping: a gradient of this size never comes. */
const NO_CLIPPING = 1e6;

/**
 * The training of Graves et al. 2006 on TIMIT, which nobody has run here: 61 phones, 12 MFCC and
 * energy with their slopes in windows of 10 ms every 5 ms, 100 cells with peepholes a direction,
 * gradient descent with momentum, noise on the inputs. Errors are counted over the 61 phones, as the
 * source does, on the 192 sentences of the core test set.
 *
 * Source: Graves et al. 2006, section 5.
 */
export function gravesExperiment(seed: number): Experiment {
  const decoders = [{ kind: "greedy" }, { kind: "beam", width: BEAM }] as const;
  const cells = { kind: "lstm", hidden: 100, peephole: true } as const;
  return {
    name: `graves-2006-timit-seed${seed}`,
    seed,
    corpus: {
      kind: "timit",
      features: { cepstra: 13, lengthMs: 10, shiftMs: 5, deltas: 1 },
    },
    model: {
      kind: "layers",
      layers: [
        { kind: "inputNoise", deviation: 0.6 },
        { kind: "bidirectional", of: cells },
        { kind: "linear" },
      ],
    },
    criterion: { kind: "ctc" },
    optimizer: { method: "sgd", lr: 1e-4, momentum: 0.9, clip: NO_CLIPPING },
    batch: 1,
    iters: EPOCHS * EPOCH,
    precision: "single",
    evaluations: [{
      every: EPOCH,
      sequences: 192,
      split: "test",
      stream: streams.fineEvaluation,
      errors: { decoders },
    }],
  };
}

/** How many weights its network has. */
export function gravesWeights(): number {
  const features = 26, labels = timitInventory("61", "label").names.length;
  return parameterCount(buildModel(gravesExperiment(0).model, features, labels));
}
