import { movementCost, traceTrainingStep } from "../bytedmd/mod.ts";
import { ctcCosts, Training, writeUpExperiment } from "../experiments/mod.ts";
import { RandomState } from "../numeric/mod.ts";
import { streams } from "../training/mod.ts";
import { ctcCostByLength, movementByTensor } from "./movement.ts";
import { toPng } from "./png.ts";

/** The exported figures of notebook 12, see `exportedFigures`. */
export const movementExports: Readonly<Record<string, () => Promise<Uint8Array<ArrayBuffer>>>> = {
  "movement-by-tensor.png": async () => {
    const { corpus, model, params } = new Training(writeUpExperiment("blstm", 0));
    const batch = corpus.batch(new RandomState(streams.training), 1);
    return await toPng(movementByTensor(movementCost(traceTrainingStep(model, params, batch))));
  },
  "ctc-cost-by-length.png": async () => await toPng(ctcCostByLength(ctcCosts())),
};
