import { blankRate } from "./blank_rate.ts";
import { decoding } from "./decoding.ts";
import { depth } from "./depth.ts";
import { framewise } from "./framewise.ts";
import { scale } from "./scale.ts";
import type { Sweep } from "./sweep.ts";

export { blankRateDurations, blankRateExperiment, type PhoneFrames } from "./blank_rate.ts";
export {
  decodingContrast,
  decodingContrasts,
  decodingExperiment,
  decodingNoises,
  developmentSeeds,
  fusionSeeds,
} from "./decoding.ts";
export * from "./depth.ts";
export * from "./framewise.ts";
export * from "./scale.ts";

/** Every sweep by name; its runs are in `results/NAME/`. */
export const sweeps: Readonly<Record<string, Sweep>> = {
  framewise,
  decoding,
  "blank-rate": blankRate,
  scale,
  depth,
};
