/**
 * The share of frames on which "a trained CTC model emits blank", %, from and to.
 *
 * Source: the write-up timit-blstm-ctc, "Open questions"; stated, not measured.
 */
export const blankShare = [80, 95] as const;
