import type { Sweep } from "../../experiments/mod.ts";
import { type Experiment, type LayerOptions, streams } from "../../training/mod.ts";

/** The recurrent layers that are compared: one direction of each has about as many weights as 24 LSTM cells. */
export const units = {
  lstm: { kind: "lstm", hidden: 24 },
  gru: { kind: "gru", hidden: 28 },
  rnn: { kind: "rnn", hidden: 50 },
} as const satisfies Record<string, LayerOptions>;

/** One of {@linkcode units}. */
export type Unit = keyof typeof units;

/** What a reader calls the units. */
export const titles = { lstm: "LSTM", gru: "GRU", rnn: "tanh" } as const satisfies Record<
  Unit,
  string
>;

/** Units by name, in order. */
export const unitNames = Object.keys(units) as Unit[];

/** How a network reads a sequence. */
export const directions = ["forwards", "both ways"] as const;

/** One of {@linkcode directions}. */
export type Direction = typeof directions[number];

/** Steps between two evaluations. */
export const EVERY = 20;

/** The write-up's seeds are 0 to 4, and its settings were chosen with them: these come after. */
const FIRST_SEED = 5;

/** The layers of one network: the recurrent one, once or for each direction, and the output. */
export function modelFor(unit: Unit, direction: Direction): Experiment["model"] {
  const layer = units[unit];
  const recurrent: LayerOptions = direction === "both ways"
    ? { kind: "bidirectional", of: layer }
    : layer;
  return { kind: "layers", layers: [recurrent, { kind: "linear" }] };
}

/**
 * One training: all is as in the write-up, but for the recurrent layer; ended when solved.
 *
 * @param seed Its place among the seeds, from 0.
 */
export function experiment(unit: Unit, direction: Direction, seed: number): Experiment {
  return {
    name: `gated-units-${unit}-${direction.replace(" ", "-")}-seed${FIRST_SEED + seed}`,
    seed: FIRST_SEED + seed,
    corpus: { kind: "phonemes" },
    model: modelFor(unit, direction),
    criterion: { kind: "ctc" },
    optimizer: { lr: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
    batch: 16,
    iters: 1500,
    stopAtPer: 0.05,
    evaluations: [{ every: EVERY, sequences: 64, stream: streams.evaluation }],
  };
}

/** Every unit, read forwards and both ways. */
export const sweep: Sweep<{ unit: Unit; direction: Direction; seed: number }> = {
  about: "Whether GRU learns as soon as LSTM, and both sooner than tanh units, at equal weights.",
  seeds: 5,
  entries: (seeds) =>
    seeds.flatMap((seed) =>
      directions.flatMap((direction) =>
        unitNames.map((unit) => ({
          key: { unit, direction, seed },
          experiment: experiment(unit, direction, seed),
        }))
      )
    ),
};
