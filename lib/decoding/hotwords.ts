import { requireLabel } from "../numeric/mod.ts";
import type { LanguageModel } from "./language_model.ts";

/** How {@link hotwords} pays. */
export interface HotwordOptions {
  /** Number of labels K, blank included. */
  labels: number;
  /** Paid per label of a phrase, nats; may be negative, to avoid phrases. */
  bonus: number;
}

/** A place in the phrases: everything matched so far is a path from the root. */
interface Match {
  readonly children: Map<number, Match>;
  /** The longest proper suffix of this match that also starts a phrase. */
  fallback: Match | undefined;
  /** Paid ahead for the labels since the last complete phrase on the path, taken back if it breaks. */
  advance: number;
  /** Paid for good on arrival, for all phrases that end here. */
  earned: number;
}

/**
 * A boost for given phrases, as a language model: every occurrence of a phrase earns `bonus` per
 * label. The bonus is paid label by label while a phrase is being matched, so that a beam keeps it
 * alive, and what was paid is taken back when the match breaks off or the labelling ends. The total
 * over a labelling is therefore exactly bonus · Σ (length of each occurrence).
 *
 * pay(m → n) = advance(n) - advance(m) + earned(n);  end(m) = -advance(m)
 *
 * @param phrases Labellings, each at least one label long; twice the same counts once.
 * @throws {RangeError} If there is no phrase, a phrase is empty, `labels` is not a whole number >= 1,
 * a label is not a whole number below it, or the bonus of a whole phrase is not finite.
 *
 * @example
 * ```ts
 * import { hotwords, logProbability } from "lib/decoding/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const lm = hotwords([[1, 2, 3]], { labels: 5, bonus: 0.5 });
 * assertEquals(logProbability(lm, [4, 1, 2, 3]), 1.5);
 * assertEquals(logProbability(lm, [1, 2, 4]), 0); // paid 1, refunded 1
 * ```
 *
 * Source: Aho & Corasick 1975, "Efficient string matching"; Zhao et al. 2019, "Shallow-fusion
 * end-to-end contextual biasing", section 3.1, for the refund.
 */
export function hotwords(
  phrases: readonly (readonly number[])[],
  { labels, bonus }: HotwordOptions,
): LanguageModel {
  requirePhrases(phrases, labels, bonus);
  const root = buildMatches(phrases, bonus);
  return {
    labels,
    start: () => root,
    next(state: Match, label) {
      requireLabel("score a label", "it", label, labels);
      let from: Match | undefined = state;
      while (from !== undefined && !from.children.has(label)) from = from.fallback;
      const after = from?.children.get(label) ?? root;
      return { logProb: after.advance - state.advance + after.earned, state: after };
    },
    end: (state: Match) => state.advance === 0 ? 0 : -state.advance,
  };
}

/** The Aho–Corasick automaton of the phrases: its root. */
function buildMatches(phrases: readonly (readonly number[])[], bonus: number): Match {
  const fresh = (): Match => ({ children: new Map(), fallback: undefined, advance: 0, earned: 0 });
  const root = fresh();
  const ends = new Map<Match, number>();
  for (const phrase of phrases) {
    let at = root;
    for (const label of phrase) {
      if (!at.children.has(label)) at.children.set(label, fresh());
      at = at.children.get(label)!;
    }
    ends.set(at, phrase.length);
  }
  // Breadth first, so that the fallback of a match is complete before the match itself.
  const queue = [root];
  for (const parent of queue) {
    for (const [label, match] of parent.children) {
      let from = parent.fallback;
      while (from !== undefined && !from.children.has(label)) from = from.fallback;
      match.fallback = from?.children.get(label) ?? root;
      match.earned = (ends.get(match) ?? 0) * bonus + match.fallback.earned;
      match.advance = ends.has(match) ? 0 : parent.advance + bonus;
      if (!Number.isFinite(match.earned - parent.advance)) {
        throw new RangeError(
          `Cannot boost hotwords as what a phrase earns must be finite: bonus is ${bonus}`,
        );
      }
      queue.push(match);
    }
  }
  return root;
}

function requirePhrases(
  phrases: readonly (readonly number[])[],
  labels: number,
  bonus: number,
): void {
  if (phrases.length === 0) {
    throw new RangeError("Cannot boost hotwords as there must be at least one phrase: there are 0");
  }
  if (!Number.isInteger(labels) || labels < 1) {
    throw new RangeError(
      `Cannot boost hotwords as labels must be a whole number >= 1: current value is ${labels}`,
    );
  }
  if (!Number.isFinite(bonus)) {
    throw new RangeError(
      `Cannot boost hotwords as bonus must be finite: current value is ${bonus}`,
    );
  }
  phrases.forEach((phrase, n) => {
    if (phrase.length === 0) {
      throw new RangeError(
        `Cannot boost hotwords as every phrase must have at least one label: phrase ${n} has 0`,
      );
    }
    for (const label of phrase) {
      if (!Number.isInteger(label) || label < 0 || label >= labels) {
        throw new RangeError(
          `Cannot boost hotwords as labels must be whole numbers below ${labels}: ` +
            `phrase ${n} has ${label}`,
        );
      }
    }
  });
}
