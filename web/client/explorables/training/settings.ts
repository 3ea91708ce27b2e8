import { type Experiment, type ModelOptions, streams } from "lib/training/mod.ts";

/** What the reader may set. */
export interface Settings {
  /** Of the corpus and of the weights. */
  readonly seed: number;
  readonly phonemes: number;
  /** Standard deviation of the noise. */
  readonly noise: number;
  /** Share of a phone that its shared onset fades out over. */
  readonly onset: number;
  /** Cells per direction. */
  readonly cells: number;
  readonly criterion: Criterion;
}

/** What is minimised. */
export type Criterion = "ctc" | "hmm" | "framewise";

const criteria = {
  ctc: { kind: "ctc" },
  hmm: { kind: "full-sum", topology: "hmm" },
  framewise: { kind: "framewise" },
} as const satisfies Record<Criterion, Experiment["criterion"]>;

/** Steps of a race. */
export const STEPS = 1000;
/** Steps between two evaluations. */
export const EVERY = 20;

/** The two who race. */
export const racers = ["blstm", "lstm"] as const;
/** One of {@linkcode racers}. */
export type Racer = typeof racers[number];

/** The training of one of them: the write-up's, with what the reader set. */
export function raceExperiment(kind: ModelOptions["kind"], settings: Settings): Experiment {
  const { seed, phonemes, noise, onset, cells, criterion } = settings;
  return {
    name: `race-${kind}`,
    seed,
    corpus: { kind: "phonemes", phonemes, noise, onset },
    model: { kind, hidden: cells },
    criterion: criteria[criterion],
    optimizer: { lr: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
    batch: 16,
    iters: STEPS,
    evaluations: [{ every: EVERY, sequences: 32, stream: streams.evaluation, blanks: true }],
  };
}
