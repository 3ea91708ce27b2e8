import { blankRate } from "./blank_rate.ts";
import { noisyWords } from "./noisy_words.ts";
import { paperSweeps } from "./paper_tables.ts";
import type { Sweep } from "./sweep.ts";

export { blankRateDurations, blankRateExperiment, type PhoneFrames } from "./blank_rate.ts";
export * from "./noisy_words.ts";
export * from "./paper_tables.ts";

/** Every sweep by name; its runs are in `results/NAME/`. */
export const sweeps: Readonly<Record<string, Sweep>> = {
  "blank-rate": blankRate,
  "noisy-words": noisyWords,
  ...paperSweeps,
};
