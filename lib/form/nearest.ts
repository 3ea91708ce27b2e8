import { editDistance } from "../metrics/edit_distance.ts";

/**
 * The known word that somebody may have meant: the one with the fewest edits, case aside, if these
 * are at most a third of its letters, rounded up; undefined if none is so near.
 *
 * @example
 * ```ts
 * import { nearest } from "lib/form/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nearest("nosie", ["noise", "onset"]), "noise");
 * assertEquals(nearest("speed", ["noise", "onset"]), undefined);
 * ```
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const edits = known.map((other) => editDistance(letters(word), letters(other)));
  const least = Math.min(...edits);
  const best = known[edits.indexOf(least)];
  return least <= Math.ceil(best?.length / 3) ? best : undefined;
}

/** Of a very long word the beginning will do. */
function letters(word: string): number[] {
  return Array.from(word.slice(0, 100).toLowerCase(), (letter) => letter.codePointAt(0)!);
}
