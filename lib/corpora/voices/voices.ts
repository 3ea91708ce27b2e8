import { requireForm } from "../../form/mod.ts";
import { type Allocate, type Matrix, sequences } from "../../numeric/mod.ts";
import { type LabelledBatch, requireBatchSize, type Source } from "../corpus.ts";
import type { DataSet } from "../data_set.ts";
import { silencePhone, type Voice } from "../flite/voice.ts";
import { type FeatureMaker, featureMaker } from "./features.ts";
import { type LabelledSentence, labelSentence } from "./label_sentence.ts";
import {
  completeVoicesOptions,
  labelNames,
  voicesFields,
  type VoicesOptions,
  voicesSizes,
} from "./options.ts";
import {
  defaultSentences,
  longestSeconds,
  shardName,
  type ShardScript,
  voiceScripts,
  type VoiceSplit,
} from "./script.ts";
import type { SpokenSentence } from "./shard.ts";
import { voicesFolder } from "./cache_folder.ts";
import { readShard } from "./store.ts";

/** A sentence, and who says it. */
export interface VoicedSentence {
  readonly voice: Voice;
  readonly sentence: SpokenSentence;
}

/** Sentences of voices, from which batches are drawn, or taken one by one. */
export interface VoicesSource extends Source {
  readonly sequences: number;
  /** What is said, in order. */
  readonly sentences: readonly VoicedSentence[];
  /** The sentences at these places, as a batch without warp and noise. */
  take(places: readonly number[]): LabelledBatch;
}

/** The corpus of voices as a data set. */
export interface VoicesDataSet extends DataSet {
  readonly train: VoicesSource;
  readonly dev: VoicesSource;
  readonly test: VoicesSource;
}

/**
 * Opens the corpus of voices, which `deno task corpus voices` makes: sentences that flite speaks,
 * with the true place of every phone and word.
 *
 * Silence ("pau") is a label of frames, and none of targets. Batches are drawn with repetition, one
 * whole number a sentence; then, where training asks for them, its warp and its noise.
 *
 * @param options.folder Where the corpus is; defaults to the one in the cache, as `cacheFolder` says.
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If an option is out of range, or shards are missing or damaged.
 */
export async function openVoices(
  options: VoicesOptions,
  { folder = voicesFolder() }: { folder?: string } = {},
): Promise<VoicesDataSet> {
  const form = { is: "record", fields: voicesFields } as const;
  requireForm<VoicesOptions>("Cannot open voices", form, options);
  const read = new Map<string, readonly SpokenSentence[]>();
  for (const script of neededScripts(options)) {
    const shard = await readShard(folder, script), name = shardName(script);
    if (shard.is === "whole") read.set(name, shard.sentences);
    else failToOpen(folder, options, shard.is === "missing" ? `${name} is not there` : shard.fault);
  }
  return voicesDataSet(options, (script) => read.get(shardName(script))!);
}

function failToOpen(folder: string, { sentences = 0 }: VoicesOptions, fault: string): never {
  const more = sentences > defaultSentences ? ` --sentences ${sentences}` : "";
  throw new RangeError(
    `Cannot open voices as they must be made first, by \`deno task corpus voices${more}\`: ` +
      `in ${folder}, ${fault}`,
  );
}

/**
 * The data set of sentences that are in memory, see {@link openVoices}.
 *
 * @param options Of the right form.
 * @param sentencesOf The sentences of each shard of {@link neededScripts}.
 */
export function voicesDataSet(
  options: VoicesOptions,
  sentencesOf: (script: ShardScript) => readonly SpokenSentence[],
): VoicesDataSet {
  const complete = completeVoicesOptions(options);
  const { train, test, testWords, sentences, stack, labels, vocabulary } = complete;
  const scripts = neededScripts(options), maker = featureMaker(complete);
  const names = labelNames(labels, vocabulary), frameSeconds = stack / 100;
  const numbers = new Map(names.map((name, n) => [name, n]));
  const { features } = voicesSizes(options);
  const label = (sentence: SpokenSentence, T: number) =>
    labelSentence(sentence, labels, numbers, T, frameSeconds);
  const source = (of: readonly Voice[], split: VoiceSplit): VoicesSource => {
    const most = split === "train" ? sentences : Infinity;
    const all = of.flatMap((voice) =>
      scripts.filter((script) => script.voice === voice && script.split === split)
        .flatMap(sentencesOf)
        .slice(0, most)
        .map((sentence) => ({ voice, sentence }))
    );
    const mostValues = features * 100 * longestSeconds;
    return voicesSource(all, maker, label, { varied: split === "train", mostValues });
  };
  return {
    features,
    labels: names.length,
    names,
    silence: numbers.get(silencePhone),
    frameSeconds,
    knows: labels === "letters" ? ["words", "speakers"] : ["alignment", "words", "speakers"],
    train: source(train, "train"),
    dev: source(train, "dev"),
    test: source(test, testWords === "unseen" ? "unseen" : "test"),
  };
}

/** The shards that a data set reads. */
export function neededScripts(options: VoicesOptions): ShardScript[] {
  const { train, test, testWords, sentences, vocabulary } = completeVoicesOptions(options);
  const heard = testWords === "unseen" ? "unseen" : "test";
  return voiceScripts({ sentences, vocabulary }).filter(({ voice, split }) =>
    split === heard
      ? test.includes(voice)
      : split === "train" || split === "dev"
      ? train.includes(voice)
      : false
  );
}

/** A sentence with the features that are heard of it. */
type Heard = VoicedSentence & { readonly features: Matrix };

function voicesSource(
  all: readonly VoicedSentence[],
  maker: FeatureMaker,
  label: (sentence: SpokenSentence, T: number) => LabelledSentence,
  { varied, mostValues }: { varied: boolean; mostValues: number },
): VoicesSource {
  const batchOf = (heard: readonly Heard[], alloc?: Allocate): LabelledBatch => {
    const labelled = heard.map(({ sentence, features }) => label(sentence, features.rows));
    const alignments = labelled.flatMap(({ alignment }) => alignment ? [...alignment] : []);
    return {
      x: sequences(heard.map(({ features }) => features), alloc),
      targets: labelled.map(({ words }) => words.flat()),
      ...(labelled[0].alignment && { alignment: Int32Array.from(alignments) }),
      words: labelled.map(({ words }) => words),
      spans: labelled.map(({ spans }) => spans),
      speakers: heard.map(({ voice }) => voice),
    };
  };
  return {
    sequences: all.length,
    sentences: all,
    batch(rng, B, alloc) {
      requireBatchSize(B, mostValues);
      const heard = Array.from({ length: B }, (): Heard => {
        const one = all[rng.randint(0, all.length)], { sentence } = one;
        return { ...one, features: varied ? maker.varied(sentence, rng) : maker.plain(sentence) };
      });
      return batchOf(heard, alloc);
    },
    take(places) {
      requireBatchSize(places.length, mostValues);
      return batchOf(places.map((place): Heard => {
        const one = all[place];
        if (one !== undefined) return { ...one, features: maker.plain(one.sentence) };
        throw new RangeError(
          `Cannot take a sentence as its place must be a whole number below ${all.length}: ` +
            `current value is ${place}`,
        );
      }));
    },
  };
}
