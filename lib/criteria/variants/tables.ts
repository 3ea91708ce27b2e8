import {
  addOccupancies,
  logSoftmax,
  pathScores,
  softmaxMinus,
} from "../../numeric/kernels/plain/mod.ts";
import { type CtcVariant, logSumStates, openness } from "./variant.ts";

/**
 * The library's own way, kernel by kernel: every quantity has a table of its own. This is what the
 * other variants are held against.
 *
 * [T, K]: log p, occupancy; [T, S]: emission, log α, log β.
 */
export const tables: CtcVariant = (dLogits, logits, topology, T, K, room) => {
  const { labels, initial, final, incoming, outgoing } = topology;
  const S = labels.length;
  const logProbs = room("log p", T * K), emission = room("emission", T * S);
  const alpha = room("α", T * S), beta = room("β", T * S);
  const start = openness(initial), end = openness(final);
  logSoftmax(logProbs, logits, T, K);
  for (let s = 0; s < S; s++) {
    for (let t = 0; t < T; t++) emission[t * S + s] = logProbs[t * K + labels[s]];
  }
  const before = openness(incoming.logWeight), after = openness(outgoing.logWeight);
  pathScores(alpha, emission, start, incoming.start, incoming.state, before, T, S, false);
  pathScores(beta, emission, end, outgoing.start, outgoing.state, after, T, S, true);
  const logScore = logSumStates(beta, 0, start);
  if (logScore === -Infinity) {
    dLogits.fill(0);
    return Infinity;
  }
  const occupancy = room("occupancy", T * K);
  addOccupancies(occupancy, alpha, beta, emission, labels, logScore, T, K);
  softmaxMinus(dLogits, logProbs, occupancy);
  return -logScore;
};
