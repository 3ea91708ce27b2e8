import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { phones, pronounce } from "lib/corpora/flite/mod.ts";
import {
  closedWords,
  distinctSentences,
  openWords,
  sentenceWords,
  splitVocabulary,
} from "lib/corpora/sentences/mod.ts";
import { drawSentence } from "lib/corpora/sentences/grammar.ts";
import { RandomState } from "lib/numeric/mod.ts";

const open = Object.values(openWords).flat(), closed = Object.values(closedWords).flat();
const { known, heldOut } = splitVocabulary(new RandomState(0));

/** The first n sentences of a vocabulary. */
const sentences = (words: typeof known, n: number) =>
  distinctSentences(new RandomState(5), words).take(n).toArray();

Deno.test("about a thousand words, none of them twice, which flite reads as they stand", () => {
  const all = [...new Set([...open, ...closed].map((word) => word.toLowerCase()))];
  assertEquals(new Set(open).size, open.length);
  assertGreater(all.length, 1000);
  const said = new Map<string, readonly string[]>();
  for (let n = 0; n < all.length; n += 50) {
    for (const word of pronounce(all.slice(n, n + 50).join(", "))) {
      said.set(word.label, word.phones);
    }
  }
  assertEquals(all.filter((word) => !said.has(word)), []);
  assertEquals(new Set([...said.values()].flat()).size, phones.length - 1);
});

Deno.test("a tenth of the open words is held out, and no sentence has both kinds", () => {
  const out = Object.values(heldOut).flat(), rest = Object.values(known).flat();
  assertEquals([...out, ...rest].sort(), [...open].sort());
  assertLess(Math.abs(out.length / open.length - 0.1), 0.01);
  const hasAny = (sentence: string, words: readonly string[]) => {
    const lower = new Set(words.map((word) => word.toLowerCase()));
    return sentenceWords(sentence).some((word) => lower.has(word) && !closed.includes(word));
  };
  for (const sentence of sentences(known, 300)) {
    assertEquals(hasAny(sentence, out), false, sentence);
  }
  for (const sentence of sentences(heldOut, 300)) {
    assertEquals([hasAny(sentence, out), hasAny(sentence, rest)], [true, false], sentence);
  }
});

Deno.test("sentences are distinct, the same at every start, and have about 32 phones", () => {
  const some = sentences(known, 2000);
  assertEquals(new Set(some).size, 2000);
  const few = Object.fromEntries(
    Object.entries(known).map(([kind, words]) => [kind, words.slice(0, 1)]),
  ) as unknown as typeof known;
  const rng = new RandomState(5), drawn = Array.from({ length: 600 }, () => drawSentence(rng, few));
  assertLess(new Set(drawn).size, 600);
  assertEquals(new Set(sentences(few, 600)).size, 600);
  assertEquals(sentences(known, 3), some.slice(0, 3));
  const spoken = some.slice(0, 16).map(pronounce);
  assertEquals(
    spoken.map((words) => words.map(({ label }) => label)),
    some.slice(0, 16).map(sentenceWords),
  );
  const lengths = spoken.map((words) => words.flatMap(({ phones }) => phones).length);
  const mean = lengths.reduce((a, b) => a + b) / lengths.length;
  assertLess(Math.abs(mean - 32), 2, `${mean} phones`);
});
