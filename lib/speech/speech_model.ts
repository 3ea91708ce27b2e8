import { decodeCheckpoint } from "../models/mod.ts";
import { type Matrix, type Params, sequenceAt, sequences } from "../numeric/mod.ts";
import { withPrecision } from "../numeric/kernels/mod.ts";
import { requireAble } from "../systems/mod.ts";
import {
  type Experiment,
  requireExperiment,
  type TrainedModel,
  trainedModel,
} from "../training/mod.ts";
import { type DataSet, unopenedDataSet } from "./corpora.ts";
import { type Hearing, hearingOf } from "./hearing.ts";

/** A model of speech, ready to hear recordings. */
export interface SpeechModel extends Hearing {
  /** What it was trained by. */
  readonly experiment: Experiment;
  /** Whether blank may lie between labels, as in CTC; else silence alone, between words. */
  readonly blanks: boolean;
  /**
   * Log-probabilities of every label at every frame, single precision inside.
   *
   * @param frames One sequence or several, each [T, D].
   * @returns One [T, K] for each, nats.
   */
  posteriors(frames: readonly Matrix[]): Matrix[];
}

/**
 * A model of speech from an experiment and its weights; its corpus is not opened.
 *
 * @throws {RangeError} If it was not trained on speech, does not give one row of labels for every
 * frame, or the weights are not its own.
 */
export function speechModel(experiment: Experiment, params: Params): SpeechModel {
  const hearing = hearingOf(experiment.corpus);
  const known = withoutCounts(experiment);
  return heardBy(
    hearing,
    experiment,
    trainedModel(known, params, { data: unopened(experiment, hearing) }),
  );
}

/**
 * Reads a model of speech from a safetensors file with its experiment in the metadata, such as
 * `deno task run` and `deno task train --save` write.
 *
 * @throws {SyntaxError} If it is no such file, as `readModel()` says.
 * @throws {RangeError} As {@link speechModel}.
 */
export function readSpeechModel(bytes: Uint8Array): SpeechModel {
  const { metadata, params } = decodeCheckpoint(bytes);
  if (metadata.experiment === undefined) {
    throw new SyntaxError("Cannot read the model as its metadata hold no experiment");
  }
  let experiment: unknown;
  try {
    experiment = JSON.parse(metadata.experiment);
    requireExperiment(experiment);
  } catch (error) {
    throw new SyntaxError(
      `Cannot read the model as its experiment is not valid: ${(error as Error).message}`,
    );
  }
  return speechModel(experiment, params);
}

function heardBy(
  hearing: Hearing,
  experiment: Experiment,
  { system, params }: TrainedModel,
): SpeechModel {
  const able = requireAble("Cannot hear recordings", system, "posterior");
  if (able.frames(1000) !== 1000) {
    throw new RangeError(
      `Cannot hear recordings as the model must give one output per frame: ` +
        `it gives ${able.frames(1000)} for 1000`,
    );
  }
  const { criterion } = experiment;
  return {
    ...hearing,
    experiment,
    blanks: criterion.kind === "ctc" ||
      (criterion.kind === "full-sum" && criterion.topology !== "hmm"),
    posteriors(frames) {
      const heard = withPrecision("single", () => able.posterior(params, sequences(frames)));
      return frames.map((_, b) => sequenceAt(heard, b));
    },
  };
}

/** The experiment without what is counted in the corpus, which posteriors do not depend on. */
function withoutCounts(experiment: Experiment): Experiment {
  const { criterion } = experiment;
  if (criterion.kind !== "full-sum" || criterion.prior?.kind !== "static") return experiment;
  const { prior: _, ...rest } = criterion;
  return { ...experiment, criterion: rest };
}

/** Its data set with all that is known without opening it. */
function unopened({ corpus }: Experiment, { features, names, silence = 0 }: Hearing): DataSet {
  const { frameSeconds } = features;
  return { ...unopenedDataSet(corpus), names, silence, frameSeconds };
}
