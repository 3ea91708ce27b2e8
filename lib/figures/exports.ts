import type { RunStore } from "../experiments/mod.ts";
import { decodingExports } from "./decoding_exports.ts";
import { movementExports } from "./movement_exports.ts";

type Export = (store: RunStore) => Promise<Uint8Array<ArrayBuffer>>;

/** Figures of studies that are yet to move. */
export const exportedFigures: Readonly<Record<string, Export>> = {
  ...decodingExports,
  ...movementExports,
};
