import { phonemeCorpus } from "../corpora/mod.ts";
import { ctcBatchLoss } from "../criteria/mod.ts";
import { gradcheck, type GradcheckReport } from "../gradcheck.ts";
import { RandomState } from "../numeric/mod.ts";
import { buildModel, type ModelOptions } from "../training/mod.ts";

/** The two measures of a gradient check. */
export interface TinyGradcheck {
  /** As the write-up does it: 12 weights per tensor, central differences, |num - an| / sum. */
  readonly sampled: GradcheckReport;
  /** Every weight and every input value, five-point stencil, floor 1e-4 under the scale. */
  readonly complete: GradcheckReport;
}

/**
 * Checks the gradients of a small model through CTC and back: K = 3 phonemes, F = 4 bands, 6 cells
 * per direction, two short sequences.
 *
 * Source: the write-up timit-blstm-ctc, "Numerical gradient check".
 */
export function tinyGradcheck(kind: ModelOptions["kind"], seed = 0): TinyGradcheck {
  const corpus = phonemeCorpus(seed, { phonemes: 3, bands: 4, phonesPerSequence: [2, 3] });
  const { x, targets } = corpus.batch(new RandomState(seed + 1), 2);
  const model = buildModel({ kind, hidden: 6 }, 4, 4);
  const params = model.init(new RandomState(seed + 2));
  const criterion = (y: typeof x) => {
    const { loss, dLogits } = ctcBatchLoss(y, targets);
    return { loss, dy: dLogits };
  };
  const sample = { perTensor: 12, rng: new RandomState(seed + 3) };
  return {
    sampled: gradcheck(model, criterion, params, x, { stencil: 3, measure: "sum", sample }),
    complete: gradcheck(model, criterion, params, x),
  };
}
