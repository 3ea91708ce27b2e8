import { logMel, mfcc } from "../../audio/mod.ts";
import { speak, type Utterance, type Voice } from "../../corpora/flite/mod.ts";
import { distinctSentences, splitVocabulary } from "../../corpora/sentences/mod.ts";
import { type Matrix, mean, RandomState } from "../../numeric/mod.ts";
import { silencePhone } from "../../corpora/flite/voice.ts";

/** Lengths of a frame that are compared, milliseconds. */
export const frameLengths = [10, 20, 30, 40, 60, 80] as const;

/** One of {@linkcode frameLengths}. */
export type FrameMs = typeof frameLengths[number];

/** The voices that speak, and how many sentences each. */
export const voices = ["slt", "rms", "awb"] as const satisfies readonly Voice[];
const SENTENCES = 4;

/** The sentence that the figures show. */
export const shown = "Speech is a stream of sound.";

/** What sentences, spoken anew, have in their frames. */
export interface Results {
  /** Mean length of a phone that is not silence, milliseconds, by voice. */
  readonly phoneMs: Readonly<Record<typeof voices[number], number>>;
  /** Lengths of all phones that are not silence, milliseconds. */
  readonly lengths: readonly number[];
  /** Share of sentences with more frames than CTC needs, by length of a frame. */
  readonly feasible: Readonly<Record<FrameMs, number>>;
  /** Share of phones with no frame's centre inside, by length of a frame. */
  readonly missed: Readonly<Record<FrameMs, number>>;
  /** Mean |correlation| of two bands of log-mel, one value a sentence. */
  readonly bands: readonly number[];
  /** Mean |correlation| of two cepstra, one value a sentence. */
  readonly cepstra: readonly number[];
}

/** Speaks twelve sentences, and measures their frames. Draws from seed 0. */
export function results(): Promise<Results> {
  return Promise.resolve(measure(spoken()));
}

/** Four sentences of each voice. */
function spoken(): { voice: typeof voices[number]; utterance: Utterance }[] {
  const rng = new RandomState(0), { known } = splitVocabulary(rng);
  const sentences = distinctSentences(rng, known);
  return voices.flatMap((voice) =>
    Array.from({ length: SENTENCES }, () => ({
      voice,
      utterance: speak(sentences.next().value, { voice }),
    }))
  );
}

/** Measures utterances, see {@link Results}. */
export function measure(
  all: readonly { readonly voice: typeof voices[number]; readonly utterance: Utterance }[],
): Results {
  const said = ({ phones }: Utterance) => phones.filter(({ label }) => label !== silencePhone);
  const lengthsOf = (utterance: Utterance) =>
    said(utterance).map(({ start, end }) => 1000 * (end - start));
  const utterances = all.map(({ utterance }) => utterance);
  const lengths = utterances.flatMap(lengthsOf);
  return {
    phoneMs: Object.fromEntries(voices.map((voice) => [
      voice,
      mean(
        all.filter((one) => one.voice === voice).flatMap(({ utterance }) => lengthsOf(utterance)),
      ),
    ])) as Results["phoneMs"],
    lengths,
    feasible: byLength((ms) =>
      mean(
        utterances.map((utterance) =>
          framesNeeded(said(utterance)) <= frames(utterance, ms) ? 1 : 0
        ),
      )
    ),
    missed: byLength((ms) =>
      mean(
        utterances.flatMap((utterance) =>
          said(utterance).map(({ start, end }) => centresInside(start, end, ms) === 0 ? 1 : 0)
        ),
      )
    ),
    bands: utterances.map(({ samples, sampleRate }) =>
      meanCorrelation(logMel(samples, { sampleRate, bins: 23, snipEdges: false }))
    ),
    cepstra: utterances.map(({ samples, sampleRate }) =>
      meanCorrelation(mfcc(samples, { sampleRate, snipEdges: false }))
    ),
  };
}

/** Frames that CTC needs: one a label, and one for the blank between two that are the same. */
function framesNeeded(phones: readonly { readonly label: string }[]): number {
  return phones.reduce((sum, { label }, n) => sum + (label === phones[n - 1]?.label ? 2 : 1), 0);
}

function frames({ samples, sampleRate }: Utterance, ms: number): number {
  return Math.ceil(1000 * samples.length / sampleRate / ms);
}

/** How many frames have their centre from `start` to `end`, in seconds. */
function centresInside(start: number, end: number, ms: number): number {
  const before = (time: number) => Math.ceil(1000 * time / ms - 0.5);
  return before(end) - before(start);
}

/** The correlation of every two columns. */
export function correlationsOf({ rows, cols, data }: Matrix): number[][] {
  const columns = Array.from({ length: cols }, (_, c) => {
    const column = Float64Array.from({ length: rows }, (_, r) => data[r * cols + c]);
    const middle = column.reduce((sum, x) => sum + x, 0) / rows;
    const centred = column.map((x) => x - middle);
    const norm = Math.sqrt(dot(centred, centred));
    return centred.map((x) => x / norm);
  });
  return columns.map((a) => columns.map((b) => dot(a, b)));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Mean |correlation| over all pairs of two columns. */
function meanCorrelation(of: Matrix): number {
  return mean(
    correlationsOf(of).flatMap((row, n) => row.slice(0, n).map((value) => Math.abs(value))),
  );
}

function byLength(value: (ms: FrameMs) => number): Record<FrameMs, number> {
  return Object.fromEntries(frameLengths.map((ms) => [ms, value(ms)])) as Record<FrameMs, number>;
}
