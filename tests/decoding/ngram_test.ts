import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { logProbability, ngramModel, perplexity, readArpa } from "lib/decoding/mod.ts";
import kenlm from "../fixtures/kenlm-scores.json" with { type: "json" };

kenlm.forEach(({ arpa, words, sentences }, n) => {
  const name = ["a trained model", "a pruned model with <unk>"][n];

  Deno.test(`${name} gives every sentence the log-probability that KenLM gives it`, () => {
    const lm = readArpa(arpa, { words });
    for (const { text, log10 } of sentences) {
      const labels = text.split(" ").filter((word) => word).map((word) => words.indexOf(word));
      // KenLM keeps single precision.
      assertAlmostEquals(logProbability(lm, labels) / Math.LN10, log10, 2e-6, text);
      assertAlmostEquals(perplexity(lm, [labels]), 10 ** (-log10 / (labels.length + 1)), 1e-3);
    }
  });

  Deno.test(`${name} gives every word the log-probability that KenLM gives it`, () => {
    const lm = readArpa(arpa, { words });
    for (const { text, steps } of sentences) {
      const labels = text.split(" ").filter((word) => word).map((word) => words.indexOf(word));
      let state = lm.start();
      const ours = labels.map((label) => {
        const step = lm.next(state, label);
        state = step.state;
        return step.logProb;
      }).concat(lm.end(state));
      ours.forEach((logProb, i) => assertAlmostEquals(logProb / Math.LN10, steps[i], 1e-6, text));
    }
  });
});

Deno.test("without words the labels are the model's own words in order, after a blank", () => {
  const lm = readArpa(kenlm[1].arpa);
  assertEquals(lm.words, ["", "ah", "b", "k"]);
  assertEquals([lm.labels, lm.order, lm.ngrams.length], [4, 3, 13]);
  assertEquals(readArpa(kenlm[1].arpa, { blank: 3 }).words, ["ah", "b", "k", ""]);
});

Deno.test("a model without <s> and </s> starts from nothing and scores no ends", () => {
  const half = { logProb: Math.log(0.5), logBackoff: 0 };
  const lm = ngramModel([{ words: ["a"], ...half }, { words: ["b"], ...half }]);
  assertEquals([lm.start(), lm.end(lm.start())], [0, 0]);
  assertAlmostEquals(logProbability(lm, [1, 2, 1]), 3 * Math.log(0.5));
});

Deno.test("ngramModel() names the n-gram or label that does not fit", () => {
  const entry = (...words: string[]) => ({ words, logProb: -1, logBackoff: 0 });
  const cases = [
    [[], "there must be at least one n-gram"],
    [[entry("a"), entry("b", "a")], 'n-gram 1 ("b a") must come after its context'],
    [[entry("a"), entry("a", "b")], 'n-gram 1 ("a b") must end in a listed word'],
    [[entry("a"), entry("a", "a"), entry("a", "a")], 'n-gram 2 ("a a") must be listed once'],
    [[{ ...entry("a"), logProb: NaN }], 'n-gram 0 ("a") must have a log-probability'],
  ] as const;
  for (const [ngrams, message] of cases) {
    assertThrows(() => ngramModel(ngrams), RangeError, message);
  }
  assertThrows(
    () => ngramModel([entry("a")], { words: ["", "a", "b"] }),
    RangeError,
    'label 2 is "b"',
  );
  const lm = ngramModel([entry("a")]);
  for (const label of [0, 2, -1, 1.5]) {
    assertThrows(() => lm.next(lm.start(), label), RangeError, `it is ${label}`);
  }
});
