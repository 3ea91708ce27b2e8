import { assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  type BytePairs,
  decodeBytePairs,
  encodeBytePairs,
  trainBytePairs,
  WORD_START,
} from "lib/corpora/mod.ts";

const few = { numRuns: 40 };
const word = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(..."abcdeé😀") });
const text = fc.array(word, { minLength: 1, maxLength: 30 });
const counted = (words: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};

Deno.test("words come back from their subwords, whatever was learnt", () => {
  fc.assert(fc.property(text, fc.integer({ min: 8, max: 60 }), (words, symbols) => {
    const pairs = trainBytePairs(counted(words), { symbols });
    const labels = encodeBytePairs(pairs, words);
    assertEquals(decodeBytePairs(pairs, labels), words);
    assertLessOrEqual(pairs.symbols.length, symbols);
    for (const label of labels) assertEquals(Number.isInteger(label) && label >= 0, true);
  }));
});

Deno.test("other words of the same letters come back too", () => {
  fc.assert(fc.property(text, text, (words, others) => {
    const known = new Set([...words.join("")]);
    const pairs = trainBytePairs(counted(words), { symbols: 40 });
    const spelled = others.filter((word) => [...word].every((letter) => known.has(letter)));
    assertEquals(decodeBytePairs(pairs, encodeBytePairs(pairs, spelled)), spelled);
  }));
});

Deno.test("the order of the words is nothing to what is learnt, and a JSON file keeps it", () => {
  fc.assert(
    fc.property(text, (words) => {
      const pairs = trainBytePairs(counted(words), { symbols: 40 });
      assertEquals(trainBytePairs(counted(words.toReversed()), { symbols: 40 }), pairs);
      const kept: BytePairs = JSON.parse(JSON.stringify(pairs));
      assertEquals(encodeBytePairs(kept, words), encodeBytePairs(pairs, words));
    }),
    few,
  );
});

Deno.test("no pair that is in the vocabulary stands side by side in what is encoded", () => {
  fc.assert(fc.property(text, (words) => {
    const pairs = trainBytePairs(counted(words), { symbols: 40 });
    const known = new Set(pairs.merges.map(String));
    for (const word of words) {
      const labels = encodeBytePairs(pairs, [word]);
      labels.slice(1).forEach((label, i) =>
        assertEquals(known.has(`${labels[i]},${label}`), false)
      );
    }
  }));
});

Deno.test("trainBytePairs() merges as Algorithm 1 of Sennrich et al. does by hand", () => {
  const words = new Map([["low", 5], ["lower", 2], ["newest", 6], ["widest", 3]]);
  const { symbols, merges } = trainBytePairs(words, { symbols: 17 });
  assertEquals(symbols.slice(0, 11), [..."deilnorstw", WORD_START]);
  // es and st stand 9 times each, and so does est; then lo, ow and ▁l 7 times; then ew, with others, 6.
  assertEquals(symbols.slice(11), ["es", "est", "lo", "▁lo", "▁low", "ew"]);
  assertEquals(merges, [[1, 7], [11, 8], [3, 5], [10, 13], [14, 9], [1, 9]]);
});

Deno.test("training ends where no pair stands side by side often enough", () => {
  const once = new Map([["ab", 1], ["cd", 1]]);
  assertEquals(trainBytePairs(once, { symbols: 99 }).merges, []);
  assertEquals(trainBytePairs(once, { symbols: 99, least: 1 }).symbols.slice(-2), ["▁ab", "▁cd"]);
});

Deno.test("what a recogniser gives before the first mark is a word, and marks alone are none", () => {
  const pairs = trainBytePairs(new Map([["ab", 3]]), { symbols: 3 });
  const at = (symbol: string) => pairs.symbols.indexOf(symbol);
  assertEquals(decodeBytePairs(pairs, [at("b"), at("▁"), at("▁"), at("a")]), ["b", "a"]);
  assertEquals(decodeBytePairs(pairs, []), []);
});

Deno.test("byte pairs name what they cannot take", () => {
  const words = new Map([["ab", 2]]), pairs = trainBytePairs(words, { symbols: 4 });
  const cases: [() => unknown, string][] = [
    [() => trainBytePairs(new Map(), { symbols: 9 }), "at least one word"],
    [() => trainBytePairs(words, { symbols: 2 }), "at least the 3 letters: current value is 2"],
    [() => trainBytePairs(words, { symbols: NaN }), "symbols must be a whole number >= 1"],
    [() => trainBytePairs(words, { symbols: 9, least: 0 }), "least must be a whole number >= 1"],
    [() => trainBytePairs(new Map([["", 1]]), { symbols: 9 }), "no word may be empty"],
    [() => trainBytePairs(new Map([["a▁", 1]]), { symbols: 9 }), "no word may have the mark"],
    [() => trainBytePairs(new Map([["a", 0.5]]), { symbols: 9 }), 'the count of "a" must be'],
    [() => encodeBytePairs(pairs, ["abc"]), '"abc" must be of known letters: "c" is not one'],
    [() => encodeBytePairs(pairs, [""]), "no word may be empty"],
    [() => decodeBytePairs(pairs, [0, 4]), "label 1 must be a symbol below 4: current value is 4"],
  ];
  for (const [call, message] of cases) assertThrows(call, RangeError, message);
});
