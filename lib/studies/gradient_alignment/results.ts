import { gradientAlignment, gradScoreExt, type Interval } from "../../alignment/mod.ts";
import type { ReadableStore } from "../../experiments/mod.ts";
import { type Matrix, sequenceAt } from "../../numeric/mod.ts";
import { alignmentErrors, trueSpans } from "../../training/mod.ts";
import { type Aligner, alignerNames, aligners, type Gradients, gradientsOf } from "./aligners.ts";
import {
  type Condition,
  conditionNames,
  conditions,
  type EvaluatedModel,
  modelOf,
} from "./models.ts";

/** How far alignments are from the truth: one value a model, times in frames. */
export interface Errors {
  /** Time stamp error of words, or of phones where there are no words. */
  readonly tse: readonly number[];
  /** Share of frames aligned to blank. */
  readonly silence: readonly number[];
  /** Mean of found − true start. */
  readonly onsetBias: readonly number[];
}

/** One held-out sequence, its gradients and its alignments. */
export interface Sample {
  /** [T, F] features */
  readonly x: Matrix;
  readonly labels: readonly string[];
  readonly truth: readonly Interval[];
  /** [T, L + 1] from `gradScoreExt` */
  readonly scores: Matrix;
  /** Where these scores find the labels. */
  readonly found: readonly Interval[];
  readonly rows: readonly { readonly name: Aligner; readonly spans: readonly Interval[] }[];
}

/** What every aligner came to with the models of every condition. */
export interface Results {
  readonly errors: Readonly<Record<Aligner, Readonly<Record<Condition, Errors>>>>;
  readonly sample: Sample;
}

/** Place in its batch of the sequence that is drawn. */
export const PLACE = 1;

/**
 * Aligns fresh sequences with every model, in every way.
 *
 * @param store The store of `results/`.
 * @throws {MissingRunError} If the weights of a model are not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const models: Record<string, EvaluatedModel[]> = {};
  for (const condition of conditionNames) {
    const seeds = Array.from({ length: conditions[condition].seeds }, (_, seed) => seed);
    models[condition] = await Promise.all(seeds.map((seed) => modelOf(store, condition, seed)));
  }
  return gather(models as Record<Condition, EvaluatedModel[]>);
}

/** Aligns the sequences of models in every way; the first model of the baseline is drawn. */
export function gather(
  models: Readonly<Record<Condition, readonly EvaluatedModel[]>>,
): Results {
  const gradients = record(conditionNames, (name) => models[name].map(gradientsOf));
  const errors = record(alignerNames, (aligner) =>
    record(conditionNames, (name) => {
      const all = models[name].map((model, m) =>
        alignmentErrors([{
          batch: model.evaluated.batch,
          alignments: aligners[aligner](model, gradients[name][m]),
        }])
      );
      return {
        tse: all.map(({ tse }) => tse!),
        silence: all.map(({ silenceRatio }) => silenceRatio!),
        onsetBias: all.map(({ onsetBias }) => onsetBias!),
      };
    }));
  const [drawn] = models["words, baseline"], [G] = gradients["words, baseline"];
  return { errors, sample: sampleOf(drawn, G) };
}

function sampleOf(model: EvaluatedModel, gradients: Gradients): Sample {
  const { batch } = model.evaluated;
  const { names } = model.trained.data;
  const target = batch.targets[PLACE];
  const scores = gradScoreExt(gradients.masked[PLACE]);
  return {
    x: sequenceAt(batch.x, PLACE),
    labels: target.map((label) => names[label]),
    truth: trueSpans(batch, PLACE),
    scores,
    found: gradientAlignment(scores, target).spans,
    rows: alignerNames.map((name) => ({
      name,
      spans: aligners[name](model, gradients)[PLACE].spans,
    })),
  };
}

function record<Name extends string, T>(
  names: readonly Name[],
  value: (name: Name) => T,
): Record<Name, T> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, T>;
}
