import { bestPath } from "../decoding/mod.ts";
import {
  batchSize,
  requireLabel,
  requireSequences,
  sequenceAt,
  type Sequences,
} from "../numeric/mod.ts";
import { silenceRatio } from "./alignment_statistics.ts";
import { requireFrames } from "./framewise.ts";

/**
 * The blank rate: the share of frames whose likeliest label is blank.
 *
 * @param scores [N, K] log-probabilities, or any scores with the same order, such as logits.
 * @param options.blank The blank label; defaults to 0.
 * @throws {RangeError} If there is no frame, a score is NaN, or blank is not a whole number below K.
 *
 * @example
 * ```ts
 * import { blankRate } from "lib/metrics/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const scores = sequences([matrix(4, 2, [1, 0, 1, 0, 0, 1, 1, 0])]);
 * assertEquals(blankRate(scores), 0.75);
 * ```
 *
 * Source: the write-up timit-blstm-ctc, "CTC-blank rate as a diagnostic".
 */
export function blankRate(scores: Sequences, options: { blank?: number } = {}): number {
  const { blank = 0 } = options;
  requireLabel("compute a blank rate", "blank", blank, scores.frames.cols);
  requireFrames("a blank rate", scores.frames.rows);
  requireSequences("compute a blank rate", scores);
  return silenceRatio(bestPath(scores.frames), { silence: blank });
}

/** How spiky a set of outputs is. */
export interface Spikes {
  /** How many spikes there are. */
  readonly count: number;
  /** Frames that belong to one. */
  readonly frames: number;
  /** Mean number of frames of a spike; NaN if there is none. */
  readonly meanWidth: number;
}

/**
 * Counts the spikes: runs of frames with the same likeliest label, blank left out. A spike is what
 * greedy decoding makes one label of.
 *
 * @param scores [N, K] log-probabilities, or any scores with the same order, such as logits.
 * @param options.blank The blank label; defaults to 0.
 * @throws {RangeError} If a score is NaN, offsets do not rise from 0 to N, or blank is not a whole
 * number below K.
 *
 * @example
 * ```ts
 * import { countSpikes } from "lib/metrics/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const scores = sequences([matrix(5, 2, [0, 1, 0, 1, 1, 0, 0, 1, 1, 0])]); // 1 1 ε 1 ε
 * assertEquals(countSpikes(scores), { count: 2, frames: 3, meanWidth: 1.5 });
 * ```
 *
 * Source: Graves et al. 2006, Fig. 1.
 */
export function countSpikes(scores: Sequences, options: { blank?: number } = {}): Spikes {
  const { blank = 0 } = options;
  requireLabel("count spikes", "blank", blank, scores.frames.cols);
  requireSequences("count spikes", scores);
  let count = 0, frames = 0;
  for (let b = 0; b < batchSize(scores); b++) {
    const path = bestPath(sequenceAt(scores, b));
    path.forEach((label, t) => {
      if (label === blank) return;
      frames++;
      if (t === 0 || path[t - 1] !== label) count++;
    });
  }
  return { count, frames, meanWidth: frames / count };
}
