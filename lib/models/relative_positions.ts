import { type Allocate, type Matrix, matrix, unset } from "../numeric/mod.ts";

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
  const waves = unset(alloc, Math.max(0, 2 * L - 1), D);
  for (let j = 0; j < D; j++) {
    const length = 10000 ** ((j - j % 2) / D);
    for (let r = 0; r < waves.rows; r++) {
      const angle = (L - 1 - r) / length;
      waves.data[r * D + j] = j % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }
  return waves;
}
