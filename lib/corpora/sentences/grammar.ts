import type { RandomState } from "../../numeric/mod.ts";
import { closedWords, type OpenClass } from "./vocabulary.ts";

/** Words of every open class that sentences may have. */
export type Words = Readonly<Record<OpenClass, readonly string[]>>;

/** The fewest and the most letters of a sentence: about 32 phones. */
const letters = { least: 34, most: 46 };

/** What a sentence is made of: words of a class, or a part with rules of its own. */
const rules: Choices = {
  sentence: [
    "subject deed object whereabouts",
    "subject deed object with object",
    "when subject motion whereabouts",
    "subject manner deed object whereabouts",
    "subject motion manner whereabouts",
    "when subject deed object",
    "subject motion , joint subject deed object",
    "subject deed object , joint subject motion",
    "subject deed object joint name motion manner",
    "whereabouts , subject deed object",
  ],
  subject: ["name", "article person", "article quality person", "article animal"],
  object: ["article thing", "article quality thing", "article animal", "article quality animal"],
  whereabouts: ["where article location", "where article quality location"],
  when: ["time", "at number ,"],
};

/** What symbols stand for: ways to go on, or words to choose from. */
export type Choices = Readonly<Record<string, readonly string[]>>;

/**
 * Draws what a symbol stands for: one of its rules, symbol after symbol from left to right; one of the
 * words of its class; or, if it is neither, the symbol itself.
 */
export function expandRule(
  rng: RandomState,
  rules: Choices,
  classes: Choices,
  symbol: string,
): string[] {
  const one = (of: readonly string[]) => of[rng.randint(0, of.length)];
  if (symbol in rules) {
    return one(rules[symbol]).split(" ").flatMap((part) => expandRule(rng, rules, classes, part));
  }
  return [symbol in classes ? one(classes[symbol]) : symbol];
}

/**
 * Draws one sentence: a rule, the words of its classes, from left to right; one that is too short or
 * too long is drawn anew.
 *
 * @returns With a capital letter and a full stop.
 */
export function drawSentence(rng: RandomState, words: Words): string {
  const classes: Choices = {
    ...words,
    location: words.place,
    where: closedWords.place,
    article: closedWords.article,
    number: closedWords.number,
    time: closedWords.time,
    joint: closedWords.joint,
    with: closedWords.with,
  };
  for (;;) {
    const text = expandRule(rng, rules, classes, "sentence").join(" ").replaceAll(" ,", ",");
    const length = text.replaceAll(/[^A-Za-z]/g, "").length;
    if (length < letters.least || length > letters.most) continue;
    return `${text[0].toUpperCase()}${text.slice(1)}.`;
  }
}
