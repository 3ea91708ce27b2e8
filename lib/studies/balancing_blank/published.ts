/** Figures of one row of Table 4: errors in %, times in ms. */
export interface BalanceRow {
  /** Word error rate on test-other, %. */
  readonly wer: number;
  /** Time stamp error of words, left and right boundaries, ms. */
  readonly tse: number;
  /** The same between the centres of words, ms. */
  readonly tseCenter: number;
  /** Share of silence in the alignment, %. */
  readonly silence: number;
}

/**
 * One training each on LibriSpeech, 10,000 subword labels, aligned against blank.
 *
 * Source: the alignment paper, Tables 3 and 4.
 */
export const table4 = {
  "baseline": { wer: 6.03, tse: 68.2, tseCenter: 52, silence: 21.8 },
  "normalised, batch": { wer: 5.87, tse: 78.9, tseCenter: 66.7, silence: 22.7 },
  "normalised, batch, from 0.1": { wer: 6.55, tse: 154.7, tseCenter: 151.9, silence: 22.3 },
  "normalised, sequence": { wer: 5.91, tse: 70.7, tseCenter: 54.6, silence: 23.7 },
  "separated blank": { wer: 6.02, tse: 84.4, tseCenter: 75.4, silence: 26.6 },
  "separated, normalised": { wer: 6.08, tse: 72.9, tseCenter: 58.8, silence: 28.8 },
} as const satisfies Readonly<Record<string, BalanceRow>>;

/**
 * Time of a full softmax over that of a separated blank, on a GPU: 10,000 labels, 90 % blank.
 *
 * Source: the alignment paper, Table 15.
 */
export const table15 = {
  "Greedy decode only labels": 2.2,
  "Greedy decode with probs.": 3,
  "Framewise training": 6.5,
} as const;
