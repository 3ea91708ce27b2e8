import { logMel } from "../../audio/mod.ts";
import type { CorpusOptions } from "../../corpora/mod.ts";
import { makeShard } from "../../corpora/voices/make_shard.ts";
import { voiceSampleRate } from "../../corpora/voices/script.ts";
import { decodeShard } from "../../corpora/voices/shard.ts";
import { type VoicesDataSet, voicesDataSet } from "../../corpora/voices/voices.ts";
import { type ClaimSpec, sameRun } from "../../claims/mod.ts";
import { type ReadableStore, readRuns, readWeights } from "../../experiments/mod.ts";
import { withPrecision } from "../../numeric/kernels/mod.ts";
import { type Matrix, matrix } from "../../numeric/mod.ts";
import { requireAble } from "../../systems/mod.ts";
import {
  type EvaluatedBatch,
  type Evaluation,
  readModel,
  type TrainedModel,
  Training,
} from "../../training/mod.ts";
import { experiment, type Key } from "./sweep.ts";

/** The model whose weights are kept. */
export const kept: Key = { unit: "words", method: "baseline", seed: 0 };

const task = "sweep balancing-blank-on-speech";

/** A model and the sentences of known voices that evaluations hear, spoken here and now. */
export interface SpokenAgain extends TrainedModel {
  readonly data: VoicesDataSet;
}

/**
 * Reads the model that is kept, and speaks the sentences of known voices that it is evaluated on.
 *
 * @param count Sentences of each voice; defaults to all.
 * @throws {MissingRunError} If its weights are not there.
 */
export async function spokenAgain(store: ReadableStore, count = 50): Promise<SpokenAgain> {
  const bytes = await readWeights(store.within("speech"), experiment(kept), task);
  const data = spokenVoices(experiment(kept).corpus, count);
  return { ...readModel(bytes, { data }), data };
}

/** The corpus with its "dev" alone, spoken anew: the same bytes, as everywhere. */
function spokenVoices(corpus: CorpusOptions, count: number): VoicesDataSet {
  const { kind: _, ...options } = corpus as Extract<CorpusOptions, { kind: "voices" }>;
  return voicesDataSet(options, (script) => {
    if (script.split !== "dev") return [];
    const some = { ...script, texts: script.texts.slice(0, count) };
    return decodeShard(some, makeShard(some));
  });
}

function evaluatedAgain(
  { experiment, data, params }: SpokenAgain,
  grid: (typeof experiment)["evaluations"][number],
): Evaluation {
  const training = new Training({ ...experiment, evaluations: [grid] }, { data });
  for (const [name, weights] of Object.entries(training.params)) {
    weights.data.set(params[name].data);
  }
  return training.evaluate(grid);
}

/**
 * The check that one of the stored run's evaluations, made again here and now, is the stored one.
 *
 * @param n The place of its grid among the experiment's evaluations.
 * @throws {MissingRunError} If the run is not there.
 */
export async function heardAgain(
  store: ReadableStore,
  model: SpokenAgain,
  n: number,
): Promise<ClaimSpec> {
  const { evaluations, iters } = model.experiment;
  const [run] = await readRuns(store.within("speech"), [experiment(kept)], task);
  const stored = run.rows.filter(({ iter }) => iter === iters)[n];
  const live = evaluatedAgain(model, evaluations[n]);
  const figures = ({ per, timing }: Pick<Evaluation, "per" | "timing">) => ({ per, timing });
  const what = `${evaluations[n].sequences} sentences, spoken, recognised and aligned again`;
  return {
    ...sameRun("results/speech", { what, live: figures(live), stored: figures(stored) }),
    title: "This machine's evaluation is the stored one",
  };
}

/** One sentence as the model hears it, and as it is drawn. */
export interface HeardSentence {
  /** A batch of this sentence. */
  readonly evaluated: EvaluatedBatch;
  /** Its words. */
  readonly labels: readonly string[];
  /** [T, F] how loud every band is, 0 or more */
  readonly bands: Matrix;
  /** Samples from -1 to 1. */
  readonly samples: Float64Array<ArrayBuffer>;
  readonly sampleRate: number;
}

/** The first sentence of a model's first voice. */
export function firstSentence({ data, system, params }: SpokenAgain): HeardSentence {
  const batch = data.dev.take([0]);
  const able = requireAble("Cannot align", system, "posterior", "topologies");
  const logProbs = withPrecision("single", () => able.posterior(params, batch.x));
  const { samples } = data.dev.sentences[0].sentence;
  const sound = Float64Array.from(samples, (sample) => sample / 32768);
  return {
    evaluated: { batch, logProbs, topologies: able.topologies(batch) },
    labels: batch.targets[0].map((label) => data.names[label]),
    bands: bandsOf(sound, batch.x.frames.rows),
    samples: sound,
    sampleRate: voiceSampleRate,
  };
}

const BANDS = 12;

/** Energies of a few bands, the mean over what each of T frames is made of. */
function bandsOf(samples: Float64Array, T: number): Matrix {
  const { rows, data } = logMel(samples, {
    sampleRate: voiceSampleRate,
    bins: BANDS,
    snipEdges: false,
  });
  const least = data.reduce((a, b) => Math.min(a, b));
  const bands = matrix(T, BANDS), per = rows / T;
  for (let t = 0; t < T; t++) {
    const from = Math.floor(t * per), to = Math.max(from + 1, Math.floor((t + 1) * per));
    for (let f = 0; f < BANDS; f++) {
      let sum = 0;
      for (let n = from; n < to; n++) sum += data[n * BANDS + f] - least;
      bands.data[t * BANDS + f] = sum / (to - from);
    }
  }
  return bands;
}
