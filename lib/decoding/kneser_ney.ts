import { type Ngram, type NgramModel, ngramModel, sentenceEnd, sentenceStart } from "./ngram.ts";

/** How to train an n-gram model. */
export interface TrainNgramOptions {
  /** Number of labels K, blank included. */
  labels: number;
  /** The most labels that an n-gram has, up to 100; defaults to 3. */
  order?: number;
  /** Discount D of every order, between 0 and 1; defaults to n₁/(n₁ + 2n₂), order by order. */
  discount?: number;
  /** The blank label, which never occurs; defaults to 0. */
  blank?: number;
  /** [K] the word of every label, for ARPA files; defaults to its number. */
  words?: readonly string[];
}

/**
 * Trains an interpolated Kneser–Ney model on labellings, each between `<s>` and `</s>`.
 *
 * p(w | h) = max(c(h w) - D, 0) / Σᵥ c(h v) + γ(h) p(w | h without its first label)
 * γ(h) = D · #{v : c(h v) > 0} / Σᵥ c(h v)
 *
 * c counts occurrences for the longest n-grams and for those that start with `<s>`, and for all
 * others the different labels seen before them. Below the unigrams lies the uniform distribution
 * over all labels and `</s>`, so that every label is possible everywhere.
 *
 * @param labellings What was said, without blanks.
 * @returns A model with nothing pruned; its probabilities sum to 1 in every context.
 * @throws {RangeError} If there are no labellings, a label is out of range or blank, or an option
 * is.
 *
 * @example
 * ```ts
 * import { logProbability, trainNgram } from "lib/decoding/mod.ts";
 * import { assertGreater } from "@std/assert";
 *
 * const lm = trainNgram([[1, 2, 3], [1, 2, 3, 1, 2]], { labels: 4, order: 3 });
 * assertGreater(logProbability(lm, [1, 2]), logProbability(lm, [2, 1]));
 * ```
 *
 * Source: Kneser & Ney 1995; Chen & Goodman 1999, eqs. 17–21 (interpolated, one discount per
 * order).
 */
export function trainNgram(
  labellings: readonly (readonly number[])[],
  options: TrainNgramOptions,
): NgramModel {
  const { labels: K, order = 3, discount, blank = 0 } = options;
  requireSizes(K, order);
  const words = options.words ?? Array.from({ length: K }, (_, k) => k === blank ? "" : `${k}`);
  requireOptions(labellings, { ...options, blank, words });
  const start = K, end = K + 1;
  const name = (id: number) => id === start ? sentenceStart : id === end ? sentenceEnd : words[id];
  const counts = adjustedCounts(
    labellings.map((labels) => [start, ...labels, end]),
    order,
  );
  const vocabulary = words.flatMap((_, k) => k === blank ? [] : [k]).concat(end);
  // Unigrams are listed for the whole vocabulary, seen or not, and in the order of the labels.
  counts[0] = new Map(vocabulary.map((id) => [`${id}`, counts[0].get(`${id}`) ?? 0]));

  const probability = new Map<string, number>([["", 1 / vocabulary.length]]);
  const gammas: Map<string, number>[] = [];
  const listed: string[][] = [];
  for (const grams of counts) {
    const D = discount ?? discountOf(grams);
    const { total, kinds } = contextTotals(grams);
    const gamma = new Map([...total].map(([h, sum]) => [h, D * kinds.get(h)! / sum]));
    for (const [gram, count] of grams) {
      const h = contextOf(gram);
      const shorter = probability.get(suffixOf(gram))!;
      probability.set(gram, Math.max(count - D, 0) / total.get(h)! + gamma.get(h)! * shorter);
    }
    gammas.push(gamma);
    listed.push([...grams.keys()]);
  }
  const ngrams = listed.flatMap((grams, n): Ngram[] =>
    (n === 0 ? [`${start}`, ...grams] : grams).map((gram) => ({
      words: gram.split(" ").map((id) => name(Number(id))),
      // `<s>` is never predicted: log10 p = -99 by the custom of ARPA files.
      logProb: gram === `${start}`
        ? -99 * Math.LN10
        : Math.min(0, Math.log(probability.get(gram)!)),
      logBackoff: Math.log(gammas[n + 1]?.get(gram) ?? 1),
    }))
  );
  return ngramModel(ngrams, { words, blank });
}

/** One map per order, n-gram → c; n-grams are ids joined by blanks. */
function adjustedCounts(sentences: readonly number[][], order: number): Map<string, number>[] {
  const occurrences = Array.from({ length: order }, () => new Map<string, number>());
  for (const ids of sentences) {
    for (let n = 1; n <= order; n++) {
      for (let i = 0; i + n <= ids.length; i++) {
        const gram = ids.slice(i, i + n).join(" ");
        occurrences[n - 1].set(gram, (occurrences[n - 1].get(gram) ?? 0) + 1);
      }
    }
  }
  for (let n = 1; n < order; n++) {
    const before = new Map<string, number>();
    for (const longer of occurrences[n].keys()) {
      before.set(suffixOf(longer), (before.get(suffixOf(longer)) ?? 0) + 1);
    }
    for (const gram of occurrences[n - 1].keys()) {
      // Nothing comes before `<s>`, so that its n-grams keep their occurrences.
      if (before.has(gram)) occurrences[n - 1].set(gram, before.get(gram)!);
    }
  }
  return occurrences;
}

/** n₁/(n₁ + 2n₂), and 1/2 where too little is seen once or twice to tell. */
function discountOf(grams: ReadonlyMap<string, number>): number {
  let once = 0, twice = 0;
  for (const count of grams.values()) {
    if (count === 1) once++;
    if (count === 2) twice++;
  }
  return once === 0 || twice === 0 ? 0.5 : once / (once + 2 * twice);
}

/** Σᵥ c(h v) and #{v : c(h v) > 0} for every context h. */
function contextTotals(grams: ReadonlyMap<string, number>) {
  const total = new Map<string, number>(), kinds = new Map<string, number>();
  for (const [gram, count] of grams) {
    const h = contextOf(gram);
    total.set(h, (total.get(h) ?? 0) + count);
    kinds.set(h, (kinds.get(h) ?? 0) + (count > 0 ? 1 : 0));
  }
  return { total, kinds };
}

/** The n-gram without its last label. */
function contextOf(gram: string): string {
  return gram.slice(0, Math.max(0, gram.lastIndexOf(" ")));
}

/** The n-gram without its first label. */
function suffixOf(gram: string): string {
  const space = gram.indexOf(" ");
  return space < 0 ? "" : gram.slice(space + 1);
}

function requireSizes(labels: number, order: number): void {
  for (const [name, value, most] of [["labels", labels, 2 ** 24], ["order", order, 100]] as const) {
    if (Number.isInteger(value) && value >= 1 && value <= most) continue;
    throw new RangeError(
      `Cannot train an n-gram model as ${name} must be a whole number from 1 to ${most}: ` +
        `current value is ${value}`,
    );
  }
}

function requireOptions(
  labellings: readonly (readonly number[])[],
  options: TrainNgramOptions & { blank: number; words: readonly string[] },
): void {
  const { labels: K, discount, blank, words } = options;
  if (labellings.length === 0) {
    throw new RangeError("Cannot train an n-gram model as there must be at least one labelling");
  }
  if (discount !== undefined && !(discount > 0 && discount < 1)) {
    throw new RangeError(
      `Cannot train an n-gram model as discount must be between 0 and 1: ` +
        `current value is ${discount}`,
    );
  }
  const names = words.filter((_, k) => k !== blank);
  if (words.length !== K || new Set(names).size !== names.length) {
    throw new RangeError(
      `Cannot train an n-gram model as each of ${K} labels must have a word of its own: ` +
        `the words are ${JSON.stringify(words)}`,
    );
  }
  labellings.forEach((labels, n) => {
    for (const label of labels) {
      if (!Number.isInteger(label) || label < 0 || label >= K || label === blank) {
        throw new RangeError(
          `Cannot train an n-gram model as labels must be whole numbers below ${K} other than ` +
            `blank (${blank}): labelling ${n} has ${label}`,
        );
      }
    }
  });
}
