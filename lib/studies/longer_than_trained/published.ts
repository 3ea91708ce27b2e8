/** The sentence that is judged. Source: the concept page on CTC. */
export const published = {
  attention: "attention-based seq2seq (no monotonicity assumption, but harder to stream)",
} as const;
