/**
 * The band of the onset of phonemes 1 to 6 in the corpus of seed 0: "Phonemes 1-4 share onset band 5;
 * phonemes 5-6 share onset band 2".
 *
 * Source: the write-up timit-blstm-ctc, caption of "Phoneme spectral signatures".
 */
export const onsetBands = [5, 5, 5, 5, 2, 2] as const;
