import type { Twin } from "lib/numeric/kernels/mod.ts";
import type { EvaluationRow, Experiment } from "lib/training/mod.ts";

/** What a racer is asked. */
export interface RaceRequest {
  readonly experiment: Experiment;
}

/** What a racer says. */
export type RaceMessage =
  /** It can be asked; what it computes with. */
  | { readonly kind: "listening"; readonly kernels: Twin }
  /** A sequence that training never saw. */
  | {
    readonly kind: "sequence";
    /** [T, F] features */
    readonly x: Float64Array;
    /** The labels of the sequence, one per phone. */
    readonly target: readonly number[];
    /** [T] the true label of every frame, 0 for silence */
    readonly alignment: Int32Array;
    /** Labels, blank among them. */
    readonly labels: number;
  }
  /** What the model makes of it: [T, K] probabilities. */
  | { readonly kind: "posterior"; readonly iter: number; readonly posterior: Float64Array }
  | { readonly kind: "row"; readonly row: EvaluationRow }
  | { readonly kind: "end"; readonly error?: string };
