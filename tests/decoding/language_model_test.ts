import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  combineModels,
  hotwords,
  type LanguageModel,
  logAdd,
  logProbability,
  perplexity,
  prefixBeamSearch,
  trainNgram,
} from "lib/decoding/mod.ts";
import { weighted } from "lib/decoding/language_model.ts";
import { randomLogProbs } from "../support/labellings.ts";

const ngram = trainNgram([[1, 2, 3], [2, 3, 1], [1, 1]], { labels: 4, order: 2 });
const boost = hotwords([[3, 1]], { labels: 4, bonus: 1 });

/** Every label and the end equally likely. */
const uniform: LanguageModel = {
  labels: 4,
  start: () => undefined,
  next: (state) => ({ logProb: -Math.log(4), state }),
  end: () => -Math.log(4),
};

Deno.test("logAdd() is the log of a sum, from either side, impossible terms included", () => {
  assertAlmostEquals(logAdd(Math.log(2), Math.log(3)), Math.log(5));
  assertEquals(logAdd(-1000, -1), logAdd(-1, -1000));
  assertAlmostEquals(logAdd(-1000, -1000), -1000 + Math.LN2);
  assertEquals(logAdd(-Infinity, -Infinity), -Infinity);
});

Deno.test("a labelling's log-probability counts its end; that of nothing is the end alone", () => {
  assertAlmostEquals(logProbability(uniform, [1, 2, 3]), -4 * Math.log(4));
  assertAlmostEquals(logProbability(uniform, []), -Math.log(4));
});

Deno.test("the perplexity of a uniform model is the number of its choices", () => {
  assertAlmostEquals(perplexity(uniform, [[1, 2], [], [3]]), 4);
  assertThrows(() => perplexity(uniform, []), RangeError, "at least one labelling");
});

Deno.test("combineModels() adds weighted scores, ends included", () => {
  const both = combineModels({ lm: ngram, weight: 0.5 }, { lm: boost, weight: 2 });
  for (const labels of [[], [3, 1], [3], [1, 2, 3, 1, 1]]) {
    assertAlmostEquals(
      logProbability(both, labels),
      0.5 * logProbability(ngram, labels) + 2 * logProbability(boost, labels),
      1e-12,
    );
  }
  const [best] = prefixBeamSearch(randomLogProbs(1, 5, 4), { beamWidth: 20, lm: both });
  assertAlmostEquals(best.languageModel, logProbability(both, best.labels), 1e-12);
});

Deno.test("combineModels() refuses models that do not belong together", () => {
  assertThrows(() => combineModels(), RangeError, "there must be at least 1");
  assertThrows(
    () =>
      combineModels(
        { lm: ngram, weight: 1 },
        { lm: hotwords([[1]], { labels: 7, bonus: 1 }), weight: 1 },
      ),
    RangeError,
    "all must know 4 labels, like model 0: model 1 knows 7",
  );
  assertThrows(
    () => combineModels({ lm: ngram, weight: NaN }),
    RangeError,
    "weights must be finite: that of model 0 is NaN",
  );
});

Deno.test("weighted() refuses what is no log-probability, whatever its weight makes of it", () => {
  for (const [weight, logProb] of [[1, NaN], [0, Infinity], [-1, Infinity], [-2, -1e308]]) {
    assertThrows(() => weighted(weight, logProb), RangeError, `${logProb} times ${weight}`);
  }
  assertEquals([weighted(-1, -Infinity), weighted(0, -Infinity)], [-Infinity, 0]);
  assertEquals([weighted(-0.5, -3), weighted(2, -3)], [1.5, -6]);
});
