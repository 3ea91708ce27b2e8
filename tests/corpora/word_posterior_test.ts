import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { exactPosterior, exactPosteriors, exactTargets, wordCorpus } from "lib/corpora/mod.ts";
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

Deno.test("exactTargets() are the sequences of words of as many frames, by all places of silence", () => {
  // Seven frames are "ac" or "bd" with three frames of silence, before or after.
  const corpus = wordCorpus({
    words: ["ac", "bd"],
    wordsPerSequence: [1, 1],
    silenceFactor: [0.75, 0.75],
    noise: 0.5,
  });
  const x = matrix(7, 5, Array.from({ length: 35 }, (_, i) => Math.sin(i)));
  const score = (first: number, second: number, before: number) =>
    [0, 1, 2, 3, 4, 5, 6].reduce((sum, t) => {
      const at = t - before;
      const label = at < 0 || at > 3 ? 0 : at < 2 ? first : second;
      return sum + 2 * x.data[t * 5 + label];
    }, Math.log([1, 3, 3, 1][before]));
  const weight = (first: number, second: number) =>
    [0, 1, 2, 3].reduce((sum, before) => sum + Math.exp(score(first, second, before)), 0);
  const [ac, bd] = [weight(1, 3), weight(2, 4)];
  const found = exactTargets(corpus, x);
  assertEquals(found.map(({ target }) => target), ac > bd ? [[1, 3], [2, 4]] : [[2, 4], [1, 3]]);
  assertAlmostEquals(found[0].probability, Math.max(ac, bd) / (ac + bd), 1e-12);
  assertAlmostEquals(found[1].probability, Math.min(ac, bd) / (ac + bd), 1e-12);
});

Deno.test("exactTargets() are as often right as they say", () => {
  const { x, targets } = paper.batch(new RandomState(11), 60);
  let said = 0, right = 0;
  targets.forEach((target, b) => {
    const found = exactTargets(paper, sequenceAt(x, b));
    assertAlmostEquals(found.reduce((sum, { probability }) => sum + probability, 0), 1, 1e-9);
    said += found[0].probability;
    if (found[0].target.join() === target.join()) right++;
  });
  assert(Math.abs(said - right) < 5, `${said} ${right}`);
});

Deno.test("exactTargets() refuses words whose labels do not follow from those of the frames", () => {
  for (const words of [["abba"], ["ab", "bc"]]) {
    const corpus = wordCorpus({ words, noise: 0.5 });
    assertThrows(
      () => exactTargets(corpus, matrix(4, corpus.features)),
      RangeError,
      `equal letters must not touch: in "${words.at(-1)}"`,
    );
  }
});

Deno.test("exactPosterior() says what it cannot do", () => {
  const x = matrix(4, 11);
  assertThrows(() => exactPosterior(wordCorpus(), x), RangeError, "noise above 0");
  assertThrows(
    () => exactPosterior(wordCorpus({ noise: 0.5, noiseOf: "sequence" }), x),
    RangeError,
    "noise must be drawn for every frame: it is drawn for every sequence",
  );
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
