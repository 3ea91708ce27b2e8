/**
 * The synthetic tables of the alignment paper, 1 and 10 to 13: what they print, how their rows are
 * trained here, and both side by side. Not a study of its own: `priors` and `scales_and_topology`
 * are, and share it.
 *
 * Source: the alignment paper, section 7.1.1 and appendix A.5.
 *
 * @module
 */
export * from "./metrics.ts";
export * from "./published.ts";
export * from "./setup.ts";
export * from "./sweep.ts";
export * from "./comparison.ts";
export * from "./figure.ts";
