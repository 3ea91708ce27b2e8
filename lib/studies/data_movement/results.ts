import { type MovementCost, movementCost, traceTrainingStep } from "../../bytedmd/mod.ts";
import { type CtcVariantName, ctcVariants } from "../../criteria/variants/mod.ts";
import { Training, writeUpExperiment } from "../../experiments/mod.ts";
import { RandomState } from "../../numeric/mod.ts";
import { framewiseOf, streams } from "../../training/mod.ts";
import { ctcCostLengths, type CtcCosts, ctcCosts, each, gradientOff } from "./ctc_costs.ts";
import { pricesOfSmallPrograms } from "./small_programs.ts";

/** Parts of a training step. */
export type Section = "forward" | "CTC" | "backward" | "update";

/** What one training step moves. */
export interface Step {
  readonly sequences: number;
  readonly reads: number;
  readonly cost: number;
  /** Cost by section, then by the tensor that is read. */
  readonly bySection: MovementCost["bySection"];
}

/** Where data moves. */
export interface Results {
  readonly prices: ReturnType<typeof pricesOfSmallPrograms>;
  /** On one sequence, and on the write-up's sixteen. */
  readonly steps: readonly Step[];
  /** Every variant of CTC at every length. */
  readonly costs: readonly CtcCosts[];
  /** Largest difference of a variant's gradient from the library's, over all lengths. */
  readonly gradientsOff: Readonly<Record<CtcVariantName, number>>;
  /** One step on one sequence with each variant. */
  readonly stepsBy: Readonly<Record<CtcVariantName, Step>>;
}

/** Traces the training step of the write-up's BLSTM and the variants of CTC; needs no stored run. */
export function results(): Promise<Results> {
  const stepsBy = each((variant) => stepOf(1, variant));
  return Promise.resolve({
    prices: pricesOfSmallPrograms(),
    steps: [stepsBy.tables, stepOf(16, "tables")],
    costs: ctcCosts(),
    gradientsOff: each((variant) =>
      Math.max(...ctcCostLengths.map((T) => gradientOff(variant, T)))
    ),
    stepsBy,
  });
}

/** The share of sections in a step. */
export function shareOf({ cost, bySection }: Step, ...sections: Section[]): number {
  const all = sections.flatMap((section) => Object.values(bySection[section]));
  return all.reduce((sum, value) => sum + value, 0) / cost;
}

function stepOf(sequences: number, variant: CtcVariantName): Step {
  const training = new Training(writeUpExperiment("blstm", 0));
  const batch = training.data.train.batch(new RandomState(streams.training), sequences);
  const trace = traceTrainingStep(framewiseOf(training).layer, training.params, batch, {
    ctc: ctcVariants[variant],
  });
  const { reads, cost, bySection } = movementCost(trace);
  return { sequences, reads, cost, bySection };
}
