import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  type LanguageModel,
  lexiconModel,
  logProbability,
  ngramModel,
  prefixBeamSearch,
  readArpa,
  trainNgram,
  writeArpa,
} from "lib/decoding/mod.ts";
import { enumerateLabellings, labelsOfKey, randomLogProbs } from "../support/labellings.ts";
import { tuples } from "../support/paths.ts";

/** "a", "b", "ab", "aa" in the labels 1 and 2; 3 stands between words. */
const spellings = new Map([[1, [1]], [2, [2]], [3, [1, 2]], [4, [1, 1]]]);
const words = trainNgram([[1, 3], [3, 1, 2], [2, 2, 3, 4], [4]], { labels: 5, order: 2 });
const options = { labels: 4, separator: 3, spellings };
const letters = lexiconModel(words, options);

/** The words of letters; undefined if one of them is none. */
function wordsOf(labels: readonly number[]): number[] | undefined {
  if (labels.length === 0) return [];
  const found = labels.join("").split("3").map((spelt) =>
    [...spellings].find(([, spelling]) => spelling.join("") === spelt)?.[0]
  );
  return found.includes(undefined) ? undefined : found as number[];
}

/** All labellings of up to five letters. */
const texts = [0, 1, 2, 3, 4, 5].flatMap((n) =>
  Array.from(tuples(n, 3), (text) => text.map((k) => k + 1))
);

Deno.test("lexiconModel() gives a text the probability of its words, and none to other letters", () => {
  let spelt = 0;
  for (const text of texts) {
    const said = wordsOf(text);
    const logProb = logProbability(letters, text);
    if (said === undefined) {
      assertEquals(logProb, -Infinity, text.join());
      continue;
    }
    spelt++;
    assertAlmostEquals(logProb, logProbability(words, said), 1e-12);
  }
  assert(spelt > 20 && spelt < texts.length / 2);
});

Deno.test("lexiconModel() sums to one over letters and end, wherever a text may stand", () => {
  for (const text of texts) {
    let state = letters.start(), possible = true;
    for (const label of text) {
      const step = letters.next(state, label);
      possible &&= step.logProb > -Infinity;
      state = step.state;
    }
    if (!possible) continue;
    const further = [1, 2, 3].map((label) => letters.next(state, label).logProb);
    const sum = [...further, letters.end(state)].reduce((a, b) => a + Math.exp(b), 0);
    assertAlmostEquals(sum, 1, 1e-12, text.join());
  }
});

Deno.test("unpruned search with a lexicon equals scoring every text of its words", () => {
  fc.assert(
    fc.property(
      fc.nat(1_000_000),
      fc.integer({ min: 1, max: 6 }),
      fc.double({ min: 0.1, max: 2, noNaN: true }),
      (seed, T, lmWeight) => {
        const logProbs = randomLogProbs(seed, T, 4, 2);
        const found = prefixBeamSearch(logProbs, { beamWidth: Infinity, lm: letters, lmWeight });
        const due = [...enumerateLabellings(logProbs)].flatMap(([key, p]) => {
          const labels = labelsOfKey(key), said = wordsOf(labels);
          if (said === undefined) return [];
          return [{ key, score: Math.log(p) + lmWeight * logProbability(words, said) }];
        }).sort((a, b) => b.score - a.score);
        assertEquals(found.length, due.length);
        assertEquals(found[0].labels.join(), due[0].key);
        found.forEach(({ score }, n) => assertAlmostEquals(score, due[n].score, 1e-10));
      },
    ),
    { numRuns: 40 },
  );
});

Deno.test("a model that comes from an ARPA file spells as the one that was written", () => {
  const read = lexiconModel(readArpa(writeArpa(words)), options);
  for (const text of texts) {
    const [one, other] = [read, letters].map((lm) => logProbability(lm, text));
    if (other === -Infinity) assertEquals(one, other);
    else assertAlmostEquals(one, other, 1e-9);
  }
});

Deno.test("a weight multiplies what the words have, and a bonus comes with each of them", () => {
  const [weight, wordBonus] = [0.7, 1.5];
  const lm = lexiconModel(words, { ...options, weight, wordBonus });
  for (const text of texts) {
    const said = wordsOf(text);
    if (said === undefined) continue;
    const due = weight * logProbability(words, said) + wordBonus * said.length;
    assertAlmostEquals(logProbability(lm, text), due, 1e-12, text.join());
  }
});

Deno.test("a word that the language model holds impossible cannot be spelt, one beside it can", () => {
  const certain = ngramModel([
    { words: ["x"], logProb: -Infinity, logBackoff: 0 },
    { words: ["y"], logProb: 0, logBackoff: 0 },
  ]) as LanguageModel;
  const lm = lexiconModel(certain, { ...options, spellings: new Map([[1, [1]], [2, [1, 2]]]) });
  assertEquals(logProbability(lm, [1]), -Infinity);
  assertEquals(logProbability(lm, [1, 2]), 0);
  assertEquals(logProbability(lm, [1, 3, 1, 2]), -Infinity);
});

Deno.test("lexiconModel() names the word that is no good", () => {
  const refused = (change: object, message: string) =>
    assertThrows(() => lexiconModel(words, { ...options, ...change }), RangeError, message);
  refused({ spellings: new Map() }, "there must be at least one word");
  refused({ spellings: new Map([[1, []]]) }, "word 1 has none");
  refused({ spellings: new Map([[1, [1, 3]]]) }, "without the separator: word 1 has it");
  refused({ spellings: new Map([[1, [1]], [2, [1]]]) }, "words 1 and 2 are not");
  refused({ spellings: new Map([[1, [4]]]) }, "a label of word 1");
  refused({ separator: 4 }, "separator");
  for (const labels of [NaN, Infinity, 0, 4.5]) {
    refused({ labels }, "labels must be a whole number");
  }
  assertThrows(() => letters.next(letters.start(), 4), RangeError, "Cannot score a label");
});
