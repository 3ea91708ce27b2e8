import type { Sound } from "lib/audio/mod.ts";
import { readWeights, runStore } from "lib/experiments/mod.ts";
import { recordingAlignment } from "lib/figures/recording_alignment.ts";
import { toXml } from "lib/figures/xml.ts";
import {
  alignHeard,
  alignmentText,
  hear,
  posteriorTracks,
  readSpeechModel,
  readText,
  recogniseHeard,
  recognitionText,
  type SpeechModel,
  wordLabels,
} from "lib/speech/mod.ts";
import { alignerExperiment } from "lib/studies/human_speech/sweep.ts";
import type { HeardSound } from "./messages.ts";

/** The model of notebook 33, which heard a synthesiser alone. */
export async function loadModel(): Promise<SpeechModel> {
  const store = runStore("../results").within("aligner");
  return readSpeechModel(await readWeights(store, alignerExperiment()));
}

/** What the model hears in a sound, and where the words of the text are. */
export async function listen(
  model: SpeechModel,
  sound: Sound,
  text: string,
  name: string,
): Promise<HeardSound> {
  const heard = await hear(sound, model);
  const recognised = recogniseHeard(heard, model);
  const shared = {
    posteriors: heard.logProbs.map(Math.exp),
    names: model.names,
    phones: recognised.labels.map((label) => label.text).join(" "),
  };
  const { unit } = model;
  if (text.trim() === "") {
    return {
      ...shared,
      words: [],
      textGrid: recognitionText(recognised, "textgrid", { name, unit }),
    };
  }
  const words = await readText(text);
  const alignment = alignHeard(heard, words, words.map((word) => wordLabels(word, model)), model);
  const figure = recordingAlignment({
    ...alignment,
    ...posteriorTracks(heard, alignment, model),
    peaks: heard.peaks,
    labels: alignment.words.flatMap(({ labels }) => labels),
  });
  return {
    ...shared,
    svg: toXml(figure),
    words: alignment.words,
    textGrid: alignmentText(alignment, "textgrid", { name, unit }),
  };
}
