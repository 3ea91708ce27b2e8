import { alphabet, letterCorpus, type LetterCorpusOptions } from "../../corpora/mod.ts";
import { RandomState } from "../../numeric/mod.ts";

/** How often every label occurs in texts, by its number - 1. */
function frequencies(targets: readonly (readonly number[])[]): Float64Array {
  const counts = new Float64Array(alphabet.length).fill(1);
  for (const label of targets.flat()) counts[label - 1]++;
  const sum = counts.reduce((a, b) => a + b);
  return counts.map((count) => count / sum);
}

/**
 * The least character error rate of a reader who is told where every letter begins and ends, what
 * each sounds like and how frequent it is, and judges every letter by its own sound alone: from texts
 * that are drawn. With n frames of a letter their mean m is all that counts,
 *
 * m | k ~ N(s u_k + τ (k - 1), v² + σ² / n), k = arg max p(k) p(m | k)
 *
 * @param seed Of the corpus, and of the texts.
 * @param texts How many are drawn.
 */
export function errorByLetter(options: LetterCorpusOptions, seed: number, texts = 400): number {
  const corpus = letterCorpus(seed, options), D = corpus.features;
  const { signature, variation, tilt, noise } = corpus.options;
  const rng = new RandomState(seed);
  const prior = frequencies(corpus.batch(rng, texts).targets);
  const { x, spans } = corpus.batch(rng, texts);
  const expected = corpus.signatures.data.map((u, i) => signature * u + tilt * Math.floor(i / D));
  let wrong = 0, letters = 0;
  spans.forEach((ofText, b) => {
    for (const { label, start, end } of ofText) {
      const n = end - start, variance = variation ** 2 + noise ** 2 / n;
      const mean = new Float64Array(D);
      for (let t = x.offsets[b] + start; t < x.offsets[b] + end; t++) {
        for (let d = 0; d < D; d++) mean[d] += x.frames.data[t * D + d] / n;
      }
      let best = 0, most = -Infinity;
      for (let k = 0; k < prior.length; k++) {
        let square = 0;
        for (let d = 0; d < D; d++) square += (mean[d] - expected[k * D + d]) ** 2;
        const score = Math.log(prior[k]) - square / (2 * variance);
        if (score > most) [best, most] = [k + 1, score];
      }
      if (best !== label) wrong++;
      letters++;
    }
  });
  return wrong / letters;
}
