import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { logProbability, perplexity, trainNgram } from "lib/decoding/mod.ts";
import { tuples } from "../support/paths.ts";

const labelling = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 6 });
const labellings = fc.array(labelling, { minLength: 1, maxLength: 12 });

Deno.test("probabilities sum to one over the labels and the end, in every context", () => {
  fc.assert(
    fc.property(
      labellings,
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(undefined, 0.1, 0.75),
      (labellings, order, discount) => {
        // Label 4 never occurs: it has its share all the same.
        const lm = trainNgram(labellings, { labels: 5, order, discount });
        for (let n = 0; n <= 3; n++) {
          for (const context of tuples(n, 4)) {
            const state = context.reduce((s, k) => lm.next(s, k + 1).state, lm.start());
            let sum = Math.exp(lm.end(state));
            for (let k = 1; k < 5; k++) sum += Math.exp(lm.next(state, k).logProb);
            assertAlmostEquals(sum, 1, 1e-12);
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});

Deno.test("a bigram model's numbers are those computed by hand", () => {
  // <s> 1 2 </s>, <s> 1 2 </s>, <s> 2 </s>, with D = 1/2 and three words: 1, 2, </s>.
  const lm = trainNgram([[1, 2], [1, 2], [2]], { labels: 3, order: 2, discount: 0.5 });
  // Bigrams: <s> 1 twice, <s> 2 once, 1 2 twice, 2 </s> three times: 4 kinds.
  // Seen before 1: <s>; before 2: <s>, 1; before </s>: 2. Of 4 in all; γ = 0.5 · 3/4.
  const p1 = (before: number) => (before - 0.5) / 4 + 0.375 / 3;
  const start = lm.start();
  assertAlmostEquals(Math.exp(lm.next(start, 1).logProb), 1.5 / 3 + (1 / 3) * p1(1));
  assertAlmostEquals(Math.exp(lm.next(start, 2).logProb), 0.5 / 3 + (1 / 3) * p1(2));
  assertAlmostEquals(Math.exp(lm.end(start)), (1 / 3) * p1(1));
  const after1 = lm.next(start, 1).state;
  assertAlmostEquals(Math.exp(lm.next(after1, 2).logProb), 1.5 / 2 + 0.25 * p1(2));
  assertAlmostEquals(Math.exp(lm.next(after1, 1).logProb), 0.25 * p1(1));
});

Deno.test("discounts are n1/(n1 + 2 n2), and 1/2 where one of them is 0", () => {
  // Three labellings of one label each: all bigrams start with <s> or end with </s>.
  const lm = trainNgram([[1], [1], [2]], { labels: 3, order: 2 });
  // <s> 1 and 1 </s> twice, <s> 2 and 2 </s> once: D = 2/(2 + 4); unigrams: 1, 1, 2 kinds before.
  const D1 = 2 / (2 + 2), D2 = 1 / 3;
  const p = (before: number) => (before - D1) / 4 + D1 * 3 / 4 / 3;
  const start = lm.start();
  assertAlmostEquals(
    Math.exp(lm.next(start, 1).logProb),
    (2 - D2) / 3 + D2 * 2 / 3 * p(1),
  );
  const once = trainNgram([[1]], { labels: 3, order: 1 });
  assertAlmostEquals(Math.exp(once.next(once.start(), 2).logProb), 0.5 * 2 / 2 / 3);
});

Deno.test("Kneser–Ney: what follows only one label is unlikely after others, however frequent", () => {
  // 3 occurs often but only after 2; 1 occurs less often, after 2, 3 and 4.
  const lm = trainNgram([[2, 3], [2, 3], [2, 3], [2, 3], [2, 1], [3, 1], [4, 1]], {
    labels: 6,
    order: 2,
  });
  const after5 = lm.next(lm.start(), 5).state;
  assert(lm.next(after5, 1).logProb > lm.next(after5, 3).logProb);
});

/** log p of a labelling by the formulas, each count taken from the labellings anew. */
function formulas(labellings: number[][], K: number, order: number, discount?: number) {
  const start = K, end = K + 1;
  const vocabulary = Array.from({ length: K - 1 }, (_, k) => k + 1).concat(end);
  const sentences = labellings.map((labels) => [start, ...labels, end]);
  const found = (n: number) =>
    sentences.flatMap((ids) => ids.slice(n - 1).map((_, i) => ids.slice(i, i + n)));
  const distinct = (grams: number[][]) => new Set(grams.map(String));
  const c = (gram: number[]): number =>
    gram.length === order || gram[0] === start
      ? found(gram.length).filter((other) => `${other}` === `${gram}`).length
      : distinct(found(gram.length + 1).filter((other) => `${other.slice(1)}` === `${gram}`)).size;
  const counts = (n: number) =>
    (n === 1
      ? vocabulary.map((v) => [v])
      : [...distinct(found(n))].map((gram) => gram.split(",").map(Number))).map(c);
  const D = Array.from({ length: order }, (_, n) => {
    const [n1, n2] = [1, 2].map((k) => counts(n + 1).filter((count) => count === k).length);
    return discount ?? (n1 === 0 || n2 === 0 ? 0.5 : n1 / (n1 + 2 * n2));
  });
  const p = (h: number[], w: number): number => {
    const after = vocabulary.map((v) => c([...h, v]));
    const total = after.reduce((sum, count) => sum + count, 0);
    const shorter = h.length === 0 ? 1 / vocabulary.length : p(h.slice(1), w);
    if (total === 0) return shorter;
    const d = D[h.length], kinds = after.filter((count) => count > 0).length;
    return (Math.max(c([...h, w]) - d, 0) + d * kinds * shorter) / total;
  };
  return (labels: number[]) =>
    [...labels, end].reduce((sum, w, i) => {
      const h = order === 1 ? [] : [start, ...labels.slice(0, i)].slice(1 - order);
      return sum + Math.log(p(h, w));
    }, 0);
}

Deno.test("every labelling has the probability that the formulas give it, at every order", () => {
  const small = fc.array(fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 4 }), {
    minLength: 1,
    maxLength: 5,
  });
  const discounts = fc.constantFrom(undefined, undefined, 0.3);
  fc.assert(
    fc.property(small, fc.integer({ min: 1, max: 4 }), discounts, (labellings, order, discount) => {
      const lm = trainNgram(labellings, { labels: 4, order, discount });
      const logP = formulas(labellings, 4, order, discount);
      for (const labels of [[], [1], [3], [1, 2], [2, 2, 1], labellings[0]]) {
        assertAlmostEquals(logProbability(lm, labels), logP(labels), 1e-10);
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("n-grams that start a sentence keep their occurrences, however long the longest are", () => {
  // <s> 1 three times and <s> 2 once, but 1 2, 2 2 and 2 1 by what stands before them.
  const lm = trainNgram([[1, 2], [1, 2], [1, 2, 2], [2, 1]], {
    labels: 3,
    order: 3,
    discount: 0.5,
  });
  // Before 1: <s>, 2; before 2: 1, 2, <s>; before </s>: 2, 1. γ = 0.5 · 3/7.
  const p1 = (before: number) => (before - 0.5) / 7 + (0.5 * 3 / 7) / 3;
  assertAlmostEquals(Math.exp(lm.next(lm.start(), 1).logProb), 2.5 / 4 + 0.25 * p1(2));
  assertAlmostEquals(Math.exp(lm.next(lm.start(), 2).logProb), 0.5 / 4 + 0.25 * p1(3));
});

Deno.test("training takes order 3 and words by their number where nothing else is said", () => {
  const lm = trainNgram([[1, 2, 1, 2]], { labels: 3 });
  assertEquals([lm.order, lm.words], [3, ["", "1", "2"]]);
  assertEquals(lm.ngrams[0], { ...lm.ngrams[0], words: ["<s>"], logProb: -99 * Math.LN10 });
});

Deno.test("a longer context lowers the perplexity of what has structure", () => {
  const cycle = Array.from({ length: 20 }, (_, n) => [1, 2, 3, 1, 3, 2].slice(n % 3));
  const at = (order: number) => perplexity(trainNgram(cycle, { labels: 4, order }), cycle);
  const perplexities = [1, 2, 3].map(at);
  assert(perplexities[0] > perplexities[1] && perplexities[1] > perplexities[2]);
});

Deno.test("any label can be blank", () => {
  const a = trainNgram([[1, 2], [2, 2]], { labels: 3 });
  const b = trainNgram([[0, 1], [1, 1]], { labels: 3, blank: 2 });
  assertEquals(b.words, ["0", "1", ""]);
  assertAlmostEquals(logProbability(a, [2, 1, 2]), logProbability(b, [1, 0, 1]));
  assertThrows(() => b.next(b.start(), 2), RangeError, "other than blank (2): it is 2");
});

Deno.test("trainNgram() names the value that is out of range", () => {
  const cases = [
    [[], {}, "there must be at least one labelling"],
    [[[1]], { order: 0 }, "order must be a whole number from 1 to 100: current value is 0"],
    [[[1]], { order: 1.5 }, "current value is 1.5"],
    [
      [[1]],
      { order: 1e300 },
      "order must be a whole number from 1 to 100: current value is 1e+300",
    ],
    [[[1]], { labels: Infinity }, "labels must be a whole number from 1 to 16777216"],
    [[[1]], { labels: NaN }, "current value is NaN"],
    [[[1]], { discount: 1 }, "discount must be between 0 and 1: current value is 1"],
    [[[1]], { discount: 0 }, "discount must be between 0 and 1: current value is 0"],
    [[[1]], { blank: 3 }, "blank must be one of 3 labels: current value is 3"],
    [[[1]], { discount: NaN }, "current value is NaN"],
    [[[1], [3]], {}, "below 3 other than blank (0): labelling 1 has 3"],
    [[[1, 0]], {}, "labelling 0 has 0"],
    [[[NaN]], {}, "labelling 0 has NaN"],
    [[[1]], { words: ["", "a"] }, 'each of 3 labels must have a word of its own: the words are ["'],
    [[[1]], { words: ["", "a", "a"] }, "a word of its own"],
  ] as const;
  for (const [labellings, options, message] of cases) {
    assertThrows(() => trainNgram(labellings, { labels: 3, ...options }), RangeError, message);
  }
});
