import {
  decodingExperiment,
  decodingSets,
  fusionBonuses,
  fusionErrors,
  fusionSeeds,
  fusionStudy,
  fusionWeights,
  type RunStore,
} from "../experiments/mod.ts";
import { fusionGains, fusionMap } from "./decoding_curves.ts";
import { toPng } from "./png.ts";

/** The exported figures of notebook 08, see `exportedFigures`. */
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
};
