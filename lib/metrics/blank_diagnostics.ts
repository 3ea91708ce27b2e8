import type { Sequences } from "../numeric/mod.ts";
import { silenceRatio } from "./alignment_statistics.ts";
import { blankAndSilence } from "./blank_and_silence.ts";
import { averageBlankPosterior } from "./framewise.ts";
import { posteriorEntropy } from "./posterior_entropy.ts";
import { blankRate, countSpikes } from "./spikes.ts";

/** What an evaluation can say of blanks, as one plain row beside the error rate. */
export interface BlankDiagnostics {
  /** Share of frames whose likeliest label is blank. */
  readonly blankRate: number;
  /** Mean posterior of blank. */
  readonly blankPosterior: number;
  /** Spikes for each label of the targets: 1 where every label is one spike. */
  readonly spikesPerLabel: number;
  /** Mean frames of a spike; left out if there is none. */
  readonly spikeWidth?: number;
  /** Mean entropy of a frame's posterior, nats. */
  readonly entropy: number;
  /** Share of frames that are truly silence: what the blank rate would be if blank were silence. */
  readonly silence: number;
  /** Share of the frames of silence that are labelled blank; NaN if there are none. */
  readonly blankInSilence: number;
  /** Share of the frames of phones that are labelled blank; NaN if there are none. */
  readonly blankInPhones: number;
}

/**
 * All blank diagnostics of a batch.
 *
 * @param logProbs [N, K] log-probabilities, nats
 * @param batch The targets, and the true label of every frame.
 * @param options.blank The blank label of the model; defaults to 0.
 * @param options.silence The label of silence in the alignment; defaults to 0.
 * @throws {RangeError} If there is no frame, a log-probability is NaN or +Infinity, there is not one
 * true label below K per frame, or blank is not a whole number below K.
 *
 * @example
 * ```ts
 * import { blankDiagnostics } from "lib/metrics/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const logProbs = sequences([matrix(2, 2, [0.9, 0.1, 0.2, 0.8].map(Math.log))]);
 * const row = blankDiagnostics(logProbs, { targets: [[1]], alignment: [1, 1] });
 * assertEquals([row.blankRate, row.spikesPerLabel, row.silence], [0.5, 1, 0]);
 * ```
 */
export function blankDiagnostics(
  logProbs: Sequences,
  { targets, alignment }: {
    targets: readonly (readonly number[])[];
    alignment: ArrayLike<number>;
  },
  options: { blank?: number; silence?: number } = {},
): BlankDiagnostics {
  const counts = blankAndSilence(logProbs, alignment, options);
  const { silenceAsBlank, silenceAsLabel, phoneAsBlank, phoneAsItself, phoneAsOther } = counts;
  const spikes = countSpikes(logProbs, options);
  return {
    blankRate: blankRate(logProbs, options),
    blankPosterior: averageBlankPosterior(logProbs.frames, options),
    spikesPerLabel: spikes.count / targets.reduce((sum, target) => sum + target.length, 0),
    ...(spikes.count > 0 && { spikeWidth: spikes.meanWidth }),
    entropy: posteriorEntropy(logProbs),
    silence: silenceRatio(alignment, options),
    blankInSilence: silenceAsBlank / (silenceAsBlank + silenceAsLabel),
    blankInPhones: phoneAsBlank / (phoneAsBlank + phoneAsItself + phoneAsOther),
  };
}
