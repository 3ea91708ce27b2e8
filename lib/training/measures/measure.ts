import type { Topology } from "../../alignment/mod.ts";
import type { DataSet, Knowledge, LabelledBatch } from "../../corpora/mod.ts";
import type { Form } from "../../form/mod.ts";
import type { Sequences } from "../../numeric/mod.ts";
import type { System } from "../../systems/mod.ts";
import type { ValueKind } from "./value_kinds.ts";

/** One batch as a model sees it. */
export interface EvaluatedBatch {
  readonly batch: LabelledBatch;
  /** [N, K] nats */
  readonly logProbs: Sequences;
  readonly topologies: readonly Topology[];
}

/** One batch and what a model says about its frames. */
export type PosteriorBatch = Omit<EvaluatedBatch, "topologies">;

/** Something to measure on held-out sequences, which a grid of evaluations asks for by name. */
export interface Measure<Options, Found> {
  /** What a grid may ask for. */
  readonly form: Form<Options>;
  /** What must be there: what is measured against a reference alignment needs an output per frame. */
  readonly needs: {
    readonly data: readonly Knowledge[];
    readonly system: readonly ("posterior" | "topologies")[];
  };
  /** What is found on all sequences of an evaluation. */
  compute(
    batches: readonly PosteriorBatch[],
    options: Options,
    of: { readonly system: System; readonly data: DataSet },
  ): Found;
  /** What stands in a row. */
  readonly rowForm: ValueKind;
}
