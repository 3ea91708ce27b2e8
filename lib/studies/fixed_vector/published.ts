/** The sentences that are judged. Source: the text on Seq2Seq models. */
export const published = {
  bottleneck:
    "This created an information bottleneck, as a single vector struggled to retain all " +
    "the necessary details from a long audio clip.",
  attention: "The attention mechanism … directly solves this problem",
} as const;
