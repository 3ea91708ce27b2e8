import { ctcTopology, statePaths } from "../../alignment/mod.ts";
import { type LabelledBatch, letterCorpus, lettersText, textLabels } from "../../corpora/mod.ts";
import { fullSumLattice } from "../../criteria/mod.ts";
import { logAdd } from "../../decoding/mod.ts";
import {
  type KeyedRun,
  type ReadableStore,
  readSweep,
  readWeights,
  seedsOf,
} from "../../experiments/mod.ts";
import {
  characterErrorRate,
  type EditCounts,
  type ErrorRate,
  wordErrorRate,
} from "../../metrics/mod.ts";
import { type Matrix, RandomState } from "../../numeric/mod.ts";
import { type DecodeOptions, requireAble } from "../../systems/mod.ts";
import { readModel, streams, type TrainedModel } from "../../training/mod.ts";
import { errorByLetter } from "./by_letter.ts";
import {
  corpora,
  experiment,
  type Reader,
  readerNames,
  type Sounds,
  sweep,
  WIDTH,
} from "./sweep.ts";
import { languageModels } from "./words.ts";

/** Ways to read what a network says. */
export const decoderNames = ["greedy", "beam", "lexicon", "bigram"] as const;

/** One of {@linkcode decoderNames}. */
export type DecoderName = typeof decoderNames[number];

/** Held-out texts that every decoder reads. */
const SEARCHED = 48;
/** Weight of the language models, chosen with the other settings. */
export const LM_WEIGHT = 1;
/** Where the sounds of "hi" come from: an offset from the seed. */
const SAID = 5_000_000;

/** What one decoder read at every seed. */
export interface Decoded {
  /** [seeds] character error rate */
  readonly cer: readonly number[];
  /** [seeds] word error rate */
  readonly wer: readonly number[];
  /** Edits of words, all seeds together. */
  readonly edits: EditCounts;
}

/** The forward lattice of a text, drawn and summed up. */
export interface Lattice {
  readonly states: readonly string[];
  /** [T, S] nats */
  readonly logAlpha: Matrix;
  /** log p(text | x), from α's last frame, and of every path one by one, nats */
  readonly logProb: number;
  readonly enumerated: number;
  readonly paths: number;
}

/** Figures one per seed; rates are shares. */
export interface Results {
  /** Character and word error rate of greedy decoding after the last step, of all readers. */
  readonly errors: Readonly<Record<Reader, { cer: readonly number[]; wer: readonly number[] }>>;
  /** Least character error rate of who is told where letters are and judges each by its own sound. */
  readonly byLetter: Readonly<Record<Sounds, readonly number[]>>;
  /** What decoders make of the first reader, on fewer texts. */
  readonly decoded: Readonly<Record<DecoderName, Decoded>>;
  readonly lattice: Lattice;
}

/**
 * Reads the study's results from the store of `results/`, and searches with its models.
 *
 * @throws {MissingRunError} If a run or its weights are not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const models = await modelsOf(store);
  return {
    errors: errorsOf(await readSweep(store, "reading-text", sweep)),
    byLetter: byLetter(),
    decoded: decodedBy(models),
    lattice: latticeOf(models[0], "hi"),
  };
}

/** The first reader's models, seed by seed. */
export async function modelsOf(store: ReadableStore): Promise<TrainedModel[]> {
  const place = store.within("beyond-ctc");
  return await Promise.all(
    seedsOf(sweep).map(async (seed) =>
      readModel(await readWeights(place, experiment("deep speech", seed), "sweep reading-text"))
    ),
  );
}

/** The last evaluation of every training, by reader and seed. */
export function errorsOf(
  runs: readonly KeyedRun<{ reader: Reader; seed: number }>[],
): Results["errors"] {
  return Object.fromEntries(
    readerNames.map((name) => {
      const last = runs.filter(({ key }) => key.reader === name)
        .map(({ run }) => run.rows.at(-1)!.errors![0]);
      return [name, { cer: last.map(({ per }) => per), wer: last.map(({ words }) => words!.wer) }];
    }),
  ) as unknown as Results["errors"];
}

function byLetter(): Results["byLetter"] {
  return Object.fromEntries(
    Object.entries(corpora).map(([name, { kind: _, ...options }]) => {
      return [name, seedsOf(sweep).map((seed) => errorByLetter(options, seed))];
    }),
  ) as unknown as Results["byLetter"];
}

/** Held-out texts of a model. */
export function heldOut(
  { data, experiment: { seed } }: TrainedModel,
  texts: number,
): LabelledBatch {
  return data.test.batch(new RandomState(seed + streams.evaluation), texts);
}

/** How each decoder searches, at a seed. */
export function searches(seed: number): Readonly<Record<DecoderName, DecodeOptions>> {
  const { lexicon, bigram } = languageModels(seed), lmWeight = LM_WEIGHT;
  return {
    greedy: {},
    beam: { beamWidth: WIDTH },
    lexicon: { beamWidth: WIDTH, lm: lexicon, lmWeight },
    bigram: { beamWidth: WIDTH, lm: bigram, lmWeight },
  };
}

/** Every text of a batch as a decoder reads it. */
export function textsOf(
  { system, params }: TrainedModel,
  { x }: Pick<LabelledBatch, "x">,
  options: DecodeOptions,
): string[] {
  return system.decode(params, x, options).sequences.map(({ labels }) => lettersText(labels));
}

/** What every decoder makes of the models. */
export function decodedBy(
  models: readonly TrainedModel[],
  texts: number = SEARCHED,
): Results["decoded"] {
  const found = models.map((model) => {
    const batch = heldOut(model, texts), said = batch.targets.map(lettersText);
    const { seed } = model.experiment;
    return Object.entries(searches(seed)).map(([name, options]) => {
      const read = textsOf(model, batch, options);
      return { name, cer: characterErrorRate(read, said), wer: wordErrorRate(read, said) };
    });
  });
  return Object.fromEntries(decoderNames.map((name, n) => {
    const of = found.map((decoders) => decoders[n]);
    const sum = (edit: keyof EditCounts) => of.reduce((all, { wer }) => all + wer[edit], 0);
    const rates = (of: readonly ErrorRate[]) => of.map(({ rate }) => rate);
    return [name, {
      cer: rates(of.map(({ cer }) => cer)),
      wer: rates(of.map(({ wer }) => wer)),
      edits: {
        substitutions: sum("substitutions"),
        insertions: sum("insertions"),
        deletions: sum("deletions"),
      },
    }];
  })) as unknown as Results["decoded"];
}

/** α of a short text as a model hears it said, and the sum over its paths, one by one. */
export function latticeOf(
  { system, params, experiment: { seed, corpus } }: TrainedModel,
  text: string,
): Lattice {
  if (corpus.kind !== "letters") {
    throw new RangeError(
      `Cannot say a text as the corpus must be of letters: it is ${corpus.kind}`,
    );
  }
  const { kind: _, ...options } = corpus;
  const { x } = letterCorpus(seed, options).say(new RandomState(seed + SAID), text);
  const { frames } = requireAble("Cannot draw α", system, "posterior").posterior(params, x);
  const topology = ctcTopology(textLabels(text));
  const { logAlpha } = fullSumLattice(frames, topology), { data: alpha } = logAlpha;
  let sum = 0, paths = 0;
  for (const path of statePaths(topology, frames.rows)) {
    let logProb = 0;
    path.forEach((state, t) => logProb += frames.data[t * frames.cols + topology.labels[state]]);
    sum += Math.exp(logProb);
    paths++;
  }
  return {
    states: [...topology.labels].map((label) => label === 0 ? "ε" : lettersText([label])),
    logAlpha,
    logProb: logAdd(alpha[alpha.length - 2], alpha[alpha.length - 1]),
    enumerated: Math.log(sum),
    paths,
  };
}
