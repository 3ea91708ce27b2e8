import { blankRate } from "./blank_rate.ts";
import { decoding } from "./decoding.ts";
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

/** Every sweep by name; its runs are in `results/NAME/`. */
export const sweeps: Readonly<Record<string, Sweep>> = {
  decoding,
  "blank-rate": blankRate,
};
