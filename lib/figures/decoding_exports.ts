import { movementCost, traceTrainingStep } from "../bytedmd/mod.ts";
import {
  blankRateExperiment,
  decodingExperiment,
  decodingSets,
  fusionBonuses,
  fusionErrors,
  fusionSeeds,
  fusionStudy,
  fusionWeights,
  readRuns,
  type RunStore,
  Training,
  writeUpExperiment,
} from "../experiments/mod.ts";
import { RandomState } from "../numeric/mod.ts";
import { streams } from "../training/mod.ts";
import { blankCurves } from "./blank_curves.ts";
import { fusionGains, fusionMap } from "./decoding_curves.ts";
import { movementByTensor } from "./movement.ts";
import { toPng } from "./png.ts";

/** The exported figures of notebooks 08, 09 and 12, see `exportedFigures`. */
export const decodingExports: Readonly<
  Record<string, (store: RunStore) => Promise<Uint8Array<ArrayBuffer>>>
> = {
  "decoding-fusion.png": async (store) => {
    const aside = fusionSeeds.map((seed) => decodingExperiment(seed));
    const sets = await decodingSets(store, aside, 32);
    const per = fusionErrors(sets, fusionWeights, fusionBonuses, 8);
    return await toPng(fusionMap({ weights: fusionWeights, bonuses: fusionBonuses, per }));
  },
  "decoding-gain.png": async (store) => {
    const { heard, blind } = await fusionStudy(store, [0, 1, 2, 3, 4], 128, 16);
    return await toPng(fusionGains([
      { network: "Network trained on the chain", gains: heard },
      { network: "Network trained on labels drawn blindly", gains: blind },
    ]));
  },
  "blank-curves.png": async (store) => {
    const experiments = (["blstm", "lstm"] as const).flatMap((kind) =>
      [0, 1, 2, 3, 4].map((seed) => blankRateExperiment(kind, seed))
    );
    const runs = await readRuns(store.within("blank-rate"), experiments, "sweep blank-rate");
    return await toPng(blankCurves(runs));
  },
  "movement-by-tensor.png": async () => {
    const { corpus, model, params } = new Training(writeUpExperiment("blstm", 0));
    const batch = corpus.batch(new RandomState(streams.training), 1);
    return await toPng(movementByTensor(movementCost(traceTrainingStep(model, params, batch))));
  },
};
