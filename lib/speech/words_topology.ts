import { ctcTopology, hmmTopology, type Topology } from "../alignment/mod.ts";
import type { SpeechModel } from "./speech_model.ts";

/** All ways to lay words into frames: with blanks between labels, or silence between words. */
export function wordsTopology(
  words: readonly (readonly number[])[],
  { blanks, silence = 0 }: Pick<SpeechModel, "blanks" | "silence">,
): Topology {
  return blanks ? ctcTopology(words.flat()) : hmmTopology(words, { silence });
}
