import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { markovChain, nextLabel, phonemeCorpus } from "lib/corpora/mod.ts";
import { perplexity, trainNgram } from "lib/decoding/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { assertClose, rowSums } from "../support/matrices.ts";

Deno.test("markovChain() draws rows that sum to one, more uneven with more contrast", () => {
  const largest = [0.5, 1, 3].map((contrast) => {
    const chain = markovChain(new RandomState(4), 6, contrast);
    assertEquals([chain.rows, chain.cols], [7, 6]);
    assertClose(rowSums(chain), Array(7).fill(1), 1e-15);
    assert(chain.data.every((p) => p > 0));
    return [0, 1, 2, 3, 4, 5, 6].reduce(
      (sum, i) => sum + Math.max(...chain.data.subarray(6 * i, 6 * i + 6)) / 7,
      0,
    );
  });
  assert(largest[0] < largest[1] && largest[1] < largest[2], largest.join());
});

Deno.test("the likeliest of six follows about 2 times in 5 at contrast 1, 7 in 10 at 3", () => {
  for (const [contrast, expected] of [[1, 0.4], [3, 0.7]]) {
    let sum = 0;
    for (let seed = 0; seed < 200; seed++) {
      const { data } = markovChain(new RandomState(seed), 6, contrast);
      for (let i = 0; i < 7; i++) sum += Math.max(...data.subarray(6 * i, 6 * i + 6));
    }
    assertAlmostEquals(sum / 1400, expected, 0.05);
  }
});

Deno.test("a chain without contrast draws nothing from the stream", () => {
  const rng = new RandomState(3);
  markovChain(rng, 6, 0);
  assertEquals(rng.random(), new RandomState(3).random());
});

Deno.test("nextLabel() draws labels as often as the chain says", () => {
  const chain = matrix(3, 2, [0.1, 0.9, 1, 0, 0.75, 0.25]);
  const rng = new RandomState(0);
  const share = (previous: number) => {
    let ones = 0;
    for (let n = 0; n < 4000; n++) if (nextLabel(rng, chain, previous) === 1) ones++;
    return ones / 4000;
  };
  assertAlmostEquals(share(0), 0.1, 0.02);
  assertEquals(share(1), 1);
  assertAlmostEquals(share(2), 0.75, 0.02);
});

Deno.test("without phonotactics nothing changes: same signatures, same batches", () => {
  const plain = phonemeCorpus(3), zero = phonemeCorpus(3, { phonotactics: 0 });
  const some = phonemeCorpus(3, { phonotactics: 2 });
  assertEquals(zero.batch(new RandomState(1), 3), plain.batch(new RandomState(1), 3));
  assertEquals(some.signatures, plain.signatures);
  assertEquals([...new Set(plain.phonotactics.data)], [1 / 6]);
});

Deno.test("targets follow the corpus's own chain, from the first label on", () => {
  const corpus = phonemeCorpus(5, { phonotactics: 2, phonesPerSequence: [8, 12] });
  const { targets } = corpus.batch(new RandomState(2), 600);
  const counts = matrix(7, 6);
  for (const target of targets) {
    target.forEach((label, i) => counts.data[(target[i - 1] ?? 0) * 6 + label - 1]++);
  }
  rowSums(counts).forEach((sum, i) => {
    for (let j = 0; j < 6; j++) {
      const expected = corpus.phonotactics.data[6 * i + j];
      const deviation = Math.sqrt(expected * (1 - expected) / sum);
      assertAlmostEquals(counts.data[6 * i + j] / sum, expected, 4.5 * deviation + 1e-9);
    }
  });
});

Deno.test("a language model has something to know: its perplexity falls with the contrast", () => {
  const perplexities = [0, 1, 2].map((phonotactics) => {
    const corpus = phonemeCorpus(1, { phonotactics });
    const rng = new RandomState(6);
    const lm = trainNgram(corpus.batch(rng, 400).targets, { labels: 7, order: 2 });
    return perplexity(lm, corpus.batch(rng, 100).targets);
  });
  assert(perplexities[0] > perplexities[1] && perplexities[1] > perplexities[2]);
});

Deno.test("phonotactics out of range are named", () => {
  for (const phonotactics of [-1, NaN, Infinity]) {
    assertThrows(
      () => phonemeCorpus(0, { phonotactics }),
      RangeError,
      `phonotactics must be >= 0: current value is ${phonotactics}`,
    );
    assertThrows(() => markovChain(new RandomState(0), 2, phonotactics), RangeError, "contrast");
  }
});
