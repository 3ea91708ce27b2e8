import { speak, type Utterance, type Voice } from "../../corpora/flite/mod.ts";
import { distinctSentences, splitVocabulary } from "../../corpora/sentences/mod.ts";
import { mean, RandomState } from "../../numeric/mod.ts";
import { allVoices } from "../speech_setup/mod.ts";
import { type FrameLength, frameLengths } from "./sweep.ts";

const SENTENCES = 8;

/**
 * What rounding the true boundaries of words to edges of frames costs, ms on average: no alignment in
 * frames can be nearer. Boundaries that fall anywhere in a frame are a quarter of it from an edge.
 *
 * @param utterances Defaults to eight sentences of each voice, spoken anew; they are drawn from seed 0.
 */
export function roundingErrors(
  utterances: readonly Pick<Utterance, "words">[] = spoken(allVoices),
): Record<FrameLength, number> {
  const boundaries = utterances.flatMap(({ words }) =>
    words.flatMap(({ start, end }) => [1000 * start, 1000 * end])
  );
  return Object.fromEntries(frameLengths.map((length) => {
    const ms = 10 * length;
    return [length, mean(boundaries.map((time) => Math.abs(time - ms * Math.round(time / ms))))];
  })) as Record<FrameLength, number>;
}

function spoken(voices: readonly Voice[]): Utterance[] {
  const rng = new RandomState(0), { known } = splitVocabulary(rng);
  const sentences = distinctSentences(rng, known);
  return voices.flatMap((voice) =>
    Array.from({ length: SENTENCES }, () => speak(sentences.next().value, { voice }))
  );
}
