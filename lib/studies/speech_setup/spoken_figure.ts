import { logMel } from "../../audio/mod.ts";
import type { Utterance } from "../../corpora/flite/mod.ts";
import { type Heading, spectrogram } from "../../figures/mod.ts";

/** A spoken sentence as sound, as 80 bands of frequency every 10 ms, and as phones and words. */
export function spokenFigure(
  { samples, sampleRate, phones, words }: Utterance,
  heading: Required<Heading>,
): SVGSVGElement {
  const { rows, cols, data } = logMel(samples, { sampleRate, bins: 80, snipEdges: false });
  return spectrogram({
    ...heading,
    samples,
    sampleRate,
    bands: Array.from({ length: rows }, (_, t) => data.subarray(t * cols, (t + 1) * cols)),
    frameSeconds: 0.01,
    phones,
    words,
  });
}
