/** The sentences that are judged. Source: the concept page on CTC, and the text on Seq2Seq models. */
export const published = {
  independent: "each frame's output depends only on x, not on previously emitted labels. " +
    "There is no internal language model.",
  external: "decoded with an external language model to recover the linguistic dependencies " +
    "CTC ignores",
  both:
    "effectively learns both acoustic and linguistic patterns in a single, unified architecture",
} as const;
