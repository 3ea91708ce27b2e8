import { type Fields, type Form, requireForm } from "../form/mod.ts";
import { type DataSet, type Sizes, syntheticDataSet } from "./data_set.ts";
import {
  phonemeCorpus,
  phonemeCorpusFields,
  type PhonemeCorpusOptions,
  phonemeSizes,
} from "./phonemes.ts";
import { voicesFields, type VoicesOptions, voicesSizes } from "./voices/options.ts";
import { wordCorpus, wordCorpusFields, type WordCorpusOptions, wordSizes } from "./words.ts";

/** Which corpus, and what it is made of. */
export type CorpusOptions =
  | { readonly kind: "phonemes" } & PhonemeCorpusOptions
  | { readonly kind: "words" } & WordCorpusOptions
  | { readonly kind: "voices" } & VoicesOptions;

type OptionsOf<Kind extends CorpusOptions["kind"]> = Omit<
  Extract<CorpusOptions, { kind: Kind }>,
  "kind"
>;

/** One kind of data set: the form of its options, and how it is opened. */
interface DataSetKind<Options> {
  readonly fields: Fields<Options>;
  /** A data set, or the promise of one where opening it takes time. */
  open(options: Options, seed: number): DataSet | Promise<DataSet>;
  /** Its sizes, before it is opened. */
  sizes(options: Options): Sizes;
}

/** Every kind of data set that an experiment can name. */
const dataSetKinds: { readonly [K in CorpusOptions["kind"]]: DataSetKind<OptionsOf<K>> } = {
  phonemes: {
    fields: phonemeCorpusFields,
    open(options, seed) {
      const corpus = phonemeCorpus(seed, options);
      const names = Array.from({ length: corpus.labels }, (_, label) => label ? `${label}` : "ε");
      return syntheticDataSet(corpus, names, ["alignment"]);
    },
    sizes: phonemeSizes,
  },
  words: {
    fields: wordCorpusFields,
    open(options) {
      const corpus = wordCorpus(options);
      return syntheticDataSet(corpus, corpus.names, ["alignment", "words"]);
    },
    sizes: wordSizes,
  },
  voices: {
    fields: voicesFields,
    async open(options) {
      const { openVoices } = await import("./voices/voices.ts"); // reads files, others do not
      return await openVoices(options);
    },
    sizes: voicesSizes,
  },
};

/** What {@link CorpusOptions} look like. */
export const corpusForm: Form<CorpusOptions> = {
  is: "variants",
  of: {
    phonemes: dataSetKinds.phonemes.fields,
    words: dataSetKinds.words.fields,
    voices: dataSetKinds.voices.fields,
  },
};

/**
 * Opens a data set by its options.
 *
 * @param seed Of the experiment: that of the stream a synthetic corpus draws its sounds from.
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If the kind of corpus is unknown, or an option is out of range.
 *
 * @example
 * ```ts
 * import { openDataSet } from "lib/corpora/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { train } = await openDataSet({ kind: "phonemes" }, 0);
 * assertEquals(train.batch(new RandomState(17), 16).targets[0], [2, 1, 3, 2]);
 * ```
 */
// deno-lint-ignore require-await -- what is thrown must reject
export async function openDataSet(options: CorpusOptions, seed: number): Promise<DataSet> {
  return opened(options, seed);
}

/**
 * A data set that is opened without waiting, as synthetic ones are.
 *
 * @throws {TypeError} As {@link openDataSet}, and if it has to be waited for.
 */
export function dataSet(options: CorpusOptions, seed: number): DataSet {
  const data = opened(options, seed);
  if (!(data instanceof Promise)) return data;
  data.catch(() => {}); // nobody waits for it
  throw new TypeError(
    `Cannot use a data set of the kind "${options.kind}" as it must be opened first: ` +
      `pass { data: await openDataSet(…) }`,
  );
}

/** Sizes of a data set, from its options alone. */
export function sizesOf({ kind, ...options }: CorpusOptions): Sizes {
  return (dataSetKinds[kind] as DataSetKind<unknown>).sizes(options);
}

function opened(options: CorpusOptions, seed: number): DataSet | Promise<DataSet> {
  requireForm("Cannot build a corpus", corpusForm, options);
  const { kind, ...rest } = options;
  return (dataSetKinds[kind] as DataSetKind<unknown>).open(rest, seed);
}
