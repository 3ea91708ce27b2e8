import { decoding } from "./decoding.ts";
import { noisyWords } from "./noisy_words.ts";
import { paperSweeps } from "./paper_tables.ts";
import type { Sweep } from "./sweep.ts";

export {
  decodingContrast,
  decodingContrasts,
  decodingExperiment,
  decodingNoises,
  developmentSeeds,
  fusionSeeds,
} from "./decoding.ts";
export * from "./noisy_words.ts";
export * from "./paper_tables.ts";

/** Every sweep by name; its runs are in `results/NAME/`. */
export const sweeps: Readonly<Record<string, Sweep>> = {
  decoding,
  "noisy-words": noisyWords,
  ...paperSweeps,
};
