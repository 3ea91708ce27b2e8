import type { CriterionOptions, EvaluationGrid, Experiment } from "../training/mod.ts";

/** The systems that a person can train by name. */
export const trainableSystems = ["ctc", "transducer", "attention", "hybrid"] as const;

/** One of {@linkcode trainableSystems}. */
export type TrainableSystem = typeof trainableSystems[number];

/**
 * The same training of another system on the same encoder: attention is location-aware, and a hybrid
 * has three tenths of CTC. What is measured on posteriors of frames is left out where there are none.
 *
 * @param hidden Cells of the decoder or the prediction network, and width of what joins it.
 *
 * @example
 * ```ts
 * import { withSystem, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { name, criterion } = withSystem(writeUpExperiment("lstm", 0), "transducer", 24);
 * assertEquals([name, criterion.kind], ["write-up-lstm-seed0-transducer", "transducer"]);
 * ```
 */
export function withSystem(
  experiment: Experiment,
  system: TrainableSystem,
  hidden: number,
): Experiment {
  if (system === "ctc") return experiment;
  return {
    ...experiment,
    name: `${experiment.name}-${system}`,
    criterion: criterionOf(system, hidden),
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
