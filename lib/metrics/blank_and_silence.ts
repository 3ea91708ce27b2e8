import { bestPath } from "../decoding/mod.ts";
import { requireLabel, requireSequences, type Sequences } from "../numeric/mod.ts";
import { requireAlignment } from "../criteria/framewise.ts";
import { requireFrames } from "./framewise.ts";

/** Frames by what was said and what the model said of it. */
export interface BlankAndSilence {
  /** Frames of silence labelled blank. */
  readonly silenceAsBlank: number;
  /** Frames of silence labelled anything but blank. */
  readonly silenceAsLabel: number;
  /** Frames of a phone labelled blank. */
  readonly phoneAsBlank: number;
  /** Frames of a phone labelled with that phone. */
  readonly phoneAsItself: number;
  /** Frames of a phone labelled with another. */
  readonly phoneAsOther: number;
}

/**
 * "Blank is not silence": how a model's likeliest labels fall on silence and on phones, frame by
 * frame. If blank were silence, `silenceAsLabel` and `phoneAsBlank` would both be 0.
 *
 * @param scores [N, K] log-probabilities, or any scores with the same order, such as logits.
 * @param alignment [N] the true label of every frame
 * @param options.blank The blank label of the model; defaults to 0.
 * @param options.silence The label of silence in the alignment; defaults to 0.
 * @throws {RangeError} If there is no frame, a score is NaN, there is not one true label per frame,
 * or one or the blank is not a whole number below K.
 *
 * @example
 * ```ts
 * import { blankAndSilence } from "lib/metrics/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * // The model says ε ε 1 of a frame of silence and a phone of two frames.
 * const counts = blankAndSilence(sequences([matrix(3, 2, [1, 0, 1, 0, 0, 1])]), [0, 1, 1]);
 * assertEquals([counts.silenceAsBlank, counts.phoneAsBlank, counts.phoneAsItself], [1, 1, 1]);
 * ```
 *
 * Source: the concept page on CTC, "Common confusions".
 */
export function blankAndSilence(
  scores: Sequences,
  alignment: ArrayLike<number>,
  options: { blank?: number; silence?: number } = {},
): BlankAndSilence {
  const { blank = 0, silence = 0 } = options;
  const { rows: T, cols: K } = scores.frames;
  requireFrames("a confusion of blank and silence", T);
  requireLabel("compute a confusion of blank and silence", "blank", blank, K);
  requireSequences("compute a confusion of blank and silence", scores);
  requireAlignment(alignment, T, K);
  const counts = {
    silenceAsBlank: 0,
    silenceAsLabel: 0,
    phoneAsBlank: 0,
    phoneAsItself: 0,
    phoneAsOther: 0,
  };
  bestPath(scores.frames).forEach((label, t) => {
    if (alignment[t] === silence) counts[label === blank ? "silenceAsBlank" : "silenceAsLabel"]++;
    else if (label === blank) counts.phoneAsBlank++;
    else counts[label === alignment[t] ? "phoneAsItself" : "phoneAsOther"]++;
  });
  return counts;
}
