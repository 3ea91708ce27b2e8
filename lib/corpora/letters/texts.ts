import type { RandomState } from "../../numeric/mod.ts";
import { type Choices, expandRule } from "../sentences/grammar.ts";

const rules: Choices = {
  text: [
    "who may do object",
    "who did object",
    "who did object near thing",
    "its object",
    "lets do object",
    "im near thing",
  ],
  who: ["name", "article person"],
  object: ["article thing", "article quality thing"],
};

/** Words that are easy to take for each other, and every letter at least once. */
const classes: Choices = {
  name: ["anna", "tom", "she", "he", "we", "they", "you"],
  may: ["won't", "can't", "didn't", "may", "must", "will"],
  do: ["find", "hold", "sell", "like", "take", "see", "paint", "hide"],
  did: ["found", "held", "sold", "liked", "took", "saw", "painted", "hid"],
  its: ["it's", "that's", "here's", "there's"],
  lets: ["let's", "don't", "please"],
  im: ["i'm", "he's", "we're", "they're"],
  article: ["the", "a", "my", "our", "his", "her"],
  person: ["king", "girl", "nurse", "baker", "boy", "doctor"],
  quality: ["red", "old", "big", "warm", "new", "dark"],
  thing: [
    ...[
      "cat",
      "hat",
      "coat",
      "boat",
      "house",
      "horse",
      "book",
      "lamp",
      "box",
      "fox",
      "vase",
      "jar",
    ],
    ...["quilt", "zebra"],
  ],
  near: ["in my", "on the", "near our", "under his", "by her"],
};

/** Every word of the texts, in the order of the alphabet. */
export const textWords: readonly string[] = [
  ...new Set(Object.values(classes).flat().flatMap((words) => words.split(" "))),
].sort();

/**
 * Draws one text of three to eight small words, in small letters, with a space between words and an
 * apostrophe here and there.
 *
 * @example
 * ```ts
 * import { drawText } from "lib/corpora/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(drawText(new RandomState(0)), "don't find our warm lamp");
 * ```
 */
export function drawText(rng: RandomState): string {
  return expandRule(rng, rules, classes, "text").join(" ");
}

/** The characters of the longest text. */
export const mostLetters: number = longest("text");

function longest(symbol: string): number {
  const most = (of: readonly string[], size: (one: string) => number) => Math.max(...of.map(size));
  if (symbol in rules) {
    return most(rules[symbol], (rule) => {
      const parts = rule.split(" ");
      return parts.reduce((sum, part) => sum + longest(part), parts.length - 1);
    });
  }
  return symbol in classes ? most(classes[symbol], (word) => word.length) : symbol.length;
}
