/**
 * What a decoder asks of a language model: a state for what has been said, and the log-probability
 * of what is said next. A state is a plain value; scoring leaves it as it was, so that many
 * hypotheses share one model.
 */
export interface LanguageModel<State = unknown> {
  /** Number of labels K that it knows, blank included; blank itself is never scored. */
  readonly labels: number;
  /** The state before the first label. */
  start(): State;
  /** log p(label | state), nats, and the state after the label. */
  next(state: State, label: number): { logProb: number; state: State };
  /** log p(end | state), nats; 0 for a model that does not score ends. */
  end(state: State): number;
}

/** A language model and what its log-probabilities are multiplied by. */
export interface WeightedModel {
  /** The model. */
  readonly lm: LanguageModel;
  /** What its log-probabilities are multiplied by. */
  readonly weight: number;
}

/**
 * Several language models as one, Σ weight · log p: an n-gram model and a hotword boost, say. What
 * one of them holds impossible is so for all, also where its weight is negative, unless it is 0.
 *
 * @throws {RangeError} If there is no model, they differ in their number of labels, or a weight is
 * not finite; while scoring, if a log-probability is NaN or +Infinity.
 *
 * @example
 * ```ts
 * import { combineModels, hotwords } from "lib/decoding/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const a = hotwords([[1, 2]], { labels: 3, bonus: 1 });
 * const b = hotwords([[1]], { labels: 3, bonus: 1 });
 * const both = combineModels({ lm: a, weight: 1 }, { lm: b, weight: 10 });
 * assertEquals(both.next(both.start(), 1).logProb, 11);
 * ```
 */
export function combineModels(...models: readonly WeightedModel[]): LanguageModel<unknown[]> {
  if (models.length === 0) {
    throw new RangeError("Cannot combine language models as there must be at least 1");
  }
  const { labels } = models[0].lm;
  models.forEach(({ lm, weight }, n) => {
    if (lm.labels !== labels) {
      throw new RangeError(
        `Cannot combine language models as all must know ${labels} labels, like model 0: ` +
          `model ${n} knows ${lm.labels}`,
      );
    }
    if (!Number.isFinite(weight)) {
      throw new RangeError(
        `Cannot combine language models as weights must be finite: that of model ${n} is ${weight}`,
      );
    }
  });
  return {
    labels,
    start: () => models.map(({ lm }) => lm.start()),
    next(states, label) {
      let logProb = 0;
      const after = models.map(({ lm, weight }, n) => {
        const step = lm.next(states[n], label);
        logProb += weighted(weight, step.logProb);
        return step.state;
      });
      return { logProb, state: after };
    },
    end: (states) =>
      models.reduce((sum, { lm, weight }, n) => sum + weighted(weight, lm.end(states[n])), 0),
  };
}

/**
 * weight · logProb, where what is impossible (-Infinity) stays so, also where the weight is
 * negative; a weight of 0 leaves it out of account.
 *
 * @throws {RangeError} If the log-probability or the product is NaN or +Infinity.
 */
export function weighted(weight: number, logProb: number): number {
  const product = weight === 0 ? 0 : logProb === -Infinity ? logProb : weight * logProb;
  if (logProb < Infinity && product < Infinity) return product;
  throw new RangeError(
    `Cannot weigh a log-probability of a language model as it must be below Infinity, also times ` +
      `its weight: ${logProb} times ${weight}`,
  );
}

/**
 * The log-probability of a whole labelling, its end included:
 * log p(end | a₁ … a_L) + Σᵢ log p(aᵢ | a₁ … aᵢ₋₁), nats.
 *
 * @param labels Labels that the model knows, without blanks.
 */
export function logProbability(lm: LanguageModel, labels: readonly number[]): number {
  let state = lm.start();
  let sum = 0;
  for (const label of labels) {
    const step = lm.next(state, label);
    sum += step.logProb;
    state = step.state;
  }
  return sum + lm.end(state);
}

/**
 * The perplexity of a model on labellings: exp of minus the mean log-probability of a label, where
 * each end counts as one label.
 *
 * perplexity = exp(-Σ log p(labelling) / Σ (L + 1))
 *
 * @throws {RangeError} If there are no labellings.
 *
 * Source: Jelinek et al. 1977, "Perplexity: a measure of the difficulty of speech recognition tasks".
 *
 * @example
 * ```ts
 * import { perplexity, trainNgram } from "lib/decoding/mod.ts";
 * import { assertLess } from "@std/assert";
 *
 * const lm = trainNgram([[1, 2], [1, 2], [1, 2, 1, 2]], { labels: 4, order: 2 });
 * assertLess(perplexity(lm, [[1, 2]]), perplexity(lm, [[2, 1]]));
 * ```
 */
export function perplexity(lm: LanguageModel, labellings: readonly (readonly number[])[]): number {
  if (labellings.length === 0) {
    throw new RangeError("Cannot compute a perplexity as there must be at least one labelling");
  }
  const logProb = labellings.reduce((sum, labels) => sum + logProbability(lm, labels), 0);
  return Math.exp(-logProb / labellings.reduce((sum, labels) => sum + labels.length + 1, 0));
}
