import { phonemeCorpus } from "../corpora/mod.ts";
import { parameterCount } from "../models/mod.ts";
import { buildModel, type FrameMetrics } from "../training/mod.ts";
import type { Run } from "./run.ts";
import { framewiseExperiment, type FramewiseModel, framewiseModels } from "./sweeps/framewise.ts";

/** What became of one network of the framewise comparison, at the end of its trainings. */
export interface FramewiseResult {
  readonly name: FramewiseModel;
  readonly kind: typeof framewiseModels[FramewiseModel]["kind"];
  /** How many weights it has. */
  readonly weights: number;
  /** Shares of all frames named wrongly, one per seed. */
  readonly errors: readonly number[];
  /** Shares of phones named wrongly at the 1st, 2nd, … frame, means over seeds. */
  readonly start: readonly number[];
  /** The same at the last frame but n, …, the last but one, the last. */
  readonly end: readonly number[];
}

/**
 * The networks of the framewise comparison by what their last evaluations found.
 *
 * @param runs Of {@link framewiseExperiment}; a network that has none is left out.
 */
export function framewiseResults(runs: readonly Run[]): FramewiseResult[] {
  const { features, labels } = phonemeCorpus(0);
  return (Object.keys(framewiseModels) as FramewiseModel[]).flatMap((name) => {
    const metrics = runs
      .filter(({ experiment }) =>
        experiment.name === framewiseExperiment(name, experiment.seed).name
      )
      .map(({ rows }) => rows[rows.length - 1].frames!);
    if (metrics.length === 0) return [];
    return [{
      name,
      kind: framewiseModels[name].kind,
      weights: parameterCount(buildModel(framewiseModels[name], features, labels)),
      errors: metrics.map(({ accuracy }) => 1 - accuracy),
      start: meanErrors(metrics, "start"),
      end: meanErrors(metrics, "end"),
    }];
  });
}

function meanErrors(metrics: readonly FrameMetrics[], side: "start" | "end"): number[] {
  const shares = metrics.map(({ byPosition }) => byPosition![side]);
  return shares[0].map((_, i) =>
    shares.reduce((sum, share) => sum + 1 - share[i], 0) / shares.length
  );
}
