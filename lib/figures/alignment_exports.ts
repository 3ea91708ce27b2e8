import { gradientAlignment, gradScoreExt } from "../alignment/mod.ts";
import { gradientNorms } from "../criteria/mod.ts";
import {
  alignmentTimeBatches,
  alignmentTimeCells,
  bestCells,
  heldOutBatch,
  readModel,
  readWeights,
  type RunStore,
  type TrainedModel,
  trueSpans,
  writeUpExperiment,
} from "../experiments/mod.ts";
import { sequenceAt } from "../numeric/mod.ts";
import { alignmentTimeMaps, alignmentTimeSample } from "./alignment_time.ts";
import { gradientMatrix } from "./gradient_matrix.ts";
import { toPng } from "./png.ts";

/** Place in the held-out batch of the sequence that is drawn. */
const PLACE = 4;

/** The figures of notebooks 18 and 19. */
export const alignmentExports = {
  "alignment-grid.png": async (store: RunStore) => {
    const batches = await alignmentTimeBatches(store);
    return await toPng(alignmentTimeMaps(alignmentTimeCells(batches), batches));
  },
  "alignment-rows.png": async (store: RunStore) => {
    const batches = await alignmentTimeBatches(store);
    return await toPng(alignmentTimeSample(batches[0], bestCells(alignmentTimeCells(batches))));
  },
  "gradient-matrix.png": async (store: RunStore) => {
    const { model, params, ...trained } = await modelOf(store);
    const { batch, topologies } = heldOutBatch({ model, params, ...trained }, 32);
    const G = gradientNorms(model, params, sequenceAt(batch.x, PLACE), topologies[PLACE])!;
    const scores = gradScoreExt(G), target = batch.targets[PLACE];
    return await toPng(gradientMatrix({
      scores,
      labels: target.map(String),
      truth: trueSpans(batch, PLACE),
      found: gradientAlignment(scores, target).spans,
    }));
  },
};

async function modelOf(store: RunStore): Promise<TrainedModel> {
  const experiment = writeUpExperiment("blstm", 0, { fineEvery: 10 });
  return readModel(await readWeights(store, experiment));
}
