/** Offsets from an experiment's seed of the streams it draws from. */
export const streams = {
  weights: 7,
  training: 17,
  /** The chance of layers in training, such as dropout: drawn from where a layer asks for it. */
  layers: 800011,
  prior: 900001,
  evaluation: 1000003,
  fineEvaluation: 2000003,
};

/** How many seeds a stream of random numbers can have: 0 … 2^32 - 1. */
export const seedCount = 2 ** 32;

/** The largest seed of an experiment: the farthest of its streams still has a 32-bit seed. */
export const largestSeed: number = seedCount - 1 - Math.max(...Object.values(streams));
