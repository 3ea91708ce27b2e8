/**
 * What Graves et al. 2006 print of TIMIT: label error rates of the same networks by two ways to
 * decode, and how the networks are made.
 *
 * Source: Graves, Fernández, Gómez, Schmidhuber 2006, Table 1 and section 5.
 */
export const published = {
  /** Label error rate on TIMIT's test set, %, Table 1. */
  labelError: { bestPath: 31.47, prefixSearch: 30.51 },
  /** All weights of the network: 26 features, 100 cells a direction, 61 phones and blank. */
  weights: 114_662,
} as const;

/**
 * Which of two networks is better on TIMIT, frame by frame; no figure stands with it.
 *
 * Source: the write-up timit-blstm-ctc, "Problem", of Graves & Schmidhuber 2005.
 */
export const blstmBeatsLstm =
  "Bidirectional LSTM (BLSTM) beats unidirectional LSTM on TIMIT framewise phoneme classification";

/**
 * The share of frames on which "a trained CTC model emits blank", %, from and to.
 *
 * Source: the write-up timit-blstm-ctc, "Open questions"; stated, not measured.
 */
export const blankShare = [80, 95] as const;
