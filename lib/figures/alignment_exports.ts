import { exactFloor, readSweep, type RunStore } from "../experiments/mod.ts";
import { limitCurves } from "./limit_curves.ts";
import { toPng } from "./png.ts";

/** The figure of notebook 14 beside the tables. */
export const alignmentExports = {
  "noisy-words.png": async (store: RunStore) =>
    await toPng(limitCurves(await readSweep(store, "noisy-words"), exactFloor())),
};
