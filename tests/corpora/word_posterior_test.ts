import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { exactPosterior, exactPosteriors, wordCorpus } from "lib/corpora/mod.ts";
import { matrix, RandomState, sequenceAt } from "lib/numeric/mod.ts";

const paper = wordCorpus({ noise: 0.5 });

Deno.test("exactPosterior() gives every frame probabilities that sum to 1", () => {
  const { x } = paper.batch(new RandomState(3), 4);
  for (let b = 0; b < 4; b++) {
    const { data, rows, cols } = exactPosterior(paper, sequenceAt(x, b));
    for (let t = 0; t < rows; t++) {
      const sum = data.subarray(t * cols, (t + 1) * cols).reduce((a, v) => a + Math.exp(v), 0);
      assertAlmostEquals(sum, 1, 1e-12);
    }
  }
});

Deno.test("exactPosterior() of one word of one letter is that of two places for one silence", () => {
  // "ab" or "b": only "b" has 3 frames: b b and one silence, before or after.
  const corpus = wordCorpus({
    words: ["ab", "b"],
    wordsPerSequence: [1, 1],
    silenceFactor: [0.5, 0.5],
    noise: 0.4,
  });
  const x = matrix(3, 3, [0.3, 0.1, 0.2, -0.4, 0.5, 0.9, 0.7, 0.2, -0.1]);
  const unit = 0.6 / 0.4 ** 2;
  const before = Math.exp(unit * (0.3 + 0.9 - 0.1)), after = Math.exp(unit * (0.2 + 0.9 + 0.7));
  const { data } = exactPosterior(corpus, x);
  assertAlmostEquals(Math.exp(data[0]), before / (before + after), 1e-12);
  assertAlmostEquals(Math.exp(data[3 + 2]), 1, 1e-12);
  assertAlmostEquals(Math.exp(data[6]), after / (before + after), 1e-12);
  assertEquals([data[1], data[4]], [-Infinity, -Infinity]);
});

Deno.test("exactPosterior() weighs silence as it is drawn: two frames apart twice as often as together", () => {
  // Two silent frames, two places: together in either with 1/4 each, one in each with 1/2.
  const corpus = wordCorpus({
    words: ["ab"],
    wordsPerSequence: [1, 1],
    silenceFactor: [0.5, 0.5],
    noise: 0.5,
  });
  const { data } = exactPosterior(corpus, matrix(6, 3));
  assertAlmostEquals(Math.exp(data[0]), 3 / 4, 1e-12);
  assertAlmostEquals(Math.exp(data[3]), 1 / 4, 1e-12);
});

Deno.test("exactPosteriors() are those of the sequences, end to end", () => {
  const { x } = paper.batch(new RandomState(5), 3);
  const all = exactPosteriors(paper, x);
  assertEquals(all.offsets, x.offsets);
  for (let b = 0; b < 3; b++) {
    assertEquals(sequenceAt(all, b).data, exactPosterior(paper, sequenceAt(x, b)).data);
  }
});

Deno.test("exactPosterior() says what it cannot do", () => {
  const x = matrix(4, 11);
  assertThrows(() => exactPosterior(wordCorpus(), x), RangeError, "noise above 0");
  const loose = wordCorpus({ framesPerLetter: [1, 2], noise: 0.5 });
  assertThrows(() => exactPosterior(loose, x), RangeError, "1 to 2 frames");
  assertThrows(() => exactPosterior(paper, x), RangeError, "has 4 frames");
});

Deno.test("exactPosterior() weighs two words by the chance of both, one word by its own", () => {
  const corpus = wordCorpus({
    words: ["ab", "a", "b"],
    wordsPerSequence: [1, 2],
    framesPerLetter: [1, 1],
    silenceFactor: [0, 0],
    noise: 0.5,
  });
  // Without a hint from x: "ab" at 1/3, and aa, ab, ba, bb at 1/9 each; a comes first in 5 of 7.
  const { data, cols } = exactPosterior(corpus, matrix(2, 3));
  assertAlmostEquals(Math.exp(data[1]), 5 / 7, 1e-12);
  assertAlmostEquals(Math.exp(data[cols + 2]), 5 / 7, 1e-12);
});
