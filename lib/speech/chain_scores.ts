import type { Heard } from "./hear.ts";
import type { FrameScores } from "./best_path.ts";
import type { SpeechModel } from "./speech_model.ts";

/** How labels and gaps are weighed. */
export interface Weighing {
  /** Added to every blank's log-probability, nats. */
  readonly blankShift: number;
  /** The power of the prior, the mean posterior of the recording, that is divided by. */
  readonly priorScale: number;
  /** What a frame of blank inside a word costs beside that, so that no pause is inside a word, nats. */
  readonly innerCost: number;
  /** What a frame costs that is left to no word although a label is heard in it, nats. */
  readonly strayCost: number;
}

/**
 * What the states of a chain score: a label by its posterior, a gap inside a word by that of blank
 * less `innerCost`, and a gap between words by the best of blank, of silence, and of any label less `strayCost`: sound
 * that no word is written for is let go by, and costs no more than that.
 */
export function chainScores(
  { logProbs, frames, labels: K }: Heard,
  { silence, blanks }: Pick<SpeechModel, "silence" | "blanks">,
  { blankShift, priorScale, innerCost, strayCost }: Weighing,
): FrameScores {
  const offsets = new Float64Array(K);
  if (priorScale !== 0) {
    for (let i = 0; i < frames * K; i++) offsets[i % K] += Math.exp(logProbs[i]);
    for (let k = 0; k < K; k++) offsets[k] = -priorScale * Math.log(offsets[k] / frames + 1e-9);
  }
  if (blanks) offsets[0] += blankShift;
  return (t, row) => {
    let best = -Infinity;
    for (let k = 0, at = t * K; k < K; k++, at++) {
      const score = logProbs[at] + offsets[k];
      row[k] = score;
      if (k > 0 && score > best) best = score;
    }
    const blank = blanks ? row[0] : -Infinity;
    const quiet = silence === undefined ? blank : Math.max(blank, row[silence]);
    row[K] = blank - innerCost;
    row[K + 1] = Math.max(quiet, best - strayCost);
  };
}
