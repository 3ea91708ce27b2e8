import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { greedyDecode, perplexity, prefixBeamSearch, trainNgram } from "lib/decoding/mod.ts";
import {
  beamDecoder,
  beamErrors,
  bestFusion,
  corpusTrigram,
  decodeBatch,
  decodesAsCtc,
  decodingErrorRate,
  decodingSet,
  fusionBonuses,
  fusionErrors,
  fusionGain,
  fusionWeights,
  greedyDecoder,
  heldOutBatch,
  Training,
} from "lib/experiments/mod.ts";
import { labelErrorRate } from "lib/metrics/mod.ts";
import { RandomState, sequenceAt } from "lib/numeric/mod.ts";
import { smallExperiment } from "../support/experiments.ts";

/** A model that is not quite untrained, on a corpus whose labels follow one another. */
function halfTrained(): Training {
  const corpus = { kind: "phonemes", noise: 0.4, phonotactics: 2 } as const;
  const training = new Training(smallExperiment({ corpus, model: { kind: "lstm", hidden: 6 } }));
  for (let step = 0; step < 40; step++) training.step();
  return training;
}

const training = halfTrained();
const set = decodingSet(training, 5, { labellings: 500 });

Deno.test("a decoding set is the model's held-out batch, posteriors and targets", () => {
  const { batch, logProbs } = heldOutBatch(training, 5);
  assertEquals(set.targets, batch.targets);
  assertEquals(
    set.posteriors.map((m) => m.data),
    batch.targets.map((_, b) => sequenceAt(logProbs, b).data),
  );
});

Deno.test("a decoding set may be apart, or labelled by another chain in the same sounds", () => {
  const apart = decodingSet(training, 5, { labellings: 500, apart: true });
  assertEquals([apart.targets.length, apart.lm.ngrams], [5, set.lm.ngrams]);
  assert(JSON.stringify(apart.targets) !== JSON.stringify(set.targets));
  const same = decodingSet(training, 5, { labellings: 500, contrast: 2 });
  assertEquals(same.posteriors, set.posteriors);
  const [sharp, flat] = [8, 0].map((contrast) => {
    const { lm, targets } = decodingSet(training, 50, { labellings: 500, contrast });
    return perplexity(lm, targets);
  });
  assert(sharp < 3 && flat > 6);
  const words = new Training(smallExperiment({ corpus: { kind: "words" } }));
  assertThrows(() => decodingSet(words, 1, { contrast: 1 }), RangeError, 'it is "words"');
});

Deno.test("the gain of a language model is what the best pair of the tuning sets gives", () => {
  const tuning = decodingSet(training, 5, { labellings: 500, apart: true });
  const { lmWeight, insertionBonus, perplexity: p, alone, fused } = fusionGain([tuning], [set], 4);
  const grid = fusionErrors([tuning], fusionWeights, fusionBonuses, 2);
  assertEquals(bestFusion(grid), { lmWeight, insertionBonus });
  const at = [fusionBonuses.indexOf(insertionBonus), fusionWeights.indexOf(lmWeight)];
  assertEquals(grid[at[0]][at[1]], Math.min(...grid.flat()));
  assertEquals(p, [perplexity(set.lm, set.targets)]);
  assertEquals(alone, [decodingErrorRate(set, beamDecoder({ beamWidth: 4 }))]);
  const beam = beamDecoder({ beamWidth: 4, lm: set.lm, lmWeight, insertionBonus });
  assertEquals(fused, [decodingErrorRate(set, beam)]);
});

Deno.test("the corpus's trigram model knows what follows what, and is the same each time", () => {
  const lm = corpusTrigram(training, 2000);
  const { targets } = training.corpus.batch(new RandomState(99), 200);
  assert(perplexity(lm, targets) < 0.8 * training.corpus.labels, "no better than a guess");
  assertEquals(corpusTrigram(training, 2000).ngrams, lm.ngrams);
});

Deno.test("a beam of one width costs as many prefixes as it looks at", () => {
  const decoded = set.posteriors.map((p) => prefixBeamSearch(p, { beamWidth: 3 })[0].labels);
  const { per, prefixes } = beamErrors(set, 3);
  assertEquals(per, labelErrorRate(decoded, set.targets));
  assert(prefixes > beamErrors(set, 1).prefixes);
  assertEquals(
    decodingErrorRate(set, greedyDecoder),
    labelErrorRate(set.posteriors.map((p) => greedyDecode(p)), set.targets),
  );
});

Deno.test("the fusion grid holds the beam alone where weight and bonus are 0", () => {
  const beamWidth = 4;
  const [[alone, fused], [rewarded]] = fusionErrors([set, set], [0, 0.5], [0, 1], beamWidth);
  assertAlmostEquals(alone, decodingErrorRate(set, beamDecoder({ beamWidth })), 1e-12);
  const options = { beamWidth, lm: set.lm, lmWeight: 0.5 };
  assertAlmostEquals(fused, decodingErrorRate(set, beamDecoder(options)), 1e-12);
  const bonus = { beamWidth, insertionBonus: 1 };
  assertAlmostEquals(rewarded, decodingErrorRate(set, beamDecoder(bonus)), 1e-12);
});

Deno.test("decoded labels have their errors, and spans in their order inside the sequence", () => {
  const held = heldOutBatch(training, 5);
  for (const options of [{}, { beamWidth: 8 }, { beamWidth: 8, lm: set.lm, insertionBonus: 1 }]) {
    decodeBatch(held, options).forEach(({ target, labels, errors, spans }, b) => {
      assertEquals(target, held.batch.targets[b]);
      assertEquals(errors, Math.round(labelErrorRate([labels], [target]) * target.length));
      assertEquals(spans.map(({ label }) => label), labels);
      const ends = [0, ...spans.flatMap(({ start, end }) => [start, end])];
      assertEquals(ends, ends.toSorted((x, y) => x - y));
      assert(ends.at(-1)! <= set.posteriors[b].rows);
    });
  }
  assertThrows(() => decodeBatch(held, { beamWidth: 0 }), RangeError, "beamWidth");
});

Deno.test("models trained with the HMM topology are not decoded as CTC's", () => {
  assertEquals(decodesAsCtc(training), true);
  const criterion = { kind: "full-sum", topology: "hmm" } as const;
  assertEquals(decodesAsCtc({ experiment: smallExperiment({ criterion }) }), false);
});

Deno.test("corpusTrigram() learns from 2000 labellings of a stream of its own", () => {
  const { corpus, experiment: { seed } } = training;
  const { targets } = corpus.batch(new RandomState(seed + 3000003), 2000);
  const lm = trainNgram(targets, { labels: corpus.labels, order: 3 });
  assertEquals(corpusTrigram(training).ngrams, lm.ngrams);
  assertEquals(
    corpusTrigram(training, 20).ngrams,
    trainNgram(targets.slice(0, 20), { labels: corpus.labels, order: 3 }).ngrams,
  );
});
