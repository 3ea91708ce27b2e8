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
    [[[1]], { order: 0 }, "order must be a whole number >= 1: current value is 0"],
    [[[1]], { order: 1.5 }, "current value is 1.5"],
    [[[1]], { discount: 1 }, "discount must be between 0 and 1: current value is 1"],
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
