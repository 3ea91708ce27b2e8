import type { Topology } from "../../alignment/mod.ts";
import type { DataSet, Knowledge, LabelledBatch } from "../../corpora/mod.ts";
import type { Form } from "../../form/mod.ts";
import type { Params, Sequences } from "../../numeric/mod.ts";
import type { System } from "../../systems/mod.ts";
import type { ValueKind } from "./value_kinds.ts";

/** One batch as a model sees it. */
export interface EvaluatedBatch {
  /** The sequences. */
  readonly batch: LabelledBatch;
  /** [N, K] nats */
  readonly logProbs: Sequences;
  /** One per sequence. */
  readonly topologies: readonly Topology[];
}

/** One batch and what a model says about its frames. */
export type PosteriorBatch = Omit<EvaluatedBatch, "topologies">;

/** What was recognised in the sequences of an evaluation, greedily. */
export interface RecognisedLabels {
  /** One per sequence, without blanks. */
  readonly labels: readonly (readonly number[])[];
  /** One per sequence, the true labels. */
  readonly targets: readonly (readonly number[])[];
}

/** What is evaluated: a system and its weights, on what, and what it recognised there. */
export interface Evaluated {
  /** What is trained. */
  readonly system: System;
  /** Its weights. */
  readonly params: Params;
  /** What it is trained on. */
  readonly data: DataSet;
  /** What it recognised. */
  readonly recognised: RecognisedLabels;
}

/** Something to measure on held-out sequences, which a grid of evaluations asks for by name. */
export interface Measure<Options, Found> {
  /** What a grid may ask for. */
  readonly form: Form<Options>;
  /** What must be there: what is measured against a reference alignment needs an output per frame. */
  readonly needs: {
    readonly data: readonly Knowledge[];
    readonly system: readonly ("posterior" | "topologies")[];
  };
  /**
   * Checks what depends on the options, before anything runs; defaults to nothing.
   *
   * @throws {RangeError} If it cannot be measured.
   */
  check?(options: Options, of: { readonly system: System; readonly data: DataSet }): void;
  /**
   * What is found on all sequences of an evaluation.
   *
   * @param batches Empty where the system has no posterior, and the measure needs none.
   */
  compute(
    batches: readonly PosteriorBatch[],
    options: Options,
    of: Evaluated,
  ): Found;
  /** What stands in a row. */
  readonly rowForm: ValueKind;
}
