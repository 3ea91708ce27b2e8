import { decoding } from "./decoding.ts";
import type { Sweep } from "./sweep.ts";

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
};
