import type { MeasureResults } from "./measures/measures.ts";

/** What one evaluation found. */
export interface EvaluationRow extends MeasureResults {
  /** The grid that the row belongs to. */
  every: number;
  /** Steps taken, counted from 1. */
  iter: number;
  /** Mean loss of the training batch of this step, nats per sequence. */
  nll: number;
  /**
   * Label error rate of greedy decoding on fresh sequences, a share. The write-up calls it PER, as its
   * labels are phonemes, and the alignment paper LER; stored rows and `--json` have the shorter name.
   */
  per: number;
  /** Share of those sequences decoded without an error. */
  seqAcc: number;
  /** Training targets that did not fit into their frames, up to this step. */
  infeasible: number;
}

/** What one evaluation found on its sequences. */
export type Evaluation = Pick<EvaluationRow, "per" | "seqAcc" | keyof MeasureResults>;

/** What one step did. */
export interface StepResult {
  /** Mean loss of the batch before the step, nats per sequence. */
  loss: number;
  /** Targets in the batch that did not fit. */
  infeasible: number;
  /** Global norm of the gradient before clipping. */
  gradNorm: number;
}
