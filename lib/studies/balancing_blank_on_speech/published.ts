import type { BalanceRow } from "../balancing_blank/published.ts";

export { table4 as manyLabels } from "../balancing_blank/published.ts";
export { referenceSilence, table14 } from "../alignment_time/published.ts";

/**
 * One training each on LibriSpeech with few labels, 512 subwords, aligned against blank.
 *
 * Source: the alignment paper, Table 4.
 */
export const fewLabels = {
  "baseline": { wer: 6.21, tse: 58.2, tseCenter: 47.8, silence: 13.5 },
  "separated blank": { wer: 6.04, tse: 58.7, tseCenter: 50.5, silence: 16.8 },
} as const satisfies Readonly<Record<string, BalanceRow>>;
