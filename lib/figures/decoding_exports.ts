import {
  decodingExperiment,
  decodingSets,
  developmentSeeds,
  fusionBonuses,
  fusionErrors,
  fusionWeights,
  type RunStore,
} from "../experiments/mod.ts";
import { fusionMap } from "./decoding_curves.ts";
import { toPng } from "./png.ts";

/** The exported figure of notebook 08, see `exportedFigures`. */
export const decodingExports: Readonly<
  Record<string, (store: RunStore) => Promise<Uint8Array<ArrayBuffer>>>
> = {
  "decoding-fusion.png": async (store) => {
    const aside = developmentSeeds.map((seed) => decodingExperiment(seed));
    const sets = await decodingSets(store, aside, 64);
    const per = fusionErrors(sets, fusionWeights, fusionBonuses, 8);
    return await toPng(fusionMap({ weights: fusionWeights, bonuses: fusionBonuses, per }));
  },
};
