import { table4 as ten } from "../balancing_blank/published.ts";

/** What a row of labels is, and how far an alignment by it is from the reference. */
export interface PublishedErrors {
  /** Time stamp error of words, left and right boundaries, ms. */
  readonly tse: number;
  /** The same between the centres of words, ms. */
  readonly tseCenter: number;
  /** Share of silence in the alignment, %; the reference has 18.0. */
  readonly silence: number;
}

/** A trained model: its labels, and what its training changes of the baseline. */
export interface PublishedModel {
  readonly labels: "SPM 512" | "SPM 10k" | "BPE 10k";
  readonly method: "–" | "Blank sep" | "Normed grad";
}

/** How labels are scored. */
export type Variant = "GradScore" | "GradScoreExt";

/**
 * Alignments from gradients with the prior, but for the models with a separated blank.
 *
 * Source: the alignment paper, Table 5.
 */
export const table5: readonly (PublishedModel & { variant: Variant } & PublishedErrors)[] = [
  gradients("SPM 512", "–", "GradScore", [76.6, 60.2, 17.4]),
  gradients("SPM 512", "–", "GradScoreExt", [77.6, 61, 14]),
  gradients("SPM 512", "Blank sep", "GradScore", [73.9, 58.8, 18.5]),
  gradients("SPM 512", "Blank sep", "GradScoreExt", [75.9, 60.5, 13.6]),
  gradients("SPM 10k", "–", "GradScore", [69.9, 51.1, 21.1]),
  gradients("SPM 10k", "–", "GradScoreExt", [67.9, 50.2, 15.9]),
  gradients("SPM 10k", "Blank sep", "GradScore", [77.1, 58.4, 24.1]),
  gradients("SPM 10k", "Blank sep", "GradScoreExt", [72.5, 55.7, 15.3]),
  gradients("SPM 10k", "Normed grad", "GradScore", [70.7, 53.5, 20.4]),
  gradients("SPM 10k", "Normed grad", "GradScoreExt", [69.2, 53, 15.5]),
  gradients("BPE 10k", "–", "GradScore", [72.9, 55.3, 21.2]),
  gradients("BPE 10k", "–", "GradScoreExt", [71.3, 54.7, 16.2]),
  gradients("BPE 10k", "Blank sep", "GradScore", [72.7, 55.3, 23.8]),
  gradients("BPE 10k", "Blank sep", "GradScoreExt", [67.3, 51.1, 15.2]),
];

/**
 * Forced alignments of the same models, against blank. Table 5 does not say whether its normalised
 * gradient is over the batch or the sequence; this is the batch.
 *
 * Source: the alignment paper, Table 4.
 */
export const forced: readonly (PublishedModel & PublishedErrors)[] = [
  { labels: "SPM 512", method: "–", tse: 58.2, tseCenter: 47.8, silence: 13.5 },
  { labels: "SPM 512", method: "Blank sep", tse: 58.7, tseCenter: 50.5, silence: 16.8 },
  { labels: "SPM 10k", method: "–", ...errors(ten.baseline) },
  { labels: "SPM 10k", method: "Blank sep", ...errors(ten["separated blank"]) },
  { labels: "SPM 10k", method: "Normed grad", ...errors(ten["normalised, batch"]) },
  { labels: "BPE 10k", method: "–", tse: 66.2, tseCenter: 56.3, silence: 22.5 },
  { labels: "BPE 10k", method: "Blank sep", tse: 72.5, tseCenter: 65.3, silence: 26.7 },
];

/**
 * The baseline of SPM 10k, without the prior, with and without the gradient of blank's logit.
 *
 * Source: the alignment paper, appendix A.7, Table 16.
 */
export const table16: readonly ({ variant: Variant; masked: boolean } & PublishedErrors)[] = [
  { variant: "GradScore", masked: false, tse: 91, tseCenter: 67.4, silence: 24.8 },
  { variant: "GradScore", masked: true, tse: 86.5, tseCenter: 63.7, silence: 24.9 },
  { variant: "GradScoreExt", masked: false, tse: 89.6, tseCenter: 67.4, silence: 16.6 },
  { variant: "GradScoreExt", masked: true, tse: 84, tseCenter: 62.8, silence: 15.9 },
];

function gradients(
  labels: PublishedModel["labels"],
  method: PublishedModel["method"],
  variant: Variant,
  [tse, tseCenter, silence]: readonly [number, number, number],
): typeof table5[number] {
  return { labels, method, variant, tse, tseCenter, silence };
}

function errors({ tse, tseCenter, silence }: PublishedErrors): PublishedErrors {
  return { tse, tseCenter, silence };
}
