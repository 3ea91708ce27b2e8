import type {
  CriterionOptions,
  EvaluationGrid,
  Experiment,
  ModelOptions,
} from "../training/mod.ts";

/** The systems that a person can train by name. */
export const trainableSystems = ["ctc", "transducer", "attention", "hybrid"] as const;

/** One of {@linkcode trainableSystems}. */
export type TrainableSystem = typeof trainableSystems[number];

/**
 * The same training of another system on the same encoder: decoder and prediction network have as many
 * cells as a direction of the encoder, attention is location-aware, and a hybrid has three tenths of
 * CTC. What is measured on posteriors of frames is left out where there are none.
 *
 * @example
 * ```ts
 * import { withSystem, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { name, criterion } = withSystem(writeUpExperiment("lstm", 0), "transducer");
 * assertEquals([name, criterion.kind], ["write-up-lstm-seed0-transducer", "transducer"]);
 * ```
 */
export function withSystem<E extends Experiment & { readonly model: ModelOptions }>(
  experiment: E,
  system: TrainableSystem,
): E {
  if (system === "ctc") return experiment;
  return {
    ...experiment,
    name: `${experiment.name}-${system}`,
    criterion: criterionOf(system, experiment.model.hidden),
    evaluations: experiment.evaluations.map(withoutFrames),
  };
}

/** What a person calls the system of a criterion. */
export function systemOf(criterion: CriterionOptions): string {
  if (criterion.kind !== "attention") return criterion.kind;
  return (criterion.ctcWeight ?? 0) > 0 ? "hybrid" : "attention";
}

function criterionOf(
  system: Exclude<TrainableSystem, "ctc">,
  hidden: number,
): CriterionOptions {
  if (system === "transducer") {
    return { kind: "transducer", prediction: { kind: "lstm", hidden }, joint: hidden };
  }
  const attention = { kind: "location", width: hidden, reach: 8 } as const;
  const ctcWeight = system === "hybrid" ? { ctcWeight: 0.3 } : {};
  return { kind: "attention", hidden, attention, ...ctcWeight };
}

/** A grid without what needs a posterior of every frame. */
function withoutFrames(
  { alignment: _, alignments: __, frames: ___, blanks: ____, timing: _____, ...grid }:
    EvaluationGrid,
): EvaluationGrid {
  return grid;
}
