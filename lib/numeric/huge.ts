/**
 * From this size on, a score of one double has too little room for the log of a number of paths or
 * of a softmax's sum beside it: its rounding changes shares by more than about 1e-7.
 */
export const huge = 2 ** 28;
