import type { CriterionOptions, Experiment, FullSumCriterion } from "../training/mod.ts";

/** Mean μ and standard deviation σ over seeds. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** What every synthetic table of the alignment paper measures. */
export type PaperMetric = "ler" | "frameCe" | "blank" | "tse";

/** How each metric is called and printed. */
export const paperMetrics: Readonly<
  Record<PaperMetric, { readonly name: string; readonly unit: string; readonly digits: number }>
> = {
  ler: { name: "LER", unit: "%", digits: 1 },
  frameCe: { name: "fw. CE", unit: "nats", digits: 2 },
  blank: { name: "E p(ε)", unit: "%", digits: 0 },
  tse: { name: "TSE", unit: "frames", digits: 1 },
};

/** One row of a table: what was trained, and what the paper found over its ten seeds. */
export interface PaperRow {
  /** Short, unique in its table, fit for a file name. */
  readonly name: string;
  /** The row's headings in the paper, in its words. */
  readonly columns: Readonly<Record<string, string>>;
  readonly setup: Pick<Experiment, "corpus" | "model" | "criterion">;
  /** Share of silence in the reference alignment, in percent, as the paper prints it. */
  readonly silence: number;
  /** NaN where our copy of the paper has lost a figure. */
  readonly theirs: Readonly<Record<PaperMetric, Spread>>;
}

/** A synthetic table of the alignment paper. */
export interface PaperTable {
  readonly source: string;
  readonly about: string;
  readonly rows: readonly PaperRow[];
}

/** The names of the tables, which are those of their sweeps, too. */
export type PaperTableName = "table-10" | "table-11" | "table-12" | "table-13";

type Words = Extract<Experiment["corpus"], { kind: "words" }>;

/** One word, every letter and the silence of fixed length, no noise: Tables 10 and 13. */
function clean(frames: number, silence: number): Words {
  return {
    kind: "words",
    wordsPerSequence: [1, 1],
    framesPerLetter: [frames, frames],
    silenceFactor: [silence, silence],
  };
}

/** One to three words, two frames per letter, 21 % silence, noise of 0.5: Tables 1, 11 and 12. */
const noisy: Words = {
  kind: "words",
  wordsPerSequence: [1, 3],
  framesPerLetter: [2, 2],
  silenceFactor: [0.3, 0.3],
  noise: 0.5,
};

/**
 * The transition model of Table 11: every step of speech costs the same, long silences cost more
 * than as much speech.
 *
 * The paper gives no values for the synthetic data. Those of its phonemes (section 7.1.2: speech
 * stays with 0.5, silence with 0.96) break the training here; the frequencies of the corpus, 0.5 and
 * 0.42, come close to giving all paths the same weight, with γ all but idle (the sweep `noisy-words`
 * has them). With 0.3 the share of silence falls as γ rises, as it does in the paper's rows.
 */
export const paperTransitions = {
  speech: { loop: 0.5, forward: 0.5 },
  silence: { loop: 0.3, forward: 0.7 },
} as const;

interface Scales {
  readonly alpha: number;
  readonly beta?: number;
  readonly gamma?: number;
  /** Defaults to the average posterior of the sequence, with stop-gradient. */
  readonly prior?: Partial<NonNullable<FullSumCriterion["prior"]>>;
  readonly topology?: "hmm" | "ctc";
}

function fullSum(
  { alpha, beta = 0, gamma = 0, prior, topology = "hmm" }: Scales,
): CriterionOptions {
  return {
    kind: "full-sum",
    topology,
    posteriorScale: alpha,
    ...beta > 0 ? { prior: { kind: "sequence", ...prior, scale: beta } } : {},
    ...gamma > 0 ? { transitionScale: gamma, transitions: paperTransitions } : {},
  };
}

/** LER μ σ, framewise CE μ σ, E p(ε | x) μ σ, TSE μ σ, as a line of the paper's tables. */
function figures(...line: readonly number[]): PaperRow["theirs"] {
  const [ler, frameCe, blank, tse] = [0, 2, 4, 6].map((n) => ({
    mean: line[n],
    deviation: line[n + 1],
  }));
  return { ler, frameCe, blank, tse };
}

type Line = readonly number[];

function priorRow(
  name: string,
  [prior, stop]: readonly [string, string],
  scales: Scales,
  line: Line,
): PaperRow {
  const { alpha, beta = 0 } = scales;
  return {
    name,
    columns: { prior, "stop-gradient": stop, β: String(beta), α: String(alpha) },
    setup: { corpus: clean(10, 1), model: { kind: "ffnn" }, criterion: fullSum(scales) },
    silence: 50,
    theirs: figures(...line),
  };
}

const average = ["posterior average", "yes"] as const;
const flowing = ["posterior average", "no"] as const;
const fixed = ["static", "–"] as const;
const none = ["none", "–"] as const;
const staticPrior = { kind: "static" } as const;

function scaleRow(alpha: number, beta: number, gamma: number, line: Line): PaperRow {
  return {
    name: `a${alpha}-b${beta}-g${gamma}`,
    columns: { α: String(alpha), β: String(beta), γ: String(gamma) },
    setup: {
      corpus: noisy,
      model: { kind: "blstm", hidden: 20, layers: 2 },
      criterion: fullSum({ alpha, beta, gamma }),
    },
    silence: 21,
    theirs: figures(...line),
  };
}

function topologyRow(hidden: number, topology: "hmm" | "ctc", line: Line): PaperRow {
  return {
    name: `${topology}-${hidden}`,
    columns: { units: String(hidden), topology: topology.toUpperCase() },
    setup: {
      corpus: noisy,
      model: { kind: "blstm", hidden, layers: 2 },
      criterion: fullSum({ alpha: 1, topology }),
    },
    silence: 21,
    theirs: figures(...line),
  };
}

/**
 * @param silence Factor and ratio in percent, as our copy prints them.
 * @param ours The factor that we train with, which gives that ratio: the silence is rounded down.
 */
function rateRow(
  frames: number,
  silence: readonly [factor: number, ratio: number],
  scales: Scales,
  line: Line,
  ours = silence[0],
): PaperRow {
  const { alpha, beta = 0 } = scales;
  const [factor, ratio] = silence;
  return {
    name: `frames${frames}-silence${ours / 100}-b${beta}-a${alpha}`,
    columns: {
      "frames per label": String(frames),
      "silence factor, %": ours === factor ? String(factor) : `${factor} (ours ${ours})`,
      "silence, %": String(ratio),
      β: String(beta),
      α: String(alpha),
    },
    setup: {
      corpus: clean(frames, ours / 100),
      model: { kind: "ffnn" },
      criterion: fullSum(scales),
    },
    silence: ratio,
    theirs: figures(...line),
  };
}

const half = { alpha: 0.5, beta: 0.5 };
const plain = { alpha: 1 };

/**
 * The synthetic tables of the alignment paper as data. Table 1 is five rows of Table 11:
 * {@link tableOneRows}.
 *
 * Source: the alignment paper, appendix A.5, Tables 10 to 13.
 */
export const paperTables: Readonly<Record<PaperTableName, PaperTable>> = {
  "table-10": {
    source: "the alignment paper, Table 10 and section 7.1.1",
    about: "Which prior a feed-forward network needs at ten frames per letter.",
    rows: [
      priorRow("average-b0.5-a0.5", average, half, [0, 0, 0, 0, 50, 0, 0, 0]),
      priorRow("average-b1-a1", average, { alpha: 1, beta: 1 }, [
        0.5,
        1.1,
        0.05,
        0.1,
        50,
        0,
        0.1,
        0.2,
      ]),
      priorRow(
        "flowing-b0.5-a0.5",
        flowing,
        { ...half, prior: { kind: "sequence", stopGradient: false } },
        [33.8, 26, 1.79, 1.94, 45, 15, 0.4, 1.2],
      ),
      priorRow("static-b0.5-a0.5", fixed, { ...half, prior: staticPrior }, [
        ...[108.2, 10.1, 11.39, 0.74, 0, 0, 19.5, 0],
      ]),
      priorRow("static-b0.1-a0.5", fixed, { alpha: 0.5, beta: 0.1, prior: staticPrior }, [
        ...[8.7, 20.8, 0.39, 0.86, 52, 3, 0.6, 1.2],
      ]),
      priorRow("static-b0.03-a0.1", fixed, { alpha: 0.1, beta: 0.03, prior: staticPrior }, [
        ...[11.8, 11, 0.28, 0.11, 50, 8, 0.9, 1.4],
      ]),
      priorRow("none-a0.5", none, { alpha: 0.5 }, [36.9, 25.3, 2.19, 1.78, 64, 13, 5.7, 5.1]),
      priorRow("none-a1", none, plain, [65.9, 32, 5.28, 4.26, 68, 27, 11.2, 5.5]),
    ],
  },
  "table-11": {
    source: "the alignment paper, Tables 1 and 11 and section 7.1.1",
    about: "Scales of posterior, prior and transitions for a BLSTM in noise.",
    rows: [
      scaleRow(0.5, 0.5, 0, [10.5, 5.2, 0.54, 0.09, 15, NaN, NaN, NaN]),
      scaleRow(0.5, 0.2, 0, [5.9, 4.7, 0.51, 0.06, 23, 4, 0.3, 0.1]),
      scaleRow(0.5, 0.5, 0.1, [9.4, 5.8, 0.55, 0.05, 15, 3, 0.3, 0.1]),
      scaleRow(0.5, 0.5, 0.2, [7.7, 5.4, 0.52, 0.05, 16, 2, 0.3, 0]),
      scaleRow(0.5, 0.5, 0.3, [7.8, 5.7, 0.53, 0.08, 15, 3, 0.3, 0.1]),
      scaleRow(0.5, 0.3, 0.2, [4.7, 4.4, 0.5, 0.1, 18, 4, 0.3, 0.1]),
      scaleRow(0.5, 0, 0.5, [5, 5, 0.45, 0.06, 20, 3, 0.2, 0.1]),
      scaleRow(0.5, 0, 0.2, [7.8, 9.7, 0.52, 0.15, 24, 2, 0.3, 0.2]),
      scaleRow(0.5, 0, 0.1, [7.2, 5, 0.57, 0.08, 26, 4, 0.4, 0.1]),
      scaleRow(0.5, 0, 0, [6.7, 6.5, 0.6, 0.13, 30, 3, 0.5, 0.1]),
      scaleRow(1, 0, 0, [63.7, 14.3, 3.57, 0.63, 11, 20, 1.3, 0.3]),
    ],
  },
  "table-12": {
    source: "the alignment paper, Table 12 and appendix A.5",
    about: "HMM against CTC topology at scales (1, 0, 0), for BLSTMs of two sizes in noise.",
    rows: [
      topologyRow(20, "hmm", [63.7, 14.3, 3.57, 0.63, 11, 20, 1.3, 0.3]),
      topologyRow(20, "ctc", [14.2, 8.2, 0.41, 0.07, 39, 4, 1.3, 0.5]),
      topologyRow(100, "hmm", [14.8, 9.7, 2.04, 0.56, 41, 7, 1.1, 0.1]),
      topologyRow(100, "ctc", [5.5, 4.7, 0.21, 0.05, 29, 3, 0.5, 0.6]),
    ],
  },
  "table-13": {
    source: "the alignment paper, Table 13 and section 7.1.1",
    about: "Whether the need for a prior comes with the frame rate.",
    rows: [
      rateRow(10, [100, 50], half, [0, 0, 0, 0, 50, 0, 0, 0]),
      rateRow(10, [20, 17], half, [0, 0, 0, 0, 17, 0, 0, 0]),
      rateRow(10, [20, 17], plain, [45.6, 29.2, 4.9, 4.01, 51, 26, 7.9, 6]),
      rateRow(2, [14, 14], half, [1.5, 3.2, 0.09, 0.05, 15, 3, 0, 0], 20),
      rateRow(2, [14, 14], plain, [0, 0, 0, 0, 14, 0, 0, 0], 20),
      rateRow(2, [50, 19], plain, [0, 0, 0, 0, 19, 0, 0, 0], 30),
    ],
  },
};

/** The names of the rows of Table 11 that are Table 1. */
export const tableOneRows: readonly string[] = [
  "a0.5-b0.2-g0",
  "a0.5-b0.3-g0.2",
  "a0.5-b0-g0.5",
  "a0.5-b0-g0",
  "a1-b0-g0",
];
