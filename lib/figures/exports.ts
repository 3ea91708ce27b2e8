import {
  buildModel,
  compareWithPaper,
  type Experiment,
  type PaperTableName,
  readRuns,
  readSweep,
  readWeights,
  type RunStore,
  writeUpExperiment,
} from "../experiments/mod.ts";
import { phonemeCorpus } from "../corpora/mod.ts";
import { decodeCheckpoint } from "../models/mod.ts";
import type { Params } from "../numeric/mod.ts";
import { alignmentExports } from "./alignment_exports.ts";
import { alignmentGif } from "./alignment_gif.ts";
import { blankExports } from "./blank_exports.ts";
import { ctcAlignment } from "./ctc_alignment.ts";
import { heldOut, posterior } from "./held_out.ts";
import { paperComparison, paperHeadings } from "./paper_comparison.ts";
import { toPng } from "./png.ts";
import { trainingCurves } from "./training_curves.ts";
import { weightMatrices } from "./weight_matrices.ts";

const SEEDS = [0, 1, 2, 3, 4];
type Export = (store: RunStore) => Promise<Uint8Array<ArrayBuffer>>;

/** The figures of the write-up, by the name of their file in `figures/`; the longest work first. */
export const writeUpFigures: Readonly<Record<string, Export>> = {
  "ctc-alignment.gif": async (store) =>
    await alignmentGif(
      await readRuns(store.within("write-up"), [headline("blstm", 0), headline("lstm", 0)]),
    ),
  "training-curves.png": async (store) => {
    const experiments = (["blstm", "lstm"] as const).flatMap((kind) =>
      SEEDS.map((seed) => headline(kind, seed))
    );
    return await toPng(trainingCurves(await readRuns(store.within("write-up"), experiments)));
  },
  "ctc-alignment.png": async (store) => {
    const sequence = heldOut(0);
    const experiment = headline("blstm", 0);
    const { features, labels } = phonemeCorpus(0);
    const model = buildModel(experiment.model, features, labels);
    const logProbs = posterior(
      model,
      await weightsOf(store.within("write-up"), experiment),
      sequence.x,
    );
    return await toPng(ctcAlignment({ ...sequence, logProbs }));
  },
  "weight-matrices.png": async (store) =>
    await toPng(weightMatrices(await weightsOf(store.within("write-up"), headline("blstm", 0)))),
};

/** Every figure that is exported; the longest work first. */
export const exportedFigures: Readonly<Record<string, Export>> = {
  ...writeUpFigures,
  "table-10.png": (store) => paperFigure(store, "table-10"),
  "table-11.png": (store) => paperFigure(store, "table-11"),
  "table-12.png": (store) => paperFigure(store, "table-12"),
  "table-13.png": (store) => paperFigure(store, "table-13"),
  ...alignmentExports,
  ...blankExports,
};

async function paperFigure(store: RunStore, table: PaperTableName) {
  const rows = compareWithPaper(table, await readSweep(store, table));
  return await toPng(paperComparison(rows, paperHeadings[table]));
}

/** The experiments that `deno task reproduce` runs. */
function headline(kind: "blstm" | "lstm", seed: number): Experiment {
  return writeUpExperiment(kind, seed, { fineEvery: 10 });
}

async function weightsOf(store: RunStore, experiment: Experiment): Promise<Params> {
  return decodeCheckpoint(await readWeights(store, experiment)).params;
}
