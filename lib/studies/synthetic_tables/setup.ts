import { wordCorpus } from "../../corpora/mod.ts";
import type { CriterionOptions, Experiment } from "../../training/mod.ts";
import type { PublishedRow, TableName } from "./published.ts";

/** What is trained on what, with which loss. */
export type Setup = Pick<Experiment, "corpus" | "model" | "criterion">;

/**
 * The factors of silence that we train with, in place of two of Table 13: those printed do not give
 * the share of silence that is printed beside them, these do, silence being rounded down.
 */
export const silenceFactors: Readonly<Record<number, number>> = { 14: 20, 50: 30 };

/**
 * The transition probabilities of Table 11: every step of speech costs the same, long silences cost
 * more than as much speech.
 *
 * The paper gives no values for the synthetic data. Those of its phonemes (section 7.1.2: speech
 * stays with 0.5, silence with 0.96) break the training here; the frequencies of the corpus, 0.5 and
 * 0.42, come close to giving all paths the same weight, with γ all but idle (the sweep `noisy-words`
 * has them). With 0.3 the share of silence falls as γ rises, as it does in the paper's rows.
 */
export const transitions = {
  speech: { loop: 0.5, forward: 0.5 },
  silence: { loop: 0.3, forward: 0.7 },
} as const;

/** What a row of a table trains. */
export function setupOf(table: TableName, row: PublishedRow): Setup {
  const noisy = table === "table-11" || table === "table-12";
  return {
    corpus: noisy ? noisyWords : cleanWord(row),
    model: noisy ? { kind: "blstm", hidden: row.units!, layers: 2 } : { kind: "ffnn" },
    criterion: criterionOf(row),
  };
}

/** One to three words, two frames per letter, 21 % silence, noise of 0.5: Tables 1, 11 and 12. */
export const noisyWords = {
  kind: "words",
  wordsPerSequence: [1, 3],
  framesPerLetter: [2, 2],
  silenceFactor: [0.3, 0.3],
  noise: 0.5,
} as const satisfies Experiment["corpus"];

/** One word, every letter and the silence of fixed length, no noise: Tables 10 and 13. */
function cleanWord({ frames, factor }: PublishedRow): Experiment["corpus"] {
  const ours = (silenceFactors[factor!] ?? factor!) / 100;
  return {
    kind: "words",
    wordsPerSequence: [1, 1],
    framesPerLetter: [frames!, frames!],
    silenceFactor: [ours, ours],
  };
}

function criterionOf(row: PublishedRow): CriterionOptions {
  const { alpha, beta = 0, gamma = 0, prior = "average", topology = "hmm" } = row;
  const kind = {
    "average": { kind: "sequence" },
    "average, in the gradient": { kind: "sequence", stopGradient: false },
    "static": { kind: "static" },
  } as const;
  return {
    kind: "full-sum",
    topology,
    posteriorScale: alpha,
    ...beta > 0 && { prior: { ...kind[prior], priorScale: beta } },
    ...gamma > 0 && { transitionScale: gamma, transitions },
  };
}

/** How a row is headed, in the paper's words. */
export function columnsOf(table: TableName, row: PublishedRow): Readonly<Record<string, string>> {
  const { alpha, beta = 0, gamma = 0, prior = "average", topology, units, frames, factor } = row;
  const scales = (digits: number) => ({ β: beta.toFixed(digits), α: alpha.toFixed(1) });
  switch (table) {
    case "table-10":
      return {
        prior: beta === 0 ? "none" : prior === "static" ? "static" : "posterior average",
        "stop-gradient": beta === 0 || prior === "static"
          ? "–"
          : prior === "average"
          ? "yes"
          : "no",
        ...scales(2),
      };
    case "table-11":
      return { α: alpha.toFixed(1), β: beta.toFixed(1), γ: gamma.toFixed(1) };
    case "table-12":
      return { units: String(units), topology: topology!.toUpperCase() };
    case "table-13":
      return {
        "frames per label": String(frames),
        "silence factor, %": factor! in silenceFactors
          ? `${factor} (ours ${silenceFactors[factor!]})`
          : String(factor),
        "silence, %": String(row.silence),
        ...scales(1),
      };
  }
}

/**
 * The share of silence in sequences of one word each, with as many frames for every letter, in
 * percent; silence is rounded down, word by word.
 *
 * @param frames Frames of a letter.
 * @param factor Frames of silence over frames of letters, %.
 */
export function shareOfSilence(frames: number, factor: number): number {
  const { words } = wordCorpus().options;
  const speech = words.map((word) => frames * word.length);
  const silence = speech.map((T) => Math.floor(factor * T / 100));
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return 100 * sum(silence) / (sum(silence) + sum(speech));
}
