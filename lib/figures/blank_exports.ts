import {
  blankDurations,
  blankRateExperiment,
  readRuns,
  type RunStore,
} from "../experiments/mod.ts";
import { blankAgainstSilence, blankCurves } from "./blank_curves.ts";
import { toPng } from "./png.ts";

const SEEDS = [0, 1, 2, 3, 4];

/** The exported figures of notebook 09, see `exportedFigures`. */
export const blankExports: Readonly<
  Record<string, (store: RunStore) => Promise<Uint8Array<ArrayBuffer>>>
> = {
  "blank-curves.png": async (store) => {
    const experiments = (["blstm", "lstm"] as const).flatMap((kind) =>
      SEEDS.map((seed) => blankRateExperiment(kind, seed))
    );
    const runs = await readRuns(store.within("blank-rate"), experiments, "sweep blank-rate");
    return await toPng(blankCurves(runs));
  },
  "blank-against-silence.png": async (store) =>
    await toPng(blankAgainstSilence(await blankDurations(store, SEEDS))),
};
