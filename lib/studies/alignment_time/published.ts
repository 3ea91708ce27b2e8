/** One line of Table 14: a forced alignment with a blank shift and a prior scale. */
export interface AlignmentTimeRow {
  /** β, the power of the prior that the posterior is divided by. */
  readonly priorScale: number;
  /** What is added to every blank's logit. */
  readonly blankShift: number;
  /** Time stamp error of words, left and right boundaries, ms. */
  readonly tse: number;
  /** The same between the centres of words, ms. */
  readonly tseCenter: number;
  /** Share of silence in the alignment, %. */
  readonly silence: number;
}

/** Share of silence in the paper's reference alignment, %. */
export const referenceSilence = 18;

/**
 * One CTC model on LibriSpeech, 10,000 subword labels; the first line is the alignment with neither.
 *
 * Source: the alignment paper, appendix A.6, Table 14.
 */
export const table14: readonly AlignmentTimeRow[] = [
  line(0, 0, 111.5, 52.9, 80.8),
  line(0, -5, 110.7, 53, 78.6),
  line(0, -10, 93.1, 47.2, 59.3),
  line(0, -15, 93.7, 61.1, 37.3),
  line(0, -18, 134.7, 104.8, 18.2),
  line(0, 0, 111.5, 52.9, 80.8),
  line(1, 0, 98.2, 47.1, 69.6),
  line(1.5, 0, 86, 58.9, 48.1),
  line(2, 0, 74.3, 62.2, 24.2),
  line(3, 0, 320.1, 301.1, 0),
  line(1, 0, 98.2, 47.1, 69.6),
  line(1, -5, 73, 46.2, 44.8),
  line(1, -10, 68.2, 52, 21.8),
  line(1, -15, 105.6, 89.6, 1.2),
  line(1, -20, 110.7, 94.7, 0),
];

function line(...[priorScale, blankShift, tse, tseCenter, silence]: number[]): AlignmentTimeRow {
  return { priorScale, blankShift, tse, tseCenter, silence };
}
