import type { Segment } from "../../alignment/mod.ts";
import type { RandomState } from "../../numeric/mod.ts";
import type { Utterance } from "../spoken/utterance.ts";
import { fsddSampleRate, type SpokenDigit } from "./fsdd.ts";

/** The labels of digits. */
export const digitNames = [
  ...["zero", "one", "two", "three", "four"],
  ...["five", "six", "seven", "eight", "nine"],
] as const;

/** Standard deviation of the noise between digits, of ±32768: -66 dB. */
const roomNoise = 16;

/**
 * Recordings of single digits as one utterance, with pauses before, between and after them; where the
 * digits begin and end is known to the sample.
 *
 * @param rng Where the pauses come from: for each its length, then one Gaussian a sample.
 * @param pauseMs Shortest and longest pause, milliseconds.
 */
export function connectDigits(
  rng: RandomState,
  digits: readonly SpokenDigit[],
  pauseMs: readonly [number, number],
): Utterance {
  const perMs = fsddSampleRate / 1000;
  const pauses = Array.from({ length: digits.length + 1 }, () => {
    const length = Math.round(rng.uniform(...pauseMs) * perMs);
    return Int16Array.from({ length }, () => Math.round(roomNoise * rng.randn()));
  });
  const total = [...pauses, ...digits.map(({ samples }) => samples)]
    .reduce((sum, { length }) => sum + length, 0);
  const samples = new Int16Array(total), segments: Segment[] = [];
  let at = 0;
  digits.forEach(({ digit, samples: spoken }, n) => {
    samples.set(pauses[n], at);
    at += pauses[n].length;
    samples.set(spoken, at);
    const start = at / fsddSampleRate;
    at += spoken.length;
    segments.push({ start, end: at / fsddSampleRate, text: digitNames[digit] });
  });
  samples.set(pauses[digits.length], at);
  const name = digits.map(({ name }) => name).join(" + ");
  return { name, speaker: digits[0].speaker, samples, segments, words: segments };
}

/**
 * Connects all recordings of all speakers, each of them once, in random order.
 *
 * @param lengths Least and most digits of an utterance; the last of a speaker may have fewer.
 */
export function connectAll(
  rng: RandomState,
  digits: readonly SpokenDigit[],
  lengths: readonly [number, number],
  pauseMs: readonly [number, number],
): Utterance[] {
  const utterances: Utterance[] = [];
  for (const own of Map.groupBy(digits, ({ speaker }) => speaker).values()) {
    const order = Array.from(rng.permutation(own.length), (n) => own[n]);
    while (order.length > 0) {
      const count = rng.randint(lengths[0], lengths[1] + 1);
      utterances.push(connectDigits(rng, order.splice(0, count), pauseMs));
    }
  }
  return utterances;
}
