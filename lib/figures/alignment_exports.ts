import { gradientAlignment, gradScoreExt } from "../alignment/mod.ts";
import { gradientNorms } from "../criteria/mod.ts";
import {
  alignmentErrors,
  forcedAlignments,
  heldOutBatch,
  MissingRunError,
  readModel,
  readSweep,
  type RunStore,
  type TrainedModel,
  trueSpans,
  writeUpExperiment,
} from "../experiments/mod.ts";
import { silenceRatio } from "../metrics/mod.ts";
import { sequenceAt } from "../numeric/mod.ts";
import { alignmentGrid } from "./alignment_grid.ts";
import { alignmentRows } from "./alignment_rows.ts";
import { balanceCurves } from "./balance_curves.ts";
import { gradientMatrix } from "./gradient_matrix.ts";
import { toPng } from "./png.ts";

const SHIFTS = [0, -2, -5, -8, -10, -12, -15, -18];
const SCALES = [0, 0.5, 1, 1.5, 2, 3];
/** Place in the held-out batch of the sequence that is drawn. */
const PLACE = 4;

/** The figures of notebooks 17 to 19; those of 18 and 19 from the write-up's BLSTM at seed 0. */
export const alignmentExports = {
  "balance-curves.png": async (store: RunStore) =>
    await toPng(balanceCurves(await readSweep(store, "blank-balance"))),
  "alignment-grid.png": async (store: RunStore) => {
    const evaluated = heldOutBatch(await modelOf(store), 32), { batch } = evaluated;
    const cells = SHIFTS.flatMap((blankShift) =>
      SCALES.map((priorScale) => {
        const alignments = forcedAlignments(evaluated, { blankShift, priorScale });
        const { tse = NaN, silenceRatio = NaN } = alignmentErrors([{ batch, alignments }]);
        return { blankShift, priorScale, tse, silenceRatio };
      })
    );
    return await toPng(alignmentGrid(cells, { truth: silenceRatio(batch.alignment) }));
  },
  "alignment-rows.png": async (store: RunStore) => {
    const evaluated = heldOutBatch(await modelOf(store), 32), { batch } = evaluated;
    const row = (name: string, blankShift: number, priorScale: number) => ({
      name,
      spans: forcedAlignments(evaluated, { blankShift, priorScale })[PLACE].spans,
    });
    return await toPng(alignmentRows({
      x: sequenceAt(batch.x, PLACE),
      labels: batch.targets[PLACE].map(String),
      truth: trueSpans(batch, PLACE),
      rows: [
        row("no shift, no prior", 0, 0),
        row("shift −15", -15, 0),
        row("prior scale 3", 0, 3),
        row("shift −8, prior scale 2", -8, 2),
      ],
      title: "Without a shift or a prior, phones are peaks",
    }));
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
  const weights = await store.readWeights(experiment);
  if (weights === undefined) throw new MissingRunError(experiment);
  return readModel(weights);
}
