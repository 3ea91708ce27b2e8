import { nanoseconds } from "../alignment/mod.ts";
import type { Sound } from "../audio/mod.ts";
import { bestPath } from "./best_path.ts";
import { chainScores, type Weighing } from "./chain_scores.ts";
import { confidenceOf, labelScore, matchingWords, wordScore } from "./confidence.ts";
import { hear, type Heard, type HearOptions } from "./hear.ts";
import { expectedPlaces } from "./expected_places.ts";
import { type Extent, ownFrames, placeLabels, touches, wordFrames } from "./place_words.ts";
import { readText, type ReadWord } from "./read_text.ts";
import type { SpeechModel } from "./speech_model.ts";
import { straySpeech } from "./stray_speech.ts";
import { textChain } from "./text_chain.ts";
import { wordLabels } from "./word_labels.ts";

/** Something that is said, and where. */
export interface SaidLabel {
  /** A word as it is written, or the name of a label. */
  readonly text: string;
  /** Seconds from the start of the recording. */
  readonly start: number;
  /** Seconds from the start of the recording. */
  readonly end: number;
  /** From 0 to 1: e^(s / 4), s the mean of log p(label) - max log p over its frames, nats. */
  readonly confidence: number;
}

/** A word of the text, where it is said, and how well the sound says it. */
export interface SaidWord extends SaidLabel {
  /** What is said for it: of "21" twenty and one. */
  readonly spoken: readonly string[];
  /** Whether it is not one of those that the sound does not say. */
  readonly matches: boolean;
  /** Its phones, or what else the labels of the model are; they leave no gap. */
  readonly labels: readonly SaidLabel[];
}

/** A text in time. */
export interface RecordingAlignment {
  /** Length of the recording. */
  readonly seconds: number;
  /** Length of a frame, seconds; times may lie between frames. */
  readonly frameSeconds: number;
  /** Words in the order of the text. */
  readonly words: readonly SaidWord[];
  /** Speech that the text has no words for, seconds. */
  readonly stray: readonly { readonly start: number; readonly end: number }[];
}

/** How a recording is aligned. */
export interface AlignRecordingOptions extends HearOptions {
  /** Added to every blank's log-probability, nats. Defaults to -4, and counts in CTC alone. */
  readonly blankShift?: number;
  /** The power of the prior that is divided by, the mean posterior. Defaults to 0.5 in CTC, else 0. */
  readonly priorScale?: number;
}

/** The text cannot be what is said, as it does not even fit. */
export class TextMismatchError extends Error {
  /** The name of the class. */
  override readonly name = "TextMismatchError";
}

/** A frame of blank inside a word costs so many nats more than one between words. */
const innerCost = 1;
/** A frame of foreign speech between words costs so many nats at most. */
const strayCost = 3;
/** Gaps between words of at most so many seconds are no pauses: the words touch. */
const touchingSeconds = 0.1;

/**
 * Aligns a recording with its text: where every word and every phone of it is said, and how well the
 * sound says it.
 *
 * The text is read by flite. Silence may lie between words, before and after them, and so may speech
 * that the text leaves out, which is told. A word that the sound does not say is placed where it does
 * the least harm, and marked.
 *
 * @param sound A whole sound, or its blocks, as of `soundBlocks`: an hour in bounded memory.
 * @throws {RangeError} If the text has no word, or one that the model has no labels for, or the sound
 * has no samples.
 * @throws {TextMismatchError} If the text has more labels than the sound has frames.
 *
 * @example
 * ```ts
 * import { alignRecording, readSpeechModel } from "lib/speech/mod.ts";
 * import type { Sound } from "lib/audio/mod.ts";
 *
 * const onsets = async (sound: Sound, text: string, model: Uint8Array) => {
 *   const { words } = await alignRecording(sound, text, readSpeechModel(model));
 *   return words.map(({ start }) => start);
 * };
 * ```
 */
export async function alignRecording(
  sound: Sound | AsyncIterable<Sound> | Iterable<Sound>,
  text: string,
  model: SpeechModel,
  options: AlignRecordingOptions = {},
): Promise<RecordingAlignment> {
  const words = await readText(text);
  const labels = words.map((word) => wordLabels(word, model));
  return alignHeard(await hear(sound, model, options), words, labels, model, options);
}

/**
 * Aligns what was heard, see {@link alignRecording}.
 *
 * @param labels Those of every word.
 */
export function alignHeard(
  heard: Heard,
  words: readonly ReadWord[],
  labels: readonly (readonly number[])[],
  model: SpeechModel,
  options: AlignRecordingOptions = {},
): RecordingAlignment {
  const { seconds, frameSeconds, frames } = heard;
  const chain = textChain(labels, model);
  const frameScores = chainScores(heard, model, weighing(model, options));
  const path = bestPath(chain, frameScores, frames, heard.labels);
  if (path.states.length === 0) {
    throw new TextMismatchError(
      `Cannot align as the text must fit into the sound: its ${chain.labels.length} labels need ` +
        `a frame of ${frameSeconds} seconds each, and the sound has ${frames}`,
    );
  }
  const time = (frame: number) => nanoseconds(Math.min(seconds, frame * frameSeconds));
  const touching = Math.floor(touchingSeconds / frameSeconds);
  const own = ownFrames(chain, path),
    near = own.map((_, w) => wordFrames(own, w, touching, frames));
  const expected = own.map((places, w): readonly Extent[] => {
    const first = touches(own, w, touching) ? w - 1 : w;
    const last = touches(own, w + 1, touching) ? w + 1 : w;
    const found = expectedPlaces(
      frameScores,
      labels.slice(first, last + 1),
      [near[first][0], near[last][1]],
      heard.labels,
      model,
    );
    if (found === undefined) return places;
    const before = first < w ? labels[first].length : 0;
    return found.slice(before, before + places.length);
  });
  const placed = placeLabels(chain, own, expected, touching);
  const scores = placed.map((word) => word.map((label) => labelScore(heard, label)));
  const whole = labels.map((word, w) => wordScore(heard, word, near[w], model));
  const matches = matchingWords(scores, whole);
  return {
    seconds,
    frameSeconds,
    words: words.map(({ text, spoken }, w) => {
      const word = placed[w];
      return {
        text,
        spoken: spoken.map(({ label }) => label),
        start: time(word[0].start),
        end: time(word[word.length - 1].end),
        confidence: confidenceOf(scores[w].reduce((a, b) => a + b, 0) / word.length),
        matches: matches[w],
        labels: word.map(({ label, start, end }, n) => ({
          text: model.names[label],
          start: time(start),
          end: time(end),
          confidence: confidenceOf(scores[w][n]),
        })),
      };
    }),
    stray: straySpeech(chain, path, heard, model)
      .map(({ start, end }) => ({ start: time(start), end: time(end) })),
  };
}

function weighing({ blanks }: SpeechModel, options: AlignRecordingOptions): Weighing {
  const { blankShift = -4, priorScale = blanks ? 0.5 : 0 } = options;
  return { blankShift, priorScale, innerCost, strayCost };
}
