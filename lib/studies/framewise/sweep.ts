import type { Sweep } from "../../experiments/mod.ts";
import { type AnyModelOptions, type Experiment, streams } from "../../training/mod.ts";

/**
 * The networks that are compared, each with about the 6679 weights of a BLSTM of 24 cells per
 * direction.
 *
 * Source: Graves & Schmidhuber 2005, section 5; their window MLP sees 10 frames to either side.
 */
export const networks = {
  "BLSTM": { kind: "blstm", hidden: 24 },
  "LSTM, delay 6": { kind: "lstm", hidden: 36, delay: 6 },
  "LSTM, delay 4": { kind: "lstm", hidden: 36, delay: 4 },
  "LSTM, delay 2": { kind: "lstm", hidden: 36, delay: 2 },
  "LSTM": { kind: "lstm", hidden: 36 },
  "BRNN": { kind: "brnn", hidden: 50 },
  "RNN": { kind: "rnn", hidden: 74 },
  "MLP, ±10 frames": { kind: "mlp", hidden: 38, radius: 10 },
  "MLP, ±3 frames": { kind: "mlp", hidden: 104, radius: 3 },
  "MLP, one frame": { kind: "mlp", hidden: 417, radius: 0 },
} as const satisfies Record<string, AnyModelOptions>;

/** One of {@linkcode networks}. */
export type Network = keyof typeof networks;

/** Their names, in order. */
export const names = Object.keys(networks) as Network[];

/**
 * One training: cross entropy with the true phone of every frame, the corpus, optimizer and batch of
 * the write-up, and evaluations that tell places in a phone apart.
 */
export function experiment(network: Network, seed: number): Experiment {
  return {
    name: `framewise-${slug(network)}-seed${seed}`,
    seed,
    corpus: { kind: "phonemes" },
    model: networks[network],
    criterion: { kind: "framewise" },
    optimizer: { lr: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
    batch: 16,
    iters: 2000,
    evaluations: [{
      every: 100,
      sequences: 64,
      stream: streams.evaluation,
      frames: { places: 4 },
    }],
  };
}

/** Every network at every seed. */
export const sweep: Sweep<{ network: Network; seed: number }> = {
  about: "Which networks name the phone of each frame, and where in the phone they fail.",
  seeds: 5,
  entries: (seeds) =>
    seeds.flatMap((seed) =>
      names.map((network) => ({ key: { network, seed }, experiment: experiment(network, seed) }))
    ),
};

/** "LSTM, delay 4" as it stands in a file's name: lstm-delay-4. */
function slug(name: string): string {
  return name.toLowerCase().replaceAll("±", "").replaceAll(/[^a-z0-9]+/g, "-");
}
