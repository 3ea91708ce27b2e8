/** The sentences that are judged. Source: the text on Seq2Seq models. */
export const published = {
  faster: "prevents the model from compounding its own errors and helps it learn the alignment " +
    "between audio and text more efficiently",
  bias:
    "a discrepancy between training (where inputs are always correct) and inference (where the " +
    "model must rely on its own predictions), a problem known as exposure bias",
} as const;
