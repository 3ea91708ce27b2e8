import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { logProbability, type Ngram, ngramModel, perplexity, readArpa } from "lib/decoding/mod.ts";
import kenlm from "../fixtures/kenlm-scores.json" with { type: "json" };
import { tuples } from "../support/paths.ts";

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

Deno.test("a model scores as the formula says, whatever n-grams it lists", () => {
  const word = fc.constantFrom("a", "b", "<unk>", "<s>", "</s>");
  const value = fc.double({ min: -3, max: 0, noNaN: true });
  const gram = fc.record({
    words: fc.array(word, { minLength: 2, maxLength: 4 }),
    logProb: value,
    logBackoff: fc.oneof(value, fc.constant(0)),
  });
  const unigrams = fc.tuple(
    ...["a", "b", "<unk>", "<s>", "</s>"].map((word) =>
      fc.record({ words: fc.constant([word]), logProb: value, logBackoff: value })
    ),
  );
  fc.assert(fc.property(unigrams, fc.array(gram, { maxLength: 12 }), (unigrams, more) => {
    const listed = new Map<string, Ngram>();
    for (
      const ngram of [
        ...unigrams,
        ...more.toSorted((a, b) => a.words.length - b.words.length),
      ]
    ) {
      const { words } = ngram;
      const key = words.join(" ");
      const known = words.length === 1 || listed.has(words.slice(0, -1).join(" "));
      if (known && !listed.has(key)) listed.set(key, ngram);
    }
    const score = (context: string[], word: string): number => {
      const found = listed.get([...context, word].join(" "));
      if (found !== undefined) return found.logProb;
      const backoff = listed.get(context.join(" "))?.logBackoff ?? 0;
      return backoff + score(context.slice(1), word);
    };
    const names = ["", "a", "b", "zebra"];
    const lm = ngramModel([...listed.values()], { words: names });
    for (const labels of tuples(4, 3)) {
      const said = ["<s>", ...labels.map((k) => ["a", "b", "<unk>"][k]), "</s>"];
      const expected = said.slice(1).reduce((sum, w, i) => sum + score(said.slice(0, i + 1), w), 0);
      assertAlmostEquals(logProbability(lm, labels.map((k) => k + 1)), expected, 1e-9);
    }
  }));
});

Deno.test("histories that the model cannot tell apart share a state", () => {
  const value = { logProb: -1, logBackoff: 0 };
  const lm = ngramModel(
    [["a"], ["b"], ["a", "b"], ["b", "b"]].map((words) => ({ words, ...value })),
  );
  const after = (...labels: number[]) =>
    labels.reduce((state, label) => lm.next(state, label).state, lm.start());
  assertEquals([after(1, 2), after(2, 2), after(1, 1)], [after(2), after(2), after(1)]);
  assert(after(1) !== after(2));
});

Deno.test("ngramModel() names the n-gram or label that does not fit", () => {
  const entry = (...words: string[]) => ({ words, logProb: -1, logBackoff: 0 });
  const cases = [
    [[], "there must be at least one n-gram"],
    [[entry("a"), entry("b", "a")], 'n-gram 1 ("b a") must come after its context'],
    [[entry("a"), entry("a", "b")], 'n-gram 1 ("a b") must end in a listed word'],
    [[entry("a"), entry("a", "a"), entry("a", "a")], 'n-gram 2 ("a a") must be listed once'],
    [[entry()], 'n-gram 0 ("") must come after its context'],
    [[entry("<unk>"), entry("<UNK>")], 'n-gram 1 ("<UNK>") must be listed once'],
    [[{ ...entry("a"), logProb: NaN }], 'n-gram 0 ("a") must have a log-probability'],
    [[{ ...entry("a"), logProb: 1e-9 }], 'n-gram 0 ("a") must have a log-probability of at most 0'],
    [[{ ...entry("a"), logBackoff: NaN }], 'n-gram 0 ("a") must have a log-probability'],
    [[{ ...entry("a"), logBackoff: Infinity }], 'n-gram 0 ("a") must have a log-probability'],
  ] as const;
  for (const [ngrams, message] of cases) {
    assertThrows(() => ngramModel(ngrams), RangeError, message);
  }
  assertThrows(
    () => ngramModel([entry("a")], { words: ["", "a", "b"] }),
    RangeError,
    'label 2 is "b"',
  );
  for (const blank of [2, -1, 0.5, NaN]) {
    const make = (words?: string[]) => () => ngramModel([entry("a")], { blank, words });
    for (const words of [undefined, ["a", "a"]]) {
      assertThrows(make(words), RangeError, `one of 2 labels: current value is ${blank}`);
    }
  }
  const lm = ngramModel([entry("a")]);
  for (const label of [0, 2, -1, 1.5]) {
    assertThrows(() => lm.next(lm.start(), label), RangeError, `it is ${label}`);
  }
});
