import type { Experiment } from "lib/experiments/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { type Heard, hearingOf, type SpeechModel, speechModel } from "lib/speech/mod.ts";
import { buildModel } from "lib/training/build_model.ts";
import { smallExperiment } from "./experiments.ts";

/** An experiment on a corpus of speech, of few cells. */
export function speechExperiment(
  corpus: Experiment["corpus"],
  change: Partial<Experiment> = {},
): Experiment {
  return smallExperiment({ corpus, ...change });
}

/** A model of speech that has learnt nothing. */
export function untaught(
  corpus: Experiment["corpus"],
  change: Partial<Experiment> = {},
): SpeechModel {
  const experiment = speechExperiment(corpus, change);
  const { features, names } = hearingOf(corpus);
  const layer = buildModel(experiment.model, features.cols, names.length);
  return speechModel(experiment, layer.init(new RandomState(1)));
}

/** What a perfect model hears: one label at every frame, 0 for blank, all others 6 nats below. */
export function heardAs(labels: readonly number[], K: number, frameSeconds = 0.04): Heard {
  const T = labels.length, logProbs = new Float32Array(T * K).fill(-6);
  labels.forEach((label, t) => logProbs[t * K + label] = 0);
  return {
    ...{ seconds: T * frameSeconds, frameSeconds, frames: T, labels: K, logProbs },
    peaks: new Float32Array(T).fill(0.5),
  };
}

/** A sound of noise, the same for the same seed. */
export function noise(seconds: number, sampleRate = 16000, seed = 1): Float64Array<ArrayBuffer> {
  const rng = new RandomState(seed);
  return matrix(1, Math.round(seconds * sampleRate)).data.map(() => 0.2 * rng.randn());
}
