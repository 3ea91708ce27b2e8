/** What the alignment paper has for CTC on LibriSpeech, Table 9, against a GMM-HMM: milliseconds. */
export const published = { tse: 38 } as const;

/** What this project holds itself to: milliseconds for people and for the synthesiser, and a share of digits. */
export const bars = { tse: 30, spokenTse: 15, digitErrors: 0.2 } as const;
