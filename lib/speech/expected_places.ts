import { fullSumLattice } from "../criteria/mod.ts";
import { matrix } from "../numeric/mod.ts";
import type { FrameScores } from "./best_path.ts";
import type { Extent } from "./place_words.ts";
import type { SpeechModel } from "./speech_model.ts";
import { wordsTopology } from "./words_topology.ts";

/** The power that probabilities are taken to: below 1 all ways are more alike. */
const evenness = 0.4;

/**
 * Where the labels of some words are expected over all ways to lay them into some frames, each as likely
 * as its scores say: between frames, where the best path has edges of frames alone.
 *
 * E[begin of n] = Σₜ p(before n at t), E[end of n] = Σₜ p(not after n at t)
 *
 * @param words The labels of each, none empty.
 * @param frames The first of them, and the one after the last.
 * @param K Number of labels.
 * @returns Those of every label in order; undefined if the words do not fit.
 */
export function expectedPlaces(
  scores: FrameScores,
  words: readonly (readonly number[])[],
  [from, to]: Extent,
  K: number,
  model: Pick<SpeechModel, "blanks" | "silence">,
): Extent[] | undefined {
  const { blanks, silence = 0 } = model;
  const T = to - from, x = matrix(T, K), row = new Float64Array(K + 2);
  for (let t = 0; t < T; t++) {
    scores(from + t, row);
    if (blanks) row[0] = Math.max(row[0], row[silence]); // whatever is quiet may lie between labels
    for (let k = 0; k < K; k++) x.data[t * K + k] = evenness * row[k];
  }
  const topology = wordsTopology(words, model);
  const { logScore, logAlpha, logBeta, emission } = fullSumLattice(x, topology);
  if (logScore === -Infinity) return undefined;
  const S = topology.labels.length, share = new Float64Array(S);
  for (let i = 0; i < T * S; i++) {
    share[i % S] += Math.exp(logAlpha.data[i] + logBeta.data[i] - emission.data[i] - logScore);
  }
  const places: Extent[] = [];
  for (let s = 0, before = from; s < S; before += share[s++]) {
    if (topology.index[s] >= 0) places.push([before, before + share[s]]);
  }
  return places;
}
