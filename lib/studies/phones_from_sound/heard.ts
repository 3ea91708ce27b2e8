import { speak, type Voice } from "../../corpora/flite/mod.ts";
import { silencePhone } from "../../corpora/flite/voice.ts";
import { voiceScripts } from "../../corpora/voices/script.ts";
import { greedyDecode } from "../../decoding/mod.ts";
import type { ErrorRate } from "../../metrics/mod.ts";
import type { SpeechModel } from "../../speech/mod.ts";
import { alignLabels, type Edit } from "./confusions.ts";

/** A sentence, and who shall say it. */
export interface Line {
  readonly voice: Voice;
  readonly text: string;
}

/** A sentence that was spoken and recognised. */
export interface HeardSentence extends Line {
  readonly sampleRate: number;
  /** Full scale is -1 … 1. */
  readonly samples: Float64Array<ArrayBuffer>;
  /** The phones that were said, without silence. */
  readonly said: readonly string[];
  /** The phones of the best path. */
  readonly heard: readonly string[];
}

/**
 * Sentences of the corpus that no training hears: of "test" with words of the training in new
 * sentences, of "unseen" with words that it never had.
 *
 * @param count How many of each voice; at most 100 of "test" and 50 of "unseen".
 */
export function lines(
  voices: readonly Voice[],
  split: "test" | "unseen",
  count: number,
): Line[] {
  const scripts = voiceScripts().filter((script) => script.split === split);
  return voices.flatMap((voice) =>
    scripts.filter((script) => script.voice === voice).flatMap(({ texts }) => texts)
      .slice(0, count).map((text) => ({ voice, text }))
  );
}

/** Speaks sentences with flite, here and now, and recognises their phones. */
export function listen(
  model: Pick<SpeechModel, "features" | "names" | "posteriors">,
  lines: readonly Line[],
): HeardSentence[] {
  const spoken = lines.map(({ voice, text }) => speak(text, { voice }));
  const frames = spoken.map(({ samples }) => model.features.compute(samples));
  const named = (labels: readonly number[]) => labels.map((label) => model.names[label]);
  return model.posteriors(frames).map((logProbs, n) => ({
    ...lines[n],
    sampleRate: spoken[n].sampleRate,
    samples: spoken[n].samples,
    said: spoken[n].phones.map(({ label }) => label).filter((label) => label !== silencePhone),
    heard: named(greedyDecode(logProbs)),
  }));
}

/** What was said and what was heard of every sentence, side by side. */
export function editsOf(sentences: readonly HeardSentence[]): Edit[][] {
  return sentences.map(({ said, heard }) => alignLabels(said, heard));
}

/** The errors of sentences on the best path. */
export function errorsOf(sentences: readonly HeardSentence[]): ErrorRate {
  const edits = editsOf(sentences).flat();
  const count = (is: (edit: Edit) => boolean) => edits.filter(is).length;
  const deletions = count(({ heard }) => heard === undefined);
  const insertions = count(({ said }) => said === undefined);
  const labels = edits.length - insertions;
  const substitutions = count(({ said, heard }) => said !== heard) - deletions - insertions;
  const rate = (substitutions + insertions + deletions) / labels;
  return { rate, substitutions, insertions, deletions, labels };
}
