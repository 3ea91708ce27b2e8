import { optional, type RecordForm, whole } from "../../form/mod.ts";
import { type EditCounts, foldLabels, labelErrors } from "../../metrics/mod.ts";
import { sequenceAt } from "../../numeric/mod.ts";
import { beamDecoder, requireAble } from "../../systems/mod.ts";
import type { Measure, PosteriorBatch } from "./measure.ts";
import { count, listOf, rate, recordOf, type ValueKind } from "./value_kinds.ts";

/** How errors are counted, as a plain JSON value. */
export interface ErrorOptions {
  /**
   * New names of labels, of the others the old; a label without a `to` is left out of what was
   * decoded and of targets. Neighbours that get the same name stay two. Defaults to none.
   */
  readonly fold?: readonly { readonly from: string; readonly to?: string }[];
  /** Ways to decode, each of them counted; defaults to [{ kind: "greedy" }]. */
  readonly decoders?: readonly DecoderOptions[];
}

/** A way to decode. */
export type DecoderOptions =
  | { readonly kind: "greedy" }
  /** Prefix beam search with this many prefixes, which needs a posterior. */
  | { readonly kind: "beam"; readonly width: number };

/** The errors of one way to decode. */
export interface Errors extends EditCounts {
  /** Errors per label of the targets. */
  readonly per: number;
}

/** What {@link ErrorOptions} look like. */
export const errorsForm: RecordForm<ErrorOptions> = {
  is: "record",
  fields: {
    fold: optional({
      is: "list",
      of: {
        is: "record",
        fields: { from: { is: "text", notEmpty: true }, to: optional({ is: "text" }) },
      },
    }),
    decoders: optional({
      is: "list",
      of: { is: "variants", of: { greedy: {}, beam: { width: whole({ min: 1, max: 10_000 }) } } },
      least: 1,
    }),
  },
};

const rowKinds: Record<keyof Errors, ValueKind> = {
  per: rate,
  substitutions: count,
  insertions: count,
  deletions: count,
};

/** Counts substitutions, insertions and deletions, of labels as they are or folded. */
export const errorsMeasure: Measure<ErrorOptions, Errors[]> = {
  form: errorsForm,
  needs: { data: [], system: [] },
  check({ fold = [], decoders = [] }, { system, data: { names } }) {
    for (const { from } of fold) {
      if (names.indexOf(from) > 0) continue;
      throw new RangeError(
        `Cannot measure "errors" as every from of its fold must be a label of the data set: ` +
          `${JSON.stringify(from)} is none of ${names.slice(1).join(" ")}`,
      );
    }
    if (decoders.some(({ kind }) => kind === "beam")) {
      requireAble('Cannot measure "errors" with a beam', system, "posterior");
    }
  },
  compute(batches, { fold = [], decoders = [{ kind: "greedy" }] }, { data, recognised }) {
    const renamed = new Map(fold.map(({ from, to }) => [from, to]));
    const folded = foldLabels(
      data.names,
      (name) => renamed.has(name) ? renamed.get(name) : name,
    );
    const targets = recognised.targets.map(folded);
    return decoders.map((decoder) => {
      const labels = decoder.kind === "greedy"
        ? recognised.labels
        : searched(batches, decoder.width);
      const { rate: per, labels: _, ...edits } = labelErrors(labels.map(folded), targets);
      return { per, ...edits };
    });
  },
  rowForm: listOf(recordOf(rowKinds, Object.keys(rowKinds))),
};

/** What a beam finds in every sequence. */
function searched(batches: readonly PosteriorBatch[], beamWidth: number): (readonly number[])[] {
  const decode = beamDecoder({ beamWidth });
  return batches.flatMap(({ batch, logProbs }) =>
    batch.targets.map((_, b) => decode(sequenceAt(logProbs, b)))
  );
}
