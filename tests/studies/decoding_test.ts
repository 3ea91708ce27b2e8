import { assert, assertAlmostEquals, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { greedyDecode, perplexity, prefixBeamSearch, trainNgram } from "lib/decoding/mod.ts";
import {
  beamDecoder,
  heldOutBatch,
  runName,
  Training,
  writeUpExperiment,
} from "lib/experiments/mod.ts";
import { labelErrorRate } from "lib/metrics/mod.ts";
import { RandomState, sequenceAt } from "lib/numeric/mod.ts";
import {
  beamErrors,
  bestFusion,
  claims,
  CONTRAST,
  contrasts,
  corpusTrigram,
  decodingErrorRate,
  decodingSet,
  developmentSeeds,
  experiment,
  fusionBonuses,
  fusionErrors,
  fusionGain,
  fusionWeights,
  type Results,
  sweep,
  toyPaths,
  tuningSeeds,
} from "lib/studies/decoding/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";
import { smallExperiment } from "../support/experiments.ts";

/** What the stored models came to, rounded; computing it takes half a minute. Grids are cut. */
const found: Results = {
  toy: {
    greedy: "(nothing)",
    best: "a",
  },
  chosen: [
    {
      noise: 0.6,
      per: [0.0319, 0.1054],
    },
    {
      noise: 0.8,
      per: [0.0493, 0.2222],
    },
    {
      noise: 1,
      per: [0.1391, 0.3276],
    },
  ],
  likelier: [14.1, 35.2, 24.2, 30.5, 11.7],
  greedy: [0.0829, 0.2117, 0.1429, 0.1854, 0.0836],
  fusedByOwn: [0.06, 0.1518, 0.1319, 0.1358, 0.0735],
  gains: {
    heard: [
      {
        contrast: 4,
        lmWeight: 0.25,
        insertionBonus: 0,
        grid: [
          [0.2, 0.15],
          [0.25, 0.1],
        ],
        perplexity: [2.0876, 1.9211, 2.6723, 2.9111, 2.1737],
        alone: [0.05, 0.1182, 0.0646, 0.1226, 0.072],
        fused: [0.0429, 0.0949, 0.0618, 0.0978, 0.0605],
      },
      {
        contrast: 3,
        lmWeight: 0.25,
        insertionBonus: 0.5,
        grid: [
          [0.2, 0.15],
          [0.25, 0.1],
        ],
        perplexity: [2.4687, 2.4026, 3.3469, 3.2492, 2.6463],
        alone: [0.1186, 0.1212, 0.1044, 0.1285, 0.0879],
        fused: [0.1743, 0.108, 0.1154, 0.1139, 0.0793],
      },
      {
        contrast: 2,
        lmWeight: 0.5,
        insertionBonus: 1.5,
        grid: [
          [0.2, 0.15],
          [0.25, 0.1],
        ],
        perplexity: [3.2279, 3.2942, 4.1943, 3.8046, 3.4679],
        alone: [0.0614, 0.1708, 0.1223, 0.1504, 0.0648],
        fused: [0.0571, 0.1723, 0.1484, 0.1504, 0.062],
      },
      {
        contrast: 1,
        lmWeight: 0.25,
        insertionBonus: 0.5,
        grid: [
          [0.2, 0.15],
          [0.25, 0.1],
        ],
        perplexity: [5.061, 5.0925, 5.7858, 5.4395, 4.6691],
        alone: [0.1186, 0.1971, 0.1058, 0.1927, 0.1052],
        fused: [0.1114, 0.1766, 0.1085, 0.1752, 0.0994],
      },
    ],
    blind: [
      {
        contrast: 4,
        lmWeight: 1,
        insertionBonus: 1.5,
        grid: [
          [0.2, 0.15],
          [0.25, 0.1],
        ],
        perplexity: [2.0876, 1.9211, 2.6723, 2.9111, 2.1737],
        alone: [0.12, 0.1912, 0.1168, 0.1737, 0.1023],
        fused: [0.0714, 0.0584, 0.0481, 0.0803, 0.0274],
      },
      {
        contrast: 3,
        lmWeight: 1,
        insertionBonus: 1.5,
        grid: [
          [0.2, 0.15],
          [0.25, 0.1],
        ],
        perplexity: [2.4687, 2.4026, 3.3469, 3.2492, 2.6463],
        alone: [0.1314, 0.1796, 0.1181, 0.1883, 0.1095],
        fused: [0.0871, 0.0715, 0.0659, 0.1022, 0.0403],
      },
      {
        contrast: 2,
        lmWeight: 1,
        insertionBonus: 2,
        grid: [
          [0.2, 0.15],
          [0.25, 0.1],
        ],
        perplexity: [3.2279, 3.2942, 4.1943, 3.8046, 3.4679],
        alone: [0.1243, 0.1869, 0.1058, 0.181, 0.1239],
        fused: [0.0929, 0.1212, 0.0769, 0.092, 0.0677],
      },
      {
        contrast: 1,
        lmWeight: 0.75,
        insertionBonus: 1.5,
        grid: [
          [0.2, 0.15],
          [0.25, 0.1],
        ],
        perplexity: [5.061, 5.0925, 5.7858, 5.4395, 4.6691],
        alone: [0.15, 0.1664, 0.103, 0.1825, 0.1153],
        fused: [0.1243, 0.1285, 0.1003, 0.1606, 0.072],
      },
    ],
  },
  greedyPart: [0.1105, 0.2215, 0.173, 0.1389, 0.0674],
  widths: [
    {
      width: 1,
      per: [0.1105, 0.2089, 0.173, 0.1333, 0.0674],
      prefixes: 35.7,
    },
    {
      width: 2,
      per: [0.0988, 0.1772, 0.1514, 0.1444, 0.0562],
      prefixes: 62.6,
    },
    {
      width: 4,
      per: [0.0872, 0.1456, 0.1514, 0.1222, 0.0506],
      prefixes: 128.6,
    },
    {
      width: 8,
      per: [0.0872, 0.1519, 0.1459, 0.1167, 0.0506],
      prefixes: 256,
    },
    {
      width: 16,
      per: [0.0872, 0.1519, 0.1459, 0.1167, 0.0506],
      prefixes: 479.4,
    },
    {
      width: 32,
      per: [0.0872, 0.1519, 0.1459, 0.1167, 0.0506],
      prefixes: 967.1,
    },
    {
      width: 64,
      per: [0.0872, 0.1519, 0.1459, 0.1167, 0.0506],
      prefixes: 1873.3,
    },
    {
      width: 128,
      per: [0.0872, 0.1519, 0.1459, 0.1167, 0.0506],
      prefixes: 3699.6,
    },
    {
      width: 256,
      per: [0.0872, 0.1519, 0.1459, 0.1167, 0.0506],
      prefixes: 7372.0,
    },
  ],
};

Deno.test("decoding: the results give the stated verdicts, and every row can fail", () => {
  assertEveryRowCanFail(claims, found);
});

Deno.test("decoding: every experiment can be built, and has a name and a run of its own", () => {
  const all = sweep.entries([0, 1]).map(({ experiment }) => experiment);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, all.length);
  assertEquals(new Set(all.map((experiment) => experiment.name)).size, all.length);
  for (const { name } of all) assertMatch(name, /^[a-z0-9.-]+-seed\d+$/);
  const { optimizer, batch } = writeUpExperiment("blstm", 0);
  for (const one of all) assertEquals([one.optimizer, one.batch], [optimizer, batch]);
});

Deno.test("decoding: nothing is reported of a seed that something was chosen on", () => {
  const { seeds, entries } = sweep;
  const chosenOn = [...developmentSeeds, ...tuningSeeds];
  assertEquals(seeds, 5);
  assert(chosenOn.every((seed) => seed >= 10) && contrasts.includes(CONTRAST));
  const all = entries([0, 1, 2, 3, 4]);
  assertEquals(
    all.slice(0, 5).map(({ experiment }) => experiment),
    [0, 1, 2, 3, 4].map((seed) => experiment(seed)),
  );
});

Deno.test("decoding: weights are kept of every model that is decoded", () => {
  const without = sweep.entries([0]).filter(({ keepsWeights }) => !keepsWeights);
  assertEquals(without.map(({ key }) => key.noise), [0.6, 1, 0.6, 1]);
});

Deno.test("two frames have four paths; the three with a label are one labelling", () => {
  const rows = toyPaths();
  assertAlmostEquals(rows.reduce((sum, { probability }) => sum + probability, 0), 1, 1e-12);
  assertEquals(rows.map(({ labelling }) => labelling), ["(nothing)", "a", "a", "a"]);
  assertAlmostEquals(rows[3].ofLabelling, 1 - rows[0].probability, 1e-12);
});

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
  assertThrows(
    () => decodingSet(words, 1, { contrast: 1 }),
    RangeError,
    'current value is "words"',
  );
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
  const { targets } = training.data.train.batch(new RandomState(99), 200);
  assert(perplexity(lm, targets) < 0.8 * training.data.labels, "no better than a guess");
  assertEquals(corpusTrigram(training, 2000).ngrams, lm.ngrams);
});

Deno.test("a beam of one width costs as many prefixes as it looks at", () => {
  const decoded = set.posteriors.map((p) => prefixBeamSearch(p, { beamWidth: 3 })[0].labels);
  const { per, prefixes } = beamErrors(set, 3);
  assertEquals(per, labelErrorRate(decoded, set.targets));
  assert(prefixes > beamErrors(set, 1).prefixes);
  assertEquals(
    decodingErrorRate(set, greedyDecode),
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

Deno.test("corpusTrigram() learns from 2000 labellings of a stream of its own", () => {
  const { data, experiment: { seed } } = training;
  const { targets } = data.train.batch(new RandomState(seed + 3000003), 2000);
  const lm = trainNgram(targets, { labels: data.labels, order: 3 });
  assertEquals(corpusTrigram(training).ngrams, lm.ngrams);
  assertEquals(
    corpusTrigram(training, 20).ngrams,
    trainNgram(targets.slice(0, 20), { labels: data.labels, order: 3 }).ngrams,
  );
});

Deno.test("what cannot be decoded or chosen from is refused in words", () => {
  assertThrows(() => fusionErrors([], [0], [0], 4), RangeError, "at least one set");
  assertThrows(
    () => beamErrors({ ...set, posteriors: [] }, 4),
    RangeError,
    "at least one sequence",
  );
  assertThrows(() => bestFusion([[0.1]]), RangeError, "6 bonuses and 6 weights");
});
