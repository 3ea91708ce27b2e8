import type { RecordingAlignment } from "./align_recording.ts";
import type { Heard } from "./hear.ts";
import type { SpeechModel } from "./speech_model.ts";

/** What a model believes along an alignment, for a plot. */
export interface PosteriorTracks {
  /** [T] posterior of the label that every frame is aligned with, 0 where there is none */
  readonly labelPosteriors: Float64Array;
  /** [T] posterior of blank and silence */
  readonly blankPosteriors: Float64Array;
}

/** The posteriors of an alignment's labels, each where the middle of a frame lies in it, and of blank. */
export function posteriorTracks(
  { frames: T, labels: K, logProbs, frameSeconds }: Heard,
  { words }: RecordingAlignment,
  { names, silence }: Pick<SpeechModel, "names" | "silence">,
): PosteriorTracks {
  const labelPosteriors = new Float64Array(T);
  for (const { text, start, end } of words.flatMap(({ labels }) => labels)) {
    const label = names.indexOf(text);
    const first = Math.ceil(start / frameSeconds - 0.5), last = Math.ceil(end / frameSeconds - 0.5);
    for (let t = Math.max(0, first); t < Math.min(T, last); t++) {
      labelPosteriors[t] = Math.exp(logProbs[t * K + label]);
    }
  }
  const blankPosteriors = Float64Array.from({ length: T }, (_, t) => {
    const quiet = silence === undefined ? 0 : Math.exp(logProbs[t * K + silence]);
    return Math.exp(logProbs[t * K]) + quiet;
  });
  return { labelPosteriors, blankPosteriors };
}
