import { type Fields, type Form, requireForm } from "../form/mod.ts";
import { type DataSet, type Sizes, syntheticDataSet } from "./data_set.ts";
import { digitFields, type DigitOptions, digitSizes, openDigits } from "./digits.ts";
import {
  homophoneCorpus,
  type HomophoneCorpusOptions,
  homophoneFields,
  homophoneSizes,
} from "./homophones.ts";
import { letterCorpus, type LetterCorpusOptions, letterFields, letterSizes } from "./letters.ts";
import {
  phonemeCorpus,
  phonemeCorpusFields,
  type PhonemeCorpusOptions,
  phonemeSizes,
} from "./phonemes.ts";
import { voicesFields, type VoicesOptions, voicesSizes } from "./voices/options.ts";
import {
  openRecordings,
  recordingFields,
  type RecordingOptions,
  recordingSizes,
} from "./recordings.ts";
import { openTimit, timitDataSizes, timitFields, type TimitOptions } from "./timit.ts";
import { wordCorpus, wordCorpusFields, type WordCorpusOptions, wordSizes } from "./words.ts";

/** Which corpus, and what it is made of. */
export type CorpusOptions =
  | { readonly kind: "phonemes" } & PhonemeCorpusOptions
  | { readonly kind: "words" } & WordCorpusOptions
  | { readonly kind: "homophones" } & HomophoneCorpusOptions
  | { readonly kind: "letters" } & LetterCorpusOptions
  | { readonly kind: "voices" } & VoicesOptions
  | { readonly kind: "timit" } & TimitOptions
  | { readonly kind: "digits" } & DigitOptions
  | { readonly kind: "recordings" } & RecordingOptions;

/** Where the corpora are that people bring: no part of an experiment, as every machine has its own. */
export interface CorpusFolders {
  /** A copy of TIMIT. */
  readonly timit?: string;
  /** A copy of the Free Spoken Digit Dataset, for "digits". */
  readonly fsdd?: string;
  /** Sounds with transcripts beside them. */
  readonly recordings?: string;
}

type OptionsOf<Kind extends CorpusOptions["kind"]> = Omit<
  Extract<CorpusOptions, { kind: Kind }>,
  "kind"
>;

/** One kind of data set: the form of its options, and how it is opened. */
interface DataSetKind<Options> {
  readonly fields: Fields<Options>;
  /** A data set, or the promise of one where opening it takes time. */
  open(options: Options, seed: number, folders: CorpusFolders): DataSet | Promise<DataSet>;
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
  homophones: {
    fields: homophoneFields,
    open(options) {
      const corpus = homophoneCorpus(options);
      return syntheticDataSet(corpus, corpus.names, ["alignment"]);
    },
    sizes: homophoneSizes,
  },
  letters: {
    fields: letterFields,
    open(options, seed) {
      const corpus = letterCorpus(seed, options);
      return syntheticDataSet(corpus, corpus.names, ["alignment"]);
    },
    sizes: letterSizes,
  },
  voices: {
    fields: voicesFields,
    async open(options) {
      const { openVoices } = await import("./voices/voices.ts"); // reads files, others do not
      return await openVoices(options);
    },
    sizes: voicesSizes,
  },
  timit: {
    fields: timitFields,
    open: (options, _, folders) =>
      inFolder(folders, "timit", (folder) => openTimit(folder, options)),
    sizes: timitDataSizes,
  },
  digits: {
    fields: digitFields,
    open: (options, seed, folders) =>
      inFolder(folders, "fsdd", (folder) => openDigits(folder, seed, options)),
    sizes: digitSizes,
  },
  recordings: {
    fields: recordingFields,
    open: (options, seed, folders) =>
      inFolder(folders, "recordings", (folder) => openRecordings(folder, seed, options)),
    sizes: recordingSizes,
  },
};

/** Opens what is in a folder that must be given. */
async function inFolder(
  folders: CorpusFolders,
  name: keyof CorpusFolders,
  open: (folder: string) => Promise<DataSet>,
): Promise<DataSet> {
  const folder = folders[name];
  if (folder !== undefined) return await open(folder);
  throw new RangeError(
    `Cannot open the corpus as its folder must be given, as in --${name} FOLDER: it is missing`,
  );
}

/** What {@link CorpusOptions} look like. */
export const corpusForm: Form<CorpusOptions> = {
  is: "variants",
  of: {
    phonemes: dataSetKinds.phonemes.fields,
    words: dataSetKinds.words.fields,
    homophones: dataSetKinds.homophones.fields,
    letters: dataSetKinds.letters.fields,
    voices: dataSetKinds.voices.fields,
    timit: dataSetKinds.timit.fields,
    digits: dataSetKinds.digits.fields,
    recordings: dataSetKinds.recordings.fields,
  },
};

/**
 * Opens a data set by its options.
 *
 * @param seed Of the experiment: that of the stream a synthetic corpus draws its sounds from.
 * @param folders Where corpora of recordings are; defaults to nowhere.
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If the kind of corpus is unknown, an option is out of range, or its folder is
 * needed and not given.
 * @throws {SyntaxError} If a file of the folder cannot be read.
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
export async function openDataSet(
  options: CorpusOptions,
  seed: number,
  folders: CorpusFolders = {},
): Promise<DataSet> {
  return opened(options, seed, folders);
}

/**
 * A data set that is opened without waiting, as synthetic ones are.
 *
 * @throws {TypeError} As {@link openDataSet}, and if it has to be waited for.
 */
export function dataSet(options: CorpusOptions, seed: number): DataSet {
  const data = opened(options, seed, {});
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

/**
 * A data set of which only sizes are known, for a model that is read without its corpus: labels are
 * named by their numbers, and no batch can be drawn.
 */
export function unopenedDataSet(options: CorpusOptions): DataSet {
  const { features, labels } = sizesOf(options);
  const source = {
    batch(): never {
      throw new RangeError("Cannot draw a batch as the corpus of a model must be opened first");
    },
  };
  return {
    features,
    labels,
    names: Array.from({ length: labels }, (_, label) => label ? `${label}` : "ε"),
    silence: 0,
    knows: ["alignment", "words", "speakers"],
    train: source,
    dev: source,
    test: source,
  };
}

/** Whether a data set lies in files, and has to be opened. */
export function isInFiles({ kind }: CorpusOptions): boolean {
  return kind === "voices" || kind === "timit" || kind === "digits" || kind === "recordings";
}

function opened(
  options: CorpusOptions,
  seed: number,
  folders: CorpusFolders,
): DataSet | Promise<DataSet> {
  requireForm("Cannot build a corpus", corpusForm, options);
  const { kind, ...rest } = options;
  return (dataSetKinds[kind] as DataSetKind<unknown>).open(rest, seed, folders);
}
