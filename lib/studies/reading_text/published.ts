/** The sentences that are judged. Source: the teaching notebook on CTC, and the concept page on it. */
export const published = {
  aligned: "Handles variable lengths … No alignment needed … End-to-end trainable",
  architecture: "Convolution layers … RNN layers (bidirectional GRU/LSTM) … CTC Loss",
  beam: "Prefix beam search: Better for CTC (used in production)",
  external: "decoded with an external language model … to recover the linguistic dependencies " +
    "CTC ignores",
  features: "Simulate audio features (e.g., MFCCs)",
} as const;
