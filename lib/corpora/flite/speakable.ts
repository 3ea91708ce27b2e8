/** The most characters of a text: about ten minutes of sound, whose cost grows with its square. */
export const longestText = 10_000;

/**
 * A text as flite can read it, in ASCII: accents, typographic quotes and dashes are written plainly,
 * as flite would speak the bytes of what it does not know.
 *
 * @param what Begins the message, such as "Cannot speak".
 * @throws {TypeError} If the text is no string.
 * @throws {RangeError} If it is blank or too long, or has a character that has no plain form.
 *
 * @example
 * ```ts
 * import { speakable } from "lib/corpora/flite/speakable.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(speakable("Cannot speak", " It’s  a\ncafé "), "It's a cafe");
 * ```
 */
export function speakable(what: string, text: string): string {
  if (typeof text !== "string") {
    throw new TypeError(
      `${what} as text must be a string: current value is of type ${typeof text}`,
    );
  }
  if (text.length > longestText) {
    throw new RangeError(
      `${what} as text must have at most ${longestText} characters: it has ${text.length}; ` +
        `cut it into sentences`,
    );
  }
  const plain = text.normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .replaceAll(/[‘’ʼ′]/g, "'")
    .replaceAll(/[“”„«»″]/g, '"')
    .replaceAll(/[‐‑]/g, "-")
    .replaceAll(/[–—―]/g, " - ")
    .replaceAll(/\s+/g, " ")
    .trim();
  if (plain === "") {
    throw new RangeError(
      `${what} as text must have a word: current value is ${JSON.stringify(text)}`,
    );
  }
  const [unknown] = plain.match(/[^ -~]/u) ?? [];
  if (unknown !== undefined) {
    throw new RangeError(
      `${what} as text must be English in Latin letters: ${JSON.stringify(unknown)} is not ` +
        `(U+${unknown.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")})`,
    );
  }
  return plain;
}
