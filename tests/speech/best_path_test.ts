import { assertAlmostEquals, assertEquals } from "@std/assert";
import { ctcTopology, hmmTopology, type Topology, viterbi } from "lib/alignment/mod.ts";
import { type Matrix, matrix, RandomState } from "lib/numeric/mod.ts";
import { bestPath, textChain } from "lib/speech/mod.ts";

/** [T, K] of few different values, so that many paths score alike. */
function scores(rng: RandomState, T: number, K: number): Matrix {
  return matrix(T, K, Array.from({ length: T * K }, () => -rng.randint(0, 6) / 2));
}

/** The labels and the score of the best path, gaps scoring as label 0 where they may be. */
function found(x: Matrix, words: readonly number[][], blanks: boolean) {
  const { rows: T, cols: K, data } = x;
  const chain = textChain(words, { blanks });
  const { score, states } = bestPath(
    chain,
    (t, row) => {
      row.set(data.subarray(t * K, (t + 1) * K));
      row[K] = blanks ? data[t * K] : -Infinity;
      row[K + 1] = data[t * K];
    },
    T,
    K,
  );
  return { score, labels: [...states].map((s) => s % 2 === 0 ? 0 : chain.labels[s >> 1]) };
}

function expected(x: Matrix, topology: Topology) {
  const { score, labels } = viterbi(x, topology);
  return { score, labels: [...labels] };
}

/** Words of one to four labels below K. */
function drawnWords(rng: RandomState, count: number, K: number): number[][] {
  return Array.from(
    { length: count },
    () => Array.from({ length: rng.randint(1, 5) }, () => rng.randint(1, K)),
  );
}

Deno.test("bestPath() is viterbi()'s path through the CTC topology, ties and kept rows included", () => {
  const rng = new RandomState(3);
  for (const T of [1, 2, 5, 20, 64, 65, 129, 300]) {
    for (let n = 0; n < 20; n++) {
      const words = drawnWords(rng, rng.randint(1, 2 + Math.floor(T / 5)), 4);
      const x = scores(rng, T, 4);
      assertEquals(found(x, words, true), expected(x, ctcTopology(words.flat())));
    }
  }
});

Deno.test("bestPath() is viterbi()'s path through the HMM topology, where only words have gaps", () => {
  const rng = new RandomState(4);
  for (const T of [3, 30, 70, 200]) {
    for (let n = 0; n < 20; n++) {
      const words = drawnWords(rng, rng.randint(1, 2 + Math.floor(T / 6)), 4);
      const x = scores(rng, T, 4);
      const { score } = viterbi(x, hmmTopology(words, { silence: 0 }));
      const own = found(x, words, false);
      assertAlmostEquals(own.score, score);
      if (score === -Infinity) continue;
      const along = own.labels.reduce((sum, label, t) => sum + x.data[t * 4 + label], 0);
      assertAlmostEquals(along, score);
    }
  }
});

Deno.test("bestPath() finds a planted path of 9,000 frames through thousands of labels", () => {
  const rng = new RandomState(5), K = 12, T = 9000;
  const words = drawnWords(rng, 900, K);
  const labels = words.flat(), chain = textChain(words, { blanks: true });
  const truth: number[] = [];
  labels.forEach((_, n) => {
    const left = Math.floor((T - truth.length) / (labels.length - n));
    truth.push(2 * n, ...Array.from({ length: Math.max(1, left - 2) }, () => 2 * n + 1));
  });
  while (truth.length < T) truth.push(2 * labels.length);
  const { states } = bestPath(
    chain,
    (t, row) => {
      row.fill(-5);
      if (truth[t] % 2 === 1) row[labels[truth[t] >> 1]] = 0;
      else row[K] = row[K + 1] = 0;
    },
    T,
    K,
  );
  assertEquals([...states], truth.slice(0, T));
});

Deno.test("bestPath() of a text that does not fit has no states", () => {
  const chain = textChain([[1, 1]], { blanks: true });
  const { score, states } = bestPath(chain, (_, row) => row.fill(0), 2, 2);
  assertEquals([score, states.length], [-Infinity, 0]);
});
