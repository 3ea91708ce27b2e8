import { speak } from "../../corpora/flite/mod.ts";
import { type BoundaryErrors, boundaryErrors } from "../../metrics/mod.ts";
import { alignRecording, type SpeechModel } from "../../speech/mod.ts";
import type { Line } from "../phones_from_sound/heard.ts";

/**
 * Speaks sentences with flite, here and now, and places their words: milliseconds from where flite
 * says that they are.
 */
export async function placeSpoken(
  model: SpeechModel,
  lines: readonly Line[],
): Promise<BoundaryErrors> {
  const found: { start: number; end: number }[] = [], truth: typeof found = [];
  for (const { voice, text } of lines) {
    const { samples, sampleRate, words } = speak(text, { voice });
    const aligned = await alignRecording({ sampleRate, channels: [samples] }, text, model);
    let n = 0;
    for (const { start, end, spoken } of aligned.words) {
      const own = words.slice(n, n += spoken.length);
      found.push({ start: 1000 * start, end: 1000 * end });
      truth.push({ start: 1000 * own[0].start, end: 1000 * own[own.length - 1].end });
    }
  }
  return boundaryErrors(found, truth);
}
