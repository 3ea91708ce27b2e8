import { nanoseconds } from "../alignment/mod.ts";
import type { Sound } from "../audio/mod.ts";
import type { SaidLabel } from "./align_recording.ts";
import { hear, type Heard, type HearOptions } from "./hear.ts";
import type { SpeechModel } from "./speech_model.ts";
import { mostProbable } from "./stray_speech.ts";

/** What is recognised in a recording. */
export interface RecordingRecognition {
  /** Length of the recording. */
  readonly seconds: number;
  /** Length of a frame, seconds: what times are exact to. */
  readonly frameSeconds: number;
  /** In order; the confidence of each is its mean probability over its frames. */
  readonly labels: readonly SaidLabel[];
}

/**
 * The labels of a recording on the best path: of every run of frames with the same most probable
 * label, blank and silence left out, the label, its times and its mean probability.
 *
 * @param sound A whole sound, or its blocks, as of `soundBlocks`.
 * @throws {RangeError} If the sound has no samples.
 */
export async function recogniseRecording(
  sound: Sound | AsyncIterable<Sound> | Iterable<Sound>,
  model: SpeechModel,
  options: HearOptions = {},
): Promise<RecordingRecognition> {
  return recogniseHeard(await hear(sound, model, options), model);
}

/** The labels of what was heard, see {@link recogniseRecording}. */
export function recogniseHeard(
  { seconds, frameSeconds, frames: T, labels: K, logProbs }: Heard,
  { names, silence }: Pick<SpeechModel, "names" | "silence">,
): RecordingRecognition {
  const labels: SaidLabel[] = [];
  const time = (frame: number) => nanoseconds(Math.min(seconds, frame * frameSeconds));
  for (let start = 0, end: number; start < T; start = end) {
    const label = mostProbable(logProbs, start * K, K);
    let sum = 0;
    for (end = start; end < T && mostProbable(logProbs, end * K, K) === label; end++) {
      sum += Math.exp(logProbs[end * K + label]);
    }
    if (label === 0 || label === silence) continue;
    labels.push({
      text: names[label],
      start: time(start),
      end: time(end),
      confidence: Math.min(1, sum / (end - start)),
    });
  }
  return { seconds, frameSeconds, labels };
}
