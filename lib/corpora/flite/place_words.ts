import { silencePhone } from "./voice.ts";

/** A range of phones: `from` to `to` - 1. */
export type PhoneRange = readonly [from: number, to: number];

/** What a pause inside a word costs: more than any word. */
const torn = 1000;

/**
 * Which phones of an utterance belong to which of its words: the alignment with the fewest edits
 * between the phones and those of the words spoken alone, no word having a pause inside. What flite
 * adds or drops in context (as "read" that is "red", or "the" before a vowel) is found this way; a
 * phone added between two words belongs to the second.
 *
 * @param spoken The phones of the utterance, pauses among them.
 * @param alone The phones of every word, spoken alone.
 * @returns One range of `spoken` for every word, without a pause; empty for a word that has no phone.
 *
 * @example
 * ```ts
 * import { placeWords } from "lib/corpora/flite/place_words.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const spoken = ["pau", "dh", "iy", "eh", "n", "d", "pau"];
 * assertEquals(placeWords(spoken, [["dh", "ax"], ["eh", "n", "d"]]), [[1, 3], [3, 6]]);
 * ```
 */
export function placeWords(
  spoken: readonly string[],
  alone: readonly (readonly string[])[],
): PhoneRange[] {
  const heard = spoken.flatMap((phone, at) => phone === silencePhone ? [] : [at]);
  const expected = alone.flatMap((word, w) =>
    word.map((phone, n) => ({ phone, w, first: n === 0 }))
  );
  const N = expected.length, M = heard.length, width = M + 1;
  const afterPause = heard.map((at) => at > 0 && spoken[at - 1] === silencePhone);
  /** [N + 1, M + 1] the fewest edits up to here, and the move that led here */
  const cost = new Float64Array((N + 1) * width).fill(Infinity);
  const move = new Uint8Array((N + 1) * width);
  cost[0] = 0;
  const reach = (at: number, value: number, by: number) => {
    if (value < cost[at]) [cost[at], move[at]] = [value, by];
  };
  for (let i = 0; i <= N; i++) {
    for (let j = 0; j <= M; j++) {
      const here = cost[i * width + j];
      const tears = j < M && afterPause[j] && i < N && !expected[i].first ? torn : 0;
      if (i < N && j < M) {
        const edit = expected[i].phone === spoken[heard[j]] ? 0 : 1;
        reach((i + 1) * width + j + 1, here + edit + tears, both);
      }
      if (i < N) reach((i + 1) * width + j, here + 1, dropped);
      if (j < M) reach(i * width + j + 1, here + 1 + tears, added);
    }
  }
  const ranges: [number, number][] = alone.map(() => [0, 0]);
  for (let i = N, j = M; i > 0 || j > 0;) {
    const by = move[i * width + j];
    if (by !== added) i--;
    if (by === dropped) continue;
    const at = heard[--j], range = ranges[expected[Math.min(i, N - 1)]?.w];
    if (range === undefined) continue; // no word has a phone
    if (range[1] === 0) range[1] = at + 1;
    range[0] = at;
  }
  return ranges;
}

const [both, dropped, added] = [0, 1, 2];
