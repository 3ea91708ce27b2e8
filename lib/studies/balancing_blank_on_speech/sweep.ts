import { labelNames } from "../../corpora/voices/options.ts";
import { speechOptimizer, type Sweep } from "../../experiments/mod.ts";
import {
  type AlignmentOptions,
  type EvaluationGrid,
  type Experiment,
  type FullSumCriterion,
  type GradientWay,
  streams,
} from "../../training/mod.ts";
import { methods as published } from "../balancing_blank/sweep.ts";
import { allVoices, evaluationsEvery } from "../speech_setup/mod.ts";

/** What a label stands for, from many labels of a sentence to few. */
export const units = ["letters", "phones", "words"] as const;

/** One of {@linkcode units}. */
export type Unit = typeof units[number];

/** The methods that every unit is trained with. */
export const mainMethods = ["baseline", "normalised, batch", "separated blank"] as const;

/** The others, which words alone are trained with: they are what comes closest to 10,000 subwords. */
export const otherMethods = [
  "normalised, batch, from 0.1",
  "normalised, sequence",
  "blank from 1/K",
] as const;

/** What a method changes of the criterion, as in notebook 17; "blank from 1/K" changes the start alone. */
const balances = {
  ...published,
  "blank from 1/K": {},
} satisfies Record<Method, Balance & { blankBias?: number }>;

type Balance = Pick<FullSumCriterion, "normalizedGradient" | "separatedBlank">;

/** How blank is balanced. */
export type Method = typeof mainMethods[number] | typeof otherMethods[number];

/** What a unit is trained with. */
export function methodsOf(unit: Unit): readonly Method[] {
  return unit === "words" ? [...mainMethods, ...otherMethods] : mainMethods;
}

/** Which training. */
export interface Key {
  readonly [key: string]: unknown;
  readonly unit: Unit;
  readonly method: Method;
  readonly seed: number;
}

/**
 * Words of every open class: 122 in all, each of them heard some thirty times. Of a thousand words
 * heard five times, a model of words learned next to nothing on seed 100.
 */
export const VOCABULARY = 7;
/** Steps of every training: seven times each of 450 sentences, on average. */
export const ITERS = 400;
/** Steps between evaluations under way. */
export const EVERY = 100;

/**
 * The setting against blank that all models are aligned with, as the paper has one for all of its own:
 * on seed 100 the best for words, and within a twentieth of the best for phones.
 */
export const againstBlank = { blankShift: -6, priorScale: 1 } as const;

/** Table 14's grid: every shift with every prior scale; shifts are smaller than the paper's. */
export const grid = [0, 0.5, 1, 1.5, 2].flatMap((priorScale) =>
  [0, -2, -4, -6, -9].map((blankShift): AlignmentOptions => ({
    ...blankShift !== 0 && { blankShift },
    ...priorScale !== 0 && { priorScale },
  }))
);

/** Alignments by force beside which gradients stand: as the model is, and against blank. */
const byForce: readonly AlignmentOptions[] = [{}, againstBlank];

/**
 * How models are aligned by gradients, as in Table 5: with the prior, but where blank is separated.
 * The baseline, but of letters, is also aligned as in Table 16: without the prior, with and without
 * the gradient of blank's logit.
 */
export function gradientWays(unit: Unit, method: Method): readonly GradientWay[] {
  if (!(mainMethods as readonly Method[]).includes(method)) return [];
  const both = (options: Omit<GradientWay, "method">): GradientWay[] => [
    { method: "grad-score", ...options },
    { method: "grad-score-ext", ...options },
  ];
  if (method === "separated blank") return both({});
  const published = both({ priorScale: 1 });
  return method === "baseline" && unit !== "letters"
    ? [...published, ...both({}), ...both({ maskBlank: false })]
    : published;
}

/** Sentences that are aligned by gradients, three of each voice: a pass back for every label. */
export const SENTENCES = 9;

/**
 * BLSTM with CTC on three voices, frames of 40 ms, where a label is a phone, a letter or a word.
 *
 * It is measured under way; at the end known voices and the unseen one are aligned by force, and some
 * sentences of known voices by force and by gradients.
 */
export function experiment({ unit, method, seed }: Key): Experiment {
  const others = labelNames(unit, VOCABULARY).length - 1;
  const { separatedBlank = false, ...balance }: Balance = balances[method];
  // A separated blank starts at 1/2; a softmax does if blank is as likely as all others together.
  const biased = !separatedBlank && method !== "blank from 1/K";
  const timing = { at: method === "baseline" ? grid : byForce };
  const [known, unseen] = evaluationsEvery(ITERS, {
    // Letters have no places of their own to tell blank from silence by.
    ...unit !== "letters" && { blanks: true },
    timing,
  });
  return {
    name: `balancing-blank-on-speech-${unit}-${method.replace(/[ ,./]+/g, "-")}-seed${seed}`,
    seed,
    corpus: {
      kind: "voices",
      train: allVoices.filter((voice) => voice !== "awb"),
      stack: 4,
      sentences: 150,
      vocabulary: VOCABULARY,
      labels: unit,
    },
    model: { kind: "blstm", hidden: 48, ...biased && { blankBias: Math.log(others) } },
    criterion: { kind: "full-sum", ...separatedBlank && { separatedBlank }, ...balance },
    optimizer: { ...speechOptimizer, lr: 0.015 },
    batch: 8,
    iters: ITERS,
    precision: "single",
    evaluations: [
      { every: EVERY, sequences: 60, split: "dev", stream: streams.evaluation },
      { ...known, sequences: 60 },
      { ...unseen, sequences: 40 },
      ...gradientGrid(unit, method),
    ],
  };
}

function gradientGrid(unit: Unit, method: Method): EvaluationGrid[] {
  const gradients = gradientWays(unit, method);
  if (gradients.length === 0) return [];
  return [{
    every: ITERS,
    sequences: SENTENCES,
    split: "dev",
    stream: streams.evaluation,
    timing: { at: byForce, gradients },
  }];
}

/** Every unit with its methods; one model of words is kept for notebooks to listen with. */
export const sweep: Sweep<Key> = {
  about:
    "Blank balanced on speech, where labels are letters, phones or words; aligned in all ways.",
  file: "speech",
  seeds: 5,
  entries: (seeds) =>
    seeds.flatMap((seed) =>
      units.flatMap((unit) =>
        methodsOf(unit).map((method) => {
          const key: Key = { unit, method, seed };
          return {
            key,
            experiment: experiment(key),
            keepsWeights: unit === "words" && method === "baseline" && seed === 0,
          };
        })
      )
    ),
};
