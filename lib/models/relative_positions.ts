import { type Allocate, type Matrix, matrix } from "../numeric/mod.ts";

/**
 * How far a frame is ahead, as sines and cosines: row r is distance L - 1 - r, from L - 1 frames before
 * to L - 1 after.
 *
 * s_{2i} = sin(d / 10000^(2i/D)), s_{2i + 1} = cos(d / 10000^(2i/D))
 *
 * @param L Frames of the longest sequence.
 * @returns [2L - 1, D]
 *
 * Source: Vaswani et al. 2017, section 3.5; of distances, Dai et al. 2019, "Transformer-XL".
 */
export function distanceWaves(L: number, D: number, alloc: Allocate = matrix): Matrix {
  const waves = alloc(Math.max(0, 2 * L - 1), D);
  for (let r = 0; r < waves.rows; r++) {
    for (let j = 0; j < D; j++) {
      const angle = (L - 1 - r) / 10000 ** ((j - j % 2) / D);
      waves.data[r * D + j] = j % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }
  return waves;
}

/**
 * Adds to the score of frame t for frame s what they get for their distance.
 *
 * @param scores [T, T]
 * @param byDistance [T, 2T - 1], of every frame for the distances T - 1 … -(T - 1)
 */
export function addByDistance(scores: Float64Array, byDistance: Float64Array, T: number): void {
  for (let t = 0; t < T; t++) {
    const row = t * T, shifted = t * (2 * T - 1) + T - 1 - t;
    for (let s = 0; s < T; s++) scores[row + s] += byDistance[shifted + s];
  }
}

/** The gradient of {@link addByDistance}: `byDistance` is written, and 0 where nothing is that far. */
export function spreadByDistance(
  byDistance: Float64Array,
  scores: Float64Array,
  T: number,
): void {
  const width = 2 * T - 1;
  byDistance.fill(0, 0, T * width);
  for (let t = 0; t < T; t++) {
    const row = t * T, shifted = t * width + T - 1 - t;
    for (let s = 0; s < T; s++) byDistance[shifted + s] = scores[row + s];
  }
}
