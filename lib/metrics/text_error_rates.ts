import { type ErrorRate, labelErrors } from "./edit_counts.ts";

/**
 * The word error rate of texts, Σ edits / Σ words, with its edits. Words are what stands between
 * white space, compared as they are: capitals and punctuation count, and are to be taken off before
 * where they should not.
 *
 * @param decoded What was recognised, one text per utterance.
 * @param references What was said.
 * @throws {RangeError} If there are not as many of one as of the other.
 *
 * @example
 * ```ts
 * import { wordErrorRate } from "lib/metrics/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { rate, substitutions, deletions } = wordErrorRate(["the cat sits"], ["the cat sat down"]);
 * assertEquals([rate, substitutions, deletions], [0.5, 1, 1]);
 * ```
 */
export function wordErrorRate(
  decoded: readonly string[],
  references: readonly string[],
): ErrorRate {
  return errorsOf(decoded, references, (text) => text.split(/\s+/).filter((word) => word !== ""));
}

/**
 * The character error rate of texts, Σ edits / Σ characters, with its edits. A character is a code
 * point of the composed form (NFC), so that "é" is one; white space between words counts as one
 * character, at the ends as none.
 *
 * @param decoded What was recognised, one text per utterance.
 * @param references What was said.
 * @throws {RangeError} If there are not as many of one as of the other.
 *
 * @example
 * ```ts
 * import { characterErrorRate } from "lib/metrics/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(characterErrorRate(["a cut"], ["a  cat"]).rate, 0.2);
 * ```
 */
export function characterErrorRate(
  decoded: readonly string[],
  references: readonly string[],
): ErrorRate {
  return errorsOf(
    decoded,
    references,
    (text) => Array.from(text.normalize("NFC").trim().replace(/\s+/g, " ")),
  );
}

function errorsOf(
  decoded: readonly string[],
  references: readonly string[],
  units: (text: string) => readonly string[],
): ErrorRate {
  const numbers = new Map<string, number>();
  const numberOf = (unit: string) => {
    const known = numbers.get(unit);
    if (known !== undefined) return known;
    numbers.set(unit, numbers.size);
    return numbers.size - 1;
  };
  const labelled = (texts: readonly string[]) => texts.map((text) => units(text).map(numberOf));
  return labelErrors(labelled(decoded), labelled(references));
}
