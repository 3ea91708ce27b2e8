import type { Spread } from "../../numeric/mod.ts";
import type { ByMetric } from "./metrics.ts";

/** A row of a table: what was trained, in the paper's figures, and what it found over ten seeds. */
export interface PublishedRow {
  /** Scale of the posterior. */
  readonly alpha: number;
  /** Scale of the prior; none if it is left out. */
  readonly beta?: number;
  /** Scale of the transition probabilities; none if it is left out. */
  readonly gamma?: number;
  /** Defaults to the average posterior, kept out of the gradient. */
  readonly prior?: "average" | "average, in the gradient" | "static";
  /** Where silence may stand; defaults to "hmm". */
  readonly topology?: "hmm" | "ctc";
  /** Cells of the network in each direction. */
  readonly units?: number;
  /** Frames of a letter. */
  readonly frames?: number;
  /** Frames of silence over frames of letters, %. */
  readonly factor?: number;
  /** Share of silence in the reference alignment, %. */
  readonly silence: number;
  /** Mean and standard deviation; NaN where our copy of the paper has lost a figure. */
  readonly theirs: ByMetric<Spread>;
}

/** LER μ σ, framewise CE μ σ, E p(ε | x) μ σ, TSE μ σ: a line as the paper prints it. */
function line(...figures: readonly number[]): PublishedRow["theirs"] {
  const at = (n: number) => ({ mean: figures[n], deviation: figures[n + 1] });
  return { per: at(0), frameCe: at(2), blank: at(4), tse: at(6) };
}

/** A row of Table 10: one word, ten frames per letter, as much silence as speech, no noise. */
function prior(of: Omit<PublishedRow, "theirs" | "silence">, ...figures: number[]): PublishedRow {
  return { ...of, frames: 10, factor: 100, silence: 50, theirs: line(...figures) };
}

/** Source: the alignment paper, Table 10. */
export const table10 = {
  "average-b0.5-a0.5": prior({ alpha: 0.5, beta: 0.5 }, 0, 0, 0, 0, 50, 0, 0, 0),
  "average-b1-a1": prior({ alpha: 1, beta: 1 }, 0.5, 1.1, 0.05, 0.1, 50, 0, 0.1, 0.2),
  "flowing-b0.5-a0.5": prior(
    { alpha: 0.5, beta: 0.5, prior: "average, in the gradient" },
    ...[33.8, 26, 1.79, 1.94, 45, 15, 0.4, 1.2],
  ),
  "static-b0.5-a0.5": prior(
    { alpha: 0.5, beta: 0.5, prior: "static" },
    ...[108.2, 10.1, 11.39, 0.74, 0, 0, 19.5, 0],
  ),
  "static-b0.1-a0.5": prior(
    { alpha: 0.5, beta: 0.1, prior: "static" },
    ...[8.7, 20.8, 0.39, 0.86, 52, 3, 0.6, 1.2],
  ),
  "static-b0.03-a0.1": prior(
    { alpha: 0.1, beta: 0.03, prior: "static" },
    ...[11.8, 11, 0.28, 0.11, 50, 8, 0.9, 1.4],
  ),
  "none-a0.5": prior({ alpha: 0.5 }, 36.9, 25.3, 2.19, 1.78, 64, 13, 5.7, 5.1),
  "none-a1": prior({ alpha: 1 }, 65.9, 32, 5.28, 4.26, 68, 27, 11.2, 5.5),
} as const satisfies Readonly<Record<string, PublishedRow>>;

/** A row of Table 11: one to three words in noise, 21 % silence, a BLSTM of 20 cells. */
function scales(
  [alpha, beta, gamma]: readonly [number, number, number],
  ...figures: number[]
): PublishedRow {
  return { alpha, beta, gamma, units: 20, silence: 21, theirs: line(...figures) };
}

/**
 * Source: the alignment paper, Table 11; five of its rows are Table 1, see {@linkcode table1}. Our
 * copy has lost the last three figures of the first row.
 */
export const table11 = {
  "a0.5-b0.5-g0": scales([0.5, 0.5, 0], 10.5, 5.2, 0.54, 0.09, 15, NaN, NaN, NaN),
  "a0.5-b0.2-g0": scales([0.5, 0.2, 0], 5.9, 4.7, 0.51, 0.06, 23, 4, 0.3, 0.1),
  "a0.5-b0.5-g0.1": scales([0.5, 0.5, 0.1], 9.4, 5.8, 0.55, 0.05, 15, 3, 0.3, 0.1),
  "a0.5-b0.5-g0.2": scales([0.5, 0.5, 0.2], 7.7, 5.4, 0.52, 0.05, 16, 2, 0.3, 0),
  "a0.5-b0.5-g0.3": scales([0.5, 0.5, 0.3], 7.8, 5.7, 0.53, 0.08, 15, 3, 0.3, 0.1),
  "a0.5-b0.3-g0.2": scales([0.5, 0.3, 0.2], 4.7, 4.4, 0.5, 0.1, 18, 4, 0.3, 0.1),
  "a0.5-b0-g0.5": scales([0.5, 0, 0.5], 5, 5, 0.45, 0.06, 20, 3, 0.2, 0.1),
  "a0.5-b0-g0.2": scales([0.5, 0, 0.2], 7.8, 9.7, 0.52, 0.15, 24, 2, 0.3, 0.2),
  "a0.5-b0-g0.1": scales([0.5, 0, 0.1], 7.2, 5, 0.57, 0.08, 26, 4, 0.4, 0.1),
  "a0.5-b0-g0": scales([0.5, 0, 0], 6.7, 6.5, 0.6, 0.13, 30, 3, 0.5, 0.1),
  "a1-b0-g0": scales([1, 0, 0], 63.7, 14.3, 3.57, 0.63, 11, 20, 1.3, 0.3),
} as const satisfies Readonly<Record<string, PublishedRow>>;

/** The rows of Table 11 that are Table 1. */
export const table1: readonly (keyof typeof table11)[] = [
  "a0.5-b0.2-g0",
  "a0.5-b0.3-g0.2",
  "a0.5-b0-g0.5",
  "a0.5-b0-g0",
  "a1-b0-g0",
];

/** A row of Table 12: the corpus of Table 11, at scales (1, 0, 0). */
function topology(of: Pick<PublishedRow, "units" | "topology">, ...figures: number[]) {
  return { alpha: 1, ...of, silence: 21, theirs: line(...figures) };
}

/** Source: the alignment paper, Table 12. */
export const table12 = {
  "hmm-20": topology({ units: 20, topology: "hmm" }, 63.7, 14.3, 3.57, 0.63, 11, 20, 1.3, 0.3),
  "ctc-20": topology({ units: 20, topology: "ctc" }, 14.2, 8.2, 0.41, 0.07, 39, 4, 1.3, 0.5),
  "hmm-100": topology({ units: 100, topology: "hmm" }, 14.8, 9.7, 2.04, 0.56, 41, 7, 1.1, 0.1),
  "ctc-100": topology({ units: 100, topology: "ctc" }, 5.5, 4.7, 0.21, 0.05, 29, 3, 0.5, 0.6),
} as const satisfies Readonly<Record<string, PublishedRow>>;

/** A row of Table 13: one word, no noise. */
function rate(
  [frames, factor, silence]: readonly [number, number, number],
  scales: Pick<PublishedRow, "alpha" | "beta">,
  ...figures: number[]
): PublishedRow {
  return { ...scales, frames, factor, silence, theirs: line(...figures) };
}

const half = { alpha: 0.5, beta: 0.5 };
const none = { alpha: 1 };

/**
 * Source: the alignment paper, Table 13. Silence factors are as our copy prints them; rows are named
 * by the factors that give the printed share of silence, see `silenceFactors`.
 */
export const table13 = {
  "frames10-silence1-b0.5-a0.5": rate([10, 100, 50], half, 0, 0, 0, 0, 50, 0, 0, 0),
  "frames10-silence0.2-b0.5-a0.5": rate([10, 20, 17], half, 0, 0, 0, 0, 17, 0, 0, 0),
  "frames10-silence0.2-b0-a1": rate([10, 20, 17], none, 45.6, 29.2, 4.9, 4.01, 51, 26, 7.9, 6),
  "frames2-silence0.2-b0.5-a0.5": rate([2, 14, 14], half, 1.5, 3.2, 0.09, 0.05, 15, 3, 0, 0),
  "frames2-silence0.2-b0-a1": rate([2, 14, 14], none, 0, 0, 0, 0, 14, 0, 0, 0),
  "frames2-silence0.3-b0-a1": rate([2, 50, 19], none, 0, 0, 0, 0, 19, 0, 0, 0),
} as const satisfies Readonly<Record<string, PublishedRow>>;

/** The synthetic tables; a table's name is that of its sweep, too. */
export const tables = {
  "table-10": table10,
  "table-11": table11,
  "table-12": table12,
  "table-13": table13,
} as const satisfies Readonly<Record<string, Readonly<Record<string, PublishedRow>>>>;

/** The name of a table. */
export type TableName = keyof typeof tables;

/** The name of a row: what its experiments are called but for the seed. */
export type RowName<Table extends TableName = TableName> = Table extends TableName
  ? keyof typeof tables[Table] & string
  : never;
