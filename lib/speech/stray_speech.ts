import type { BestPath } from "./best_path.ts";
import type { Heard } from "./hear.ts";
import type { SpeechModel } from "./speech_model.ts";
import type { TextChain } from "./text_chain.ts";

/** Seconds of labels, silence and blank not counted, that make a gap speech that no word stands for. */
const leastSeconds = 0.6;

/**
 * Stretches between words, before the first or after the last in which the model hears labels for 0.6
 * seconds or more: speech that the text leaves out.
 *
 * @returns In frames, from the first label of each to its last.
 */
export function straySpeech(
  { between }: TextChain,
  { states }: BestPath,
  { logProbs, labels: K, frameSeconds }: Pick<Heard, "logProbs" | "labels" | "frameSeconds">,
  { silence }: Pick<SpeechModel, "silence">,
): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let start = 0, end: number; start < states.length; start = end) {
    const state = states[start];
    end = start;
    let count = 0, first = -1, last = -1;
    for (; end < states.length && states[end] === state; end++) {
      const label = mostProbable(logProbs, end * K, K);
      if (label === 0 || label === silence) continue;
      count++;
      if (first < 0) first = end;
      last = end;
    }
    const isGap = state % 2 === 0 && between[state >> 1] === 1;
    if (isGap && count * frameSeconds >= leastSeconds) found.push({ start: first, end: last + 1 });
  }
  return found;
}

/** The label of the largest value from place `at` on. */
export function mostProbable(logProbs: Float32Array, at: number, K: number): number {
  let best = 0;
  for (let k = 1; k < K; k++) if (logProbs[at + k] > logProbs[at + best]) best = k;
  return best;
}
