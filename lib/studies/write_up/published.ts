/**
 * What the write-up prints of its ten trainings.
 *
 * Source: the write-up timit-blstm-ctc, "Results".
 */
export const published = {
  /** Iterations to PER <= 0.05 on a grid of 100, seeds 0 … 4. */
  iterationsToSolve: {
    blstm: [300, 300, 300, 300, 300],
    lstm: [600, 600, 500, 600, 500],
  },
  /** PER after 1500 iterations, seeds 0 … 4, to three places. */
  finalPer: {
    blstm: [0, 0, 0, 0, 0],
    lstm: [0, 0, 0, 0, 0],
  },
  /** PER at seed 0 at iterations 100, 200, … 700, to three places. */
  perByIteration: {
    blstm: [1.000, 0.273, 0.000, 0.000, 0.000, 0.000, 0.000],
    lstm: [1.000, 1.000, 1.000, 0.366, 0.056, 0.009, 0.000],
  },
  /** How much sooner BLSTM solves the corpus, mean over seeds. */
  speedup: 1.87,
} as const;
