import type { Experiment } from "lib/training/mod.ts";

/** What of an experiment is at other values. */
export type Change = Partial<Experiment>;
/** What an option may change: see {@link outcomeOf}. */
export type Part = "loss" | "gradient" | "weights" | "evaluation" | "rows";
/** An experiment, and one option of it at another value. */
export interface Case {
  readonly base?: Change;
  readonly change: Change;
  readonly changes: readonly Part[];
  /** What it changes in rounding alone, or by chance. */
  readonly either?: readonly Part[];
}

/** What an option of training changes; it leaves the first evaluation as it is. */
export const learning = ["loss", "gradient", "weights"] as const;
/** What an option of the model or the data changes. */
export const all = [...learning, "evaluation"] as const;
const everything = { alignment: {}, frames: { places: 2 }, blanks: true };
/** Evaluations at which all is measured. */
export const grid = { every: 2, sequences: 5, stream: 1000003, ...everything };
/** The same with some of it at other values. */
export const evaluations = (change: object) => ({ evaluations: [{ ...grid, ...change }] });
/** Evaluations at which nothing is measured, for what has no posterior of frames or other frames. */
export const unmeasured = { evaluations: [{ every: 2, sequences: 5, stream: 1 }] };

export const phonemes = (options: object): Change => ({ corpus: { kind: "phonemes", ...options } });
export const words = (options: object): Change => ({ corpus: { kind: "words", ...options } });
export const homophones = (options: object): Change => ({
  corpus: { kind: "homophones", ...options },
});
export const letters = (options: object): Change => ({ corpus: { kind: "letters", ...options } });
export const voices = (options: object): Change => ({ corpus: { kind: "voices", ...options } });
