import { readWav } from "../../audio/mod.ts";
import { type Form, nearest, number, optional, requireForm } from "../../form/mod.ts";
import { readWords, wordsOf } from "./pronounce.ts";
import { runFlite } from "./run_flite.ts";
import { speakable } from "./speakable.ts";
import { phones as knownPhones, type Voice, voices } from "./voice.ts";

/** How a text is spoken. */
export interface SpeakOptions {
  voice: Voice;
  /** Factor of all durations, from 0.5 to 2. Defaults to 1. */
  stretch?: number;
  /** Mean pitch, Hz, from 50 to 400; "rms" has its own alone. Defaults to the voice's own. */
  pitch?: number;
}

/** A stretch of time with a name. */
export interface Timed {
  readonly label: string;
  /** Seconds from the start of the sound. */
  readonly start: number;
  readonly end: number;
}

/** A word in time. */
export interface SpokenWord extends Timed {
  /** Its phones: the first, and the one after the last. */
  readonly phones: readonly [from: number, to: number];
}

/** A text as a sound, with the place of everything in it. */
export interface Utterance {
  readonly sampleRate: number;
  /** Full scale is -1 … 1. */
  readonly samples: Float64Array<ArrayBuffer>;
  /** All phones, "pau" for silence; they leave no gap, and end with the sound. */
  readonly phones: readonly Timed[];
  /** Its words as flite reads them: "21" is "twenty", "one". */
  readonly words: readonly SpokenWord[];
}

/** The form of {@link SpeakOptions}. */
const speakForm: Form<SpeakOptions> = {
  is: "record",
  fields: {
    voice: { is: "choice", of: voices },
    stretch: optional(number({ min: 0.5, max: 2 })),
    pitch: optional(number({ min: 50, max: 400 })),
  },
};

/** Seconds that the last phone may be said to end after the sound: of the diphone voice half a pause. */
const overhang: Readonly<Record<Voice, number>> = { slt: 0.01, rms: 0.01, awb: 0.01, kal16: 0.3 };

/**
 * Speaks a text with flite, and says where its phones and words are.
 *
 * The same text gives the same bytes everywhere. Times are whole milliseconds, as flite prints them;
 * the last is that of the sound's end.
 *
 * @throws {TypeError} If the text is no string, or an option is unknown or of another type.
 * @throws {RangeError} If there is no such voice, an option is out of range, or the text has no word, a
 * character that flite does not know, or more than 10,000.
 * @throws {Error} If flite fails.
 *
 * @example
 * ```ts
 * import { speak } from "lib/corpora/flite/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { sampleRate, phones, words } = speak("The end.", { voice: "kal16" });
 * assertEquals(sampleRate, 16000);
 * assertEquals(phones.map(({ label }) => label).join(" "), "pau dh iy eh n d pau");
 * assertEquals(words.map(({ label }) => label), ["the", "end"]);
 * assertEquals([words[1].start, words[1].phones], [phones[3].start, [3, 6]]);
 * ```
 */
export function speak(text: string, options: SpeakOptions): Utterance {
  requireVoice(options?.voice);
  requireForm<SpeakOptions>("Cannot speak", speakForm, options, "");
  const { voice, pitch } = options;
  if (voice === "rms" && pitch !== undefined) {
    throw new RangeError(`Cannot speak as pitch must be left out for "rms", whose pitch is fixed`);
  }
  const plain = speakable("Cannot speak", text);
  return spoken(plain, readWords(plain), options);
}

/**
 * What {@link speak} returns, of a text whose words are known: half the work.
 *
 * @param plain In ASCII.
 * @param labels Its words, as flite reads them.
 */
export function spoken(
  plain: string,
  labels: readonly string[],
  { voice, stretch = 1, pitch }: SpeakOptions,
): Utterance {
  const settings = [
    ...(stretch === 1 ? [] : ["--setf", `duration_stretch=${stretch}`]),
    ...(pitch === undefined ? [] : ["--setf", `int_f0_target_mean=${pitch}`]),
  ];
  const args = ["-voice", voice, ...settings, "-psdur", "-t", plain];
  const { output, wav } = runFlite(args, { wav: true });
  const { sampleRate, channels: [samples, ...others] } = readWav(wav!);
  if (sampleRate !== 16000 || others.length > 0) {
    throw new Error(`flite spoke at ${sampleRate} Hz in ${1 + others.length} channels`);
  }
  const phones = timed(output, samples.length / sampleRate, overhang[voice]);
  const words = wordsOf("Cannot speak", labels, phones.map(({ label }) => label));
  return {
    sampleRate,
    samples,
    phones,
    words: words.map(({ label, range: [from, to] }) => ({
      label,
      start: phones[from].start,
      end: phones[to - 1].end,
      phones: [from, to],
    })),
  };
}

/** flite itself speaks with another voice where it does not know one. */
function requireVoice(voice: unknown): void {
  const near = typeof voice === "string" ? nearest(voice, voices) : undefined;
  if (near === undefined || near === voice) return;
  throw new RangeError(
    `Cannot speak as there is no voice "${voice}": did you mean "${near}"? ` +
      `There are ${voices.join(", ")}`,
  );
}

/**
 * The phones of "pau:0.184 dh:0.236 …".
 *
 * @param seconds Length of the sound, where the last one ends.
 */
function timed(output: string, seconds: number, overhang: number): Timed[] {
  let start = 0;
  const phones = output.split(" ").map((pair) => {
    const [label, time] = pair.split(":"), end = Number(time);
    if (!knownPhones.includes(label) || !(end >= start)) {
      throw new Error(`flite said "${pair}" after ${start} s`);
    }
    const phone = { label, start, end };
    start = end;
    return phone;
  });
  const last = phones[phones.length - 1];
  if (!(last.start < seconds && Math.abs(last.end - seconds) <= overhang)) {
    throw new Error(
      `flite said that the last phone is from ${last.start} to ${last.end} s of ${seconds} s`,
    );
  }
  return [...phones.slice(0, -1), { ...last, end: seconds }];
}
