import type { Sweep } from "./sweep.ts";

export * from "./sweep.ts";

/** Every sweep by name; its runs are in `results/NAME/`. */
export const sweeps: Readonly<Record<string, Sweep>> = {};
