import type { Corpus, LabelledBatch, ReferenceBatch, Source } from "./corpus.ts";

/** What a data set may know beside features and targets. */
export type Knowledge = "alignment" | "words" | "speakers";

/** Sizes that memory goes by, each the most that it can be. */
export interface Sizes {
  /** Frames of a sequence. */
  readonly frames: number;
  /** Labels of a sequence. */
  readonly target: number;
  /** Width of the features. */
  readonly features: number;
  /** Labels with blank. */
  readonly labels: number;
  /** Values of the data set itself. */
  readonly tables: number;
}

/** What is heard: where batches for training, development and test come from, and what is known. */
export interface DataSet {
  /** Width D of the features. */
  readonly features: number;
  /** Number of labels K, blank (0) included. */
  readonly labels: number;
  /** The name of every label, by its number; that of blank is "ε". */
  readonly names: readonly string[];
  /** The label of silence, which need not be blank; left out where none of the labels is silence. */
  readonly silence?: number;
  /** Length of a frame; left out where frames have none, as in a synthetic corpus. */
  readonly frameSeconds?: number;
  /** What its batches hold beside features and targets. */
  readonly knows: readonly Knowledge[];
  /** What weights are fitted to. */
  readonly train: Source;
  /** What choices are made on. */
  readonly dev: Source;
  /** What is reported. */
  readonly test: Source;
}

/**
 * A synthetic corpus as a data set: training, development and test are one source without an end,
 * told apart by the stream that they draw from. Silence and blank are both label 0.
 *
 * @example
 * ```ts
 * import { syntheticDataSet, wordCorpus } from "lib/corpora/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const corpus = wordCorpus({ words: ["ab"] });
 * const { names, silence, knows } = syntheticDataSet(corpus, corpus.names, ["alignment", "words"]);
 * assertEquals([names, silence, knows], [["ε", "a", "b"], 0, ["alignment", "words"]]);
 * ```
 */
export function syntheticDataSet(
  corpus: Corpus,
  names: readonly string[],
  knows: readonly Knowledge[],
): DataSet {
  const { features, labels } = corpus;
  return { features, labels, names, silence: 0, knows, train: corpus, dev: corpus, test: corpus };
}

const described: Record<Knowledge, string> = {
  alignment: "a reference alignment",
  words: "words",
  speakers: "speakers",
};

/**
 * Checks that a data set knows what something needs.
 *
 * @param what Begins the message, such as `Cannot measure "frames"`.
 * @throws {RangeError} If it does not; the message names the first that is missing.
 */
export function requireKnown(
  what: string,
  needs: readonly Knowledge[],
  { knows }: Pick<DataSet, "knows">,
): void {
  const missing = needs.find((need) => !knows.includes(need));
  if (missing === undefined) return;
  throw new RangeError(
    `${what} as the data set must have ${described[missing]}: it has ` +
      `${knows.length === 0 ? "targets alone" : knows.join(", ")}`,
  );
}

/**
 * A batch that must have its reference alignment.
 *
 * @param what Begins the message.
 * @throws {RangeError} If it has none.
 */
export function requireReference(what: string, batch: LabelledBatch): ReferenceBatch {
  if (batch.alignment === undefined) {
    throw new RangeError(`${what} as the batch must have a reference alignment: it has none`);
  }
  return batch as ReferenceBatch;
}
