import { phonemeCorpus } from "../../corpora/mod.ts";
import { ctcBatchLoss } from "../../criteria/mod.ts";
import { type Criterion, gradcheck, type GradcheckReport } from "../../gradcheck.ts";
import type { Layer } from "../../models/mod.ts";
import { type Params, RandomState, type Sequences } from "../../numeric/mod.ts";
import { buildModel, type ModelOptions } from "../../training/mod.ts";

/** The two measures of a gradient check. */
export interface TinyGradcheck {
  /** As the write-up does it: 12 weights per tensor, central differences, |num - an| / sum. */
  readonly sampled: GradcheckReport;
  /** Every weight and every input value, five-point stencil, floor 1e-4 under the scale. */
  readonly complete: GradcheckReport;
}

/** A small model, and what its gradients are checked on. */
export interface TinyModel {
  // deno-lint-ignore no-explicit-any -- a layer's cache is its own business
  readonly model: Layer<any>;
  readonly params: Params;
  readonly criterion: Criterion;
  readonly x: Sequences;
}

/** K = 3 phonemes, F = 4 bands, 6 cells per direction, two short sequences; CTC on top. */
export function tinyModel(kind: ModelOptions["kind"], seed = 0): TinyModel {
  const corpus = phonemeCorpus(seed, { phonemes: 3, bands: 4, phonesPerSequence: [2, 3] });
  const { x, targets } = corpus.batch(new RandomState(seed + 1), 2);
  const model = buildModel({ kind, hidden: 6 }, 4, 4);
  return {
    model,
    params: model.init(new RandomState(seed + 2)),
    criterion: (y) => {
      const { loss, dLogits } = ctcBatchLoss(y, targets);
      return { loss, dy: dLogits };
    },
    x,
  };
}

/** Checks the gradients of {@linkcode tinyModel} through CTC and back, by both measures. */
export function tinyGradcheck(kind: ModelOptions["kind"], seed = 0): TinyGradcheck {
  const { model, params, criterion, x } = tinyModel(kind, seed);
  return {
    sampled: sampledGradcheck(kind, seed),
    complete: gradcheck(model, criterion, params, x),
  };
}

/**
 * Checks a sample of the weights of {@linkcode tinyModel}.
 *
 * Source: the write-up timit-blstm-ctc, "Numerical gradient check".
 */
export function sampledGradcheck(kind: ModelOptions["kind"], seed = 0): GradcheckReport {
  const { model, params, criterion, x } = tinyModel(kind, seed);
  const sample = { perTensor: 12, rng: new RandomState(seed + 3) };
  return gradcheck(model, criterion, params, x, { stencil: 3, measure: "sum", sample });
}
