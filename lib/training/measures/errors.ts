import { optional, type RecordForm, whole } from "../../form/mod.ts";
import { type EditCounts, foldLabels, labelErrors, wordErrorRate } from "../../metrics/mod.ts";
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
  /**
   * The name of the label that stands between words, such as " ": errors of words are counted, too, of
   * labels as they are. Defaults to none.
   */
  readonly separator?: string;
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
  /** Of words, where a label stands between them. */
  readonly words?: WordErrors;
}

/** The errors of words. */
export interface WordErrors extends EditCounts {
  /** Errors per word of the targets. */
  readonly wer: number;
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
    separator: optional({ is: "text", notEmpty: true }),
  },
};

const edits = { substitutions: count, insertions: count, deletions: count };
const ofWords = { wer: rate, ...edits } satisfies Record<keyof WordErrors, ValueKind>;
const rowKinds: Record<keyof Errors, ValueKind> = {
  per: rate,
  ...edits,
  words: recordOf(ofWords, Object.keys(ofWords)),
};

/** Counts substitutions, insertions and deletions, of labels as they are or folded. */
export const errorsMeasure: Measure<ErrorOptions, Errors[]> = {
  form: errorsForm,
  needs: { data: [], system: [] },
  check({ fold = [], decoders = [], separator }, { system, data: { names } }) {
    const requireName = (what: string, name: string) => {
      if (names.indexOf(name) > 0) return;
      throw new RangeError(
        `Cannot measure "errors" as ${what} must be a label of the data set: ` +
          `${JSON.stringify(name)} is none of ${names.slice(1).join(" ")}`,
      );
    };
    for (const { from } of fold) requireName("every from of its fold", from);
    if (separator !== undefined) requireName("its separator", separator);
    if (decoders.some(({ kind }) => kind === "beam")) {
      requireAble('Cannot measure "errors" with a beam', system, "posterior");
    }
  },
  compute(batches, options, { data, recognised }) {
    const { fold = [], decoders = [{ kind: "greedy" }], separator } = options;
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
      if (separator === undefined) return { per, ...edits };
      const between = data.names.indexOf(separator);
      return { per, ...edits, words: wordErrors(labels, recognised.targets, between) };
    });
  },
  rowForm: listOf(recordOf(rowKinds, ["per", ...Object.keys(edits)])),
};

/** Errors of the words that a label stands between. */
function wordErrors(
  labels: readonly (readonly number[])[],
  targets: readonly (readonly number[])[],
  separator: number,
): WordErrors {
  // Every label as a number and a comma, which no other labels spell.
  const text = (labels: readonly number[]) =>
    labels.map((label) => label === separator ? " " : `${label},`).join("");
  const { rate: wer, labels: _, ...edits } = wordErrorRate(labels.map(text), targets.map(text));
  return { wer, ...edits };
}

/** What a beam finds in every sequence. */
function searched(batches: readonly PosteriorBatch[], beamWidth: number): (readonly number[])[] {
  const decode = beamDecoder({ beamWidth });
  return batches.flatMap(({ batch, logProbs }) =>
    batch.targets.map((_, b) => decode(sequenceAt(logProbs, b)))
  );
}
