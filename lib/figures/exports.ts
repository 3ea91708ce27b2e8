import {
  buildModel,
  type Experiment,
  framewiseResults,
  MissingRunError,
  readRuns,
  readSweep,
  type RunStore,
  tinyGradcheck,
  writeUpExperiment,
} from "../experiments/mod.ts";
import { phonemeCorpus } from "../corpora/mod.ts";
import { decodeCheckpoint } from "../models/mod.ts";
import { type Params, RandomState } from "../numeric/mod.ts";
import { streams } from "../training/mod.ts";
import { alignmentExports } from "./alignment_exports.ts";
import { alignmentGif } from "./alignment_gif.ts";
import { fooBar } from "./automata.ts";
import { blankExports } from "./blank_exports.ts";
import { corpusSample } from "./corpus_sample.ts";
import { corpusSignatures } from "./corpus_signatures.ts";
import { ctcAlignment } from "./ctc_alignment.ts";
import { decodingExports } from "./decoding_exports.ts";
import { errorsByPosition } from "./errors_by_position.ts";
import { framewiseErrors } from "./framewise_errors.ts";
import { gradcheckScatter } from "./gradcheck_scatter.ts";
import { heldOut, posterior } from "./held_out.ts";
import { movementExports } from "./movement_exports.ts";
import { toPng } from "./png.ts";
import { depthDots, scaleDots } from "./sweep_figures.ts";
import { trainingCurves } from "./training_curves.ts";
import { weightMatrices } from "./weight_matrices.ts";

export { MissingRunError };

const SEEDS = [0, 1, 2, 3, 4];
type Export = (store: RunStore) => Promise<Uint8Array<ArrayBuffer>>;

/** The figures of the write-up, by the name of their file in `figures/`; the longest work first. */
export const writeUpFigures: Readonly<Record<string, Export>> = {
  "ctc-alignment.gif": async (store) =>
    await alignmentGif(await readRuns(store, [headline("blstm", 0), headline("lstm", 0)])),
  "corpus-signatures.png": () => toPng(corpusSignatures(phonemeCorpus(0).signatures)),
  "corpus-sample.png": () =>
    toPng(corpusSample(phonemeCorpus(0).batch(new RandomState(streams.training), 3))),
  "training-curves.png": async (store) => {
    const experiments = (["blstm", "lstm"] as const).flatMap((kind) =>
      SEEDS.map((seed) => headline(kind, seed))
    );
    return await toPng(trainingCurves(await readRuns(store, experiments)));
  },
  "ctc-alignment.png": async (store) => {
    const sequence = heldOut(0);
    const experiment = headline("blstm", 0);
    const { features, labels } = phonemeCorpus(0);
    const model = buildModel(experiment.model, features, labels);
    const logProbs = posterior(model, await weightsOf(store, experiment), sequence.x);
    return await toPng(ctcAlignment({ ...sequence, logProbs }));
  },
  "weight-matrices.png": async (store) =>
    await toPng(weightMatrices(await weightsOf(store, headline("blstm", 0)))),
  "gradcheck.png": () =>
    toPng(gradcheckScatter({
      blstm: tinyGradcheck("blstm").complete,
      lstm: tinyGradcheck("lstm").complete,
    })),
};

/** Every figure that is exported; the longest work first. */
export const exportedFigures: Readonly<Record<string, Export>> = {
  ...decodingExports,
  ...writeUpFigures,
  "automata.png": () => toPng(fooBar()),
  "framewise-errors.png": async (store) =>
    await toPng(framewiseErrors(framewiseResults(await readSweep(store, "framewise")))),
  "framewise-errors-by-position.png": async (store) =>
    await toPng(errorsByPosition(framewiseResults(await readSweep(store, "framewise")))),
  "scale.png": async (store) => await toPng(scaleDots(await readSweep(store, "scale"))),
  "depth.png": async (store) => await toPng(depthDots(await readSweep(store, "depth"))),
  ...alignmentExports,
  ...blankExports,
  ...movementExports,
};

/** The experiments that `deno task reproduce` runs. */
function headline(kind: "blstm" | "lstm", seed: number): Experiment {
  return writeUpExperiment(kind, seed, { fineEvery: 10 });
}

async function weightsOf(store: RunStore, experiment: Experiment): Promise<Params> {
  const bytes = await store.readWeights(experiment);
  if (bytes === undefined) throw new MissingRunError(experiment);
  return decodeCheckpoint(bytes).params;
}
