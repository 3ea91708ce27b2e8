import { requireForm } from "../../form/mod.ts";
import { matrix, type RandomState, sequences } from "../../numeric/mod.ts";
import { type LabelledBatch, requireBatchSize, type Source } from "../corpus.ts";
import type { DataSet } from "../data_set.ts";
import { silencePhone, type Voice } from "../flite/voice.ts";
import { type FeatureMaker, featureMaker } from "./features.ts";
import { labelSentence } from "./label_sentence.ts";
import {
  completeVoicesOptions,
  labelNames,
  voicesFields,
  type VoicesOptions,
  voicesSizes,
} from "./options.ts";
import { shardName, type ShardScript, voiceScripts, type VoiceSplit } from "./script.ts";
import type { SpokenSentence } from "./shard.ts";
import { cacheFolder, readShard, voicesFolder } from "./store.ts";

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
  { folder = voicesFolder(cacheFolder()) }: { folder?: string } = {},
): Promise<VoicesDataSet> {
  const form = { is: "record", fields: voicesFields } as const;
  requireForm<VoicesOptions>("Cannot open voices", form, options);
  const complete = completeVoicesOptions(options);
  const { train, test, testWords, sentences, stack, labels } = complete;
  const scripts = neededScripts(options);
  const read = new Map<ShardScript, SpokenSentence[]>();
  for (const script of scripts) {
    const shard = await readShard(folder, script);
    if (shard.is !== "whole") {
      const fault = shard.is === "missing"
        ? `${shardName(script)} is not there`
        : `${shard.fault}, which is damaged`;
      throw new RangeError(
        `Cannot open voices as they must be made first, with \`deno task corpus voices` +
          `${sentences > 350 ? ` --sentences ${sentences}` : ""}\`: in ${folder}, ${fault}`,
      );
    }
    read.set(script, shard.sentences);
  }
  const names = labelNames(labels), frameSeconds = stack / 100;
  const numbers = new Map(names.map((name, n) => [name, n]));
  const maker = featureMaker(complete);
  const width = voicesSizes(options).features;
  const source = (of: readonly Voice[], split: VoiceSplit, varied: boolean): VoicesSource => {
    const most = split === "train" ? sentences : Infinity;
    const all = of.flatMap((voice) =>
      scripts.filter((script) => script.voice === voice && script.split === split)
        .flatMap((script) => read.get(script)!)
        .slice(0, most)
        .map((sentence) => ({ voice, sentence }))
    );
    return voicesSource(
      all,
      maker,
      varied,
      (sentence, T) => labelSentence(sentence, labels, numbers, T, frameSeconds),
      width * 800,
    );
  };
  return {
    features: width,
    labels: names.length,
    names,
    silence: numbers.get(silencePhone),
    frameSeconds,
    knows: labels === "letters" ? ["words", "speakers"] : ["alignment", "words", "speakers"],
    train: source(train, "train", true),
    dev: source(train, "dev", false),
    test: source(test, testWords === "unseen" ? "unseen" : "test", false),
  };
}

/** The shards that a data set reads. */
export function neededScripts(options: VoicesOptions): ShardScript[] {
  const { train, test, testWords, sentences } = completeVoicesOptions(options);
  const heard = testWords === "unseen" ? "unseen" : "test";
  return voiceScripts({ sentences }).filter(({ voice, split }) =>
    split === heard
      ? test.includes(voice)
      : split === "train" || split === "dev"
      ? train.includes(voice)
      : false
  );
}

function voicesSource(
  all: readonly VoicedSentence[],
  maker: FeatureMaker,
  varied: boolean,
  label: (sentence: SpokenSentence, T: number) => ReturnType<typeof labelSentence>,
  mostValues: number,
): VoicesSource {
  const batchOf = (
    chosen: readonly VoicedSentence[],
    featuresOf: (sentence: SpokenSentence) => ReturnType<FeatureMaker["plain"]>,
    alloc = matrix,
  ): LabelledBatch => {
    const features = chosen.map(({ sentence }) => featuresOf(sentence));
    const labelled = chosen.map(({ sentence }, n) => label(sentence, features[n].rows));
    const alignments = labelled.flatMap(({ alignment }) => alignment ? [...alignment] : []);
    return {
      x: sequences(features, alloc),
      targets: labelled.map(({ words }) => words.flat()),
      ...(labelled[0].alignment && { alignment: Int32Array.from(alignments) }),
      words: labelled.map(({ words }) => words),
      spans: labelled.map(({ spans }) => spans),
      speakers: chosen.map(({ voice }) => voice),
    };
  };
  return {
    sequences: all.length,
    sentences: all,
    batch(rng: RandomState, B, alloc) {
      requireBatchSize(B, mostValues);
      const chosen: VoicedSentence[] = [],
        features = new Map<number, ReturnType<FeatureMaker["plain"]>>();
      for (let b = 0; b < B; b++) {
        const one = all[rng.randint(0, all.length)];
        chosen.push(one);
        features.set(b, varied ? maker.varied(one.sentence, rng) : maker.plain(one.sentence));
      }
      let b = 0;
      return batchOf(chosen, () => features.get(b++)!, alloc);
    },
    take(places) {
      const chosen = places.map((place) => {
        const one = all[place];
        if (one !== undefined) return one;
        throw new RangeError(
          `Cannot take a sentence as its place must be a whole number below ${all.length}: ` +
            `current value is ${place}`,
        );
      });
      requireBatchSize(chosen.length, mostValues);
      return batchOf(chosen, (sentence) => maker.plain(sentence));
    },
  };
}
