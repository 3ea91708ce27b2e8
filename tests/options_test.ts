// Every option of the criteria, decoders, alignments and metrics: it arrives, and left out it has
// the value that is stated. What each of them does is held by the tests of its own.
import { assertEquals, assertNotEquals } from "@std/assert";
import {
  ctcTopology,
  gradientAlignment,
  gradientTopology,
  gradScore,
  gradScoreExt,
  hmmTopology,
  viterbi,
} from "lib/alignment/mod.ts";
import {
  ctcBatchLoss,
  ctcLoss,
  framewiseBatchLoss,
  fullSum,
  fullSumBatchLoss,
  fullSumLoss,
  gradientFactors,
  labelScores,
  logFrequencies,
  prefixScore,
  separatedBlank,
  separatedFramewise,
  softmaxOutput,
} from "lib/criteria/mod.ts";
import {
  collapse,
  greedyDecode,
  hotwords,
  logProbability,
  ngramModel,
  prefixBeamSearch,
  prefixSearch,
  separatedBestPath,
} from "lib/decoding/mod.ts";
import {
  averageBlankPosterior,
  blankAndSilence,
  blankDiagnostics,
  blankRate,
  countSpikes,
  meanLabelDuration,
  silenceRatio,
  timeStampError,
} from "lib/metrics/mod.ts";
import { ffnn } from "lib/models/mod.ts";
import { RandomState, sequences } from "lib/numeric/mod.ts";
import { randomLogProbs } from "./support/labellings.ts";
import { randomMatrix, randomSequences } from "./support/matrices.ts";
import { ctcCriterion, framewise, gradientNorms } from "lib/systems/mod.ts";

type Options = Record<string, unknown>;

interface Case {
  // deno-lint-ignore no-explicit-any
  readonly compute: (options: any) => unknown;
  /** Options that must be given. */
  readonly given?: Options;
  /** What is stated for options that are left out. */
  readonly defaults?: Options;
  /** Another value of every option. */
  readonly others: Options;
}

const K = 4, rng = new RandomState(7);
const logits = randomSequences(rng, [7, 5], K), alignment = [0, 1, 1, 2, 0, 3, 3, 0, 2, 2, 1, 0];
const logProbs = randomLogProbs(6, 8, K), scores = sequences([logProbs]);
const truth = [0, 1, 1, 2, 0, 3, 3, 0];
const logPrior = Float64Array.of(-0.5, -1, -2, -1.5);
const transitions = { speech: { loop: 0.6 }, silence: { loop: 0.9 } };
const hmm = (options: Options = {}) =>
  hmmTopology([[1, 2], [2]], { silence: 0, transitions, ...options });
const topologies = [hmm(), hmmTopology([[3]], { silence: 0, transitions })];
const [h, W, b] = [randomMatrix(rng, 12, 3), randomMatrix(rng, 3, K), randomMatrix(rng, 1, K)];
const model = ffnn(3, K), params = model.init(new RandomState(1));
const x = randomMatrix(rng, 6, 3), G = randomMatrix(rng, 2, 5);
const lm = hotwords([[3, 1]], { labels: K, bonus: 0.3 });
const output = separatedBlank();
const stopped = { kind: "batch", priorScale: 0.3, stopGradient: true };
const pathScores = {
  defaults: { posteriorScale: 1, priorScale: 0, transitionScale: 0 },
  others: { posteriorScale: 0.5, transitionScale: 0.7 },
};
const losses = {
  defaults: {
    posteriorScale: 1,
    transitionScale: 0,
    prior: undefined,
    normalizedGradient: undefined,
    output: softmaxOutput,
  },
  others: {
    posteriorScale: 0.5,
    transitionScale: 0.7,
    prior: stopped,
    normalizedGradient: {},
    output,
  },
};
const priorOf = (prior: Options) =>
  fullSumBatchLoss(logits, topologies, { prior: { ...stopped, ...prior } as never });
const uneven = Float64Array.of(0.9, 0.07, 0.03, 0);
const ngrams = ["a", "b", "c"].map((word, n) => ({
  words: [word],
  logProb: -1 - n,
  logBackoff: 0,
}));
const spans = [{ start: 0, end: 2 }, { start: 3, end: 6 }];

const cases: Record<string, Case> = {
  ctcLoss: {
    compute: (o) => ctcLoss(logProbs, [1, 2], o),
    defaults: { blank: 0 },
    others: { blank: 3 },
  },
  ctcBatchLoss: {
    compute: (o) => ctcBatchLoss(logits, [[1, 2], [2]], o),
    defaults: { blank: 0 },
    others: { blank: 3 },
  },
  fullSum: { compute: (o) => fullSum(logProbs, hmm(), o), ...pathScores },
  "fullSum with a prior": {
    compute: (o) => fullSum(logProbs, hmm(), o),
    given: { logPrior, priorScale: 0.5 },
    others: { logPrior: logPrior.toReversed(), priorScale: 0.6 },
  },
  fullSumLoss: {
    compute: (o) => fullSumLoss(logProbs, hmm(), o),
    defaults: losses.defaults,
    others: losses.others,
  },
  fullSumBatchLoss: {
    compute: (o) => fullSumBatchLoss(logits, topologies, o),
    defaults: losses.defaults,
    others: losses.others,
  },
  prior: {
    compute: priorOf,
    defaults: { stopGradient: true },
    others: { kind: "sequence", priorScale: 0.4, stopGradient: false },
  },
  "static prior": {
    compute: priorOf,
    given: { kind: "static", logPrior },
    others: { priorScale: 0.4, logPrior: logPrior.toReversed() },
  },
  normalizedGradient: {
    compute: (o) => fullSumBatchLoss(logits, topologies, { normalizedGradient: o }),
    defaults: { over: "batch", minimum: 0.5, maximum: 1.1 },
    others: { over: "sequence", minimum: 0.9, maximum: 1.05 },
  },
  gradientFactors: {
    compute: (o) => gradientFactors(uneven, o),
    defaults: { minimum: 0.5, maximum: 1.1 },
    others: { minimum: 0.4, maximum: 1.2 },
  },
  framewiseBatchLoss: {
    compute: (o) => framewiseBatchLoss(logits, alignment, o),
    defaults: { output: softmaxOutput },
    others: { output },
  },
  separatedBlank: {
    compute: (o) => separatedBlank(o).logProbs(logProbs),
    defaults: { blank: 0 },
    others: { blank: 2 },
  },
  "separatedBlank, backwards": {
    compute: (o) => [
      separatedBlank(o).toward(logProbs, logProbs),
      separatedBlank(o).backward(logProbs, logProbs),
    ],
    defaults: { blank: 0 },
    others: { blank: 2 },
  },
  separatedFramewise: {
    compute: (o) => separatedFramewise(h, W, b, alignment, o),
    defaults: { blank: 0 },
    others: { blank: 2 },
  },
  logFrequencies: {
    compute: (o) => logFrequencies(alignment, K, o),
    defaults: { smoothing: 0 },
    others: { smoothing: 0.5 },
  },
  prefixScore: {
    compute: (o) => prefixScore(logProbs, hmm(), 1, o),
    defaults: { prefix: "partial", ...pathScores.defaults },
    others: { prefix: "entered", ...pathScores.others },
  },
  labelScores: {
    compute: (o) => labelScores(logProbs, hmm(), o),
    given: { logPrior, priorScale: 0.5 },
    defaults: { prefix: "partial", posteriorScale: 1, transitionScale: 0 },
    others: { prefix: "entered", priorScale: 0.6, ...pathScores.others },
  },
  gradientNorms: {
    compute: (o) => gradientNorms(framewise(model, ctcCriterion()), params, x, [1, 2], o),
    defaults: {
      p: 0.1,
      maskBlank: true,
      prefix: "partial",
      priorScale: 0,
      blank: 0,
    },
    others: { p: 1, maskBlank: false, prefix: "entered", priorScale: 0.5, blank: 3 },
  },
  ctcTopology: {
    compute: (o) => ctcTopology([1, 2], o),
    defaults: { blank: 0 },
    others: { blank: 3 },
  },
  gradientTopology: {
    compute: (o) => gradientTopology([1, 2], o),
    defaults: { blank: 0 },
    others: { blank: 3 },
  },
  hmmTopology: {
    compute: (o) => hmmTopology([[1, 2], [2]], o),
    given: { silence: 0 },
    defaults: { transitions: undefined },
    others: { silence: 3, transitions },
  },
  transitions: {
    compute: (o) => hmm({ transitions: { ...transitions, ...o } }),
    others: { speech: { loop: 0.7 }, silence: { loop: 0.7 } },
  },
  "forward probabilities": {
    compute: (speech) => hmm({ transitions: { ...transitions, speech } }),
    given: { loop: 0.75 },
    defaults: { forward: 0.25 },
    others: { loop: 0.5, forward: 0.5 },
  },
  viterbi: {
    compute: (o) => viterbi(logProbs, hmm(), o),
    defaults: { blankShift: 0, ...pathScores.defaults },
    others: { blankShift: -1, ...pathScores.others },
  },
  "viterbi with a prior": {
    compute: (o) => viterbi(logProbs, hmm(), o),
    given: { logPrior, priorScale: 0.5 },
    others: { logPrior: logPrior.toReversed(), priorScale: 0.6 },
  },
  gradScore: {
    compute: (o) => gradScore(G, o),
    defaults: { blankScore: -6 },
    others: { blankScore: -5 },
  },
  gradScoreExt: {
    compute: (o) => gradScoreExt(G, o),
    defaults: { percentile: 60 },
    others: { percentile: 61 },
  },
  gradientAlignment: {
    compute: (o) => gradientAlignment(gradScore(G, { blankScore: -1 }), [1, 2], o),
    defaults: { blank: 0 },
    others: { blank: 3 },
  },
  collapse: {
    compute: (o) => collapse([0, 1, 1, 2], o),
    defaults: { blank: 0 },
    others: { blank: 1 },
  },
  greedyDecode: {
    compute: (o) => greedyDecode(logProbs, o),
    defaults: { blank: 0 },
    others: { blank: 1 },
  },
  prefixBeamSearch: {
    compute: (o) => prefixBeamSearch(logProbs, o),
    given: { beamWidth: 5, lm },
    defaults: { blank: 0, lmWeight: 1, insertionBonus: 0, prune: Infinity },
    others: { beamWidth: 6, lm: undefined, blank: 1, lmWeight: 0.5, insertionBonus: 1, prune: 0.5 },
  },
  "prefixBeamSearch without a model": {
    compute: (o) => prefixBeamSearch(logProbs, o),
    given: { beamWidth: 5 },
    defaults: { blank: 0, lm: undefined, lmWeight: 1, insertionBonus: 0, prune: Infinity },
    others: { lm },
  },
  prefixSearch: {
    compute: (o) => prefixSearch(logProbs, o),
    defaults: { blank: 0, blankThreshold: Infinity },
    others: { blank: 1, blankThreshold: 0.2 },
  },
  separatedBestPath: {
    compute: (o) => separatedBestPath(h, W, b, o),
    defaults: { blank: 0 },
    others: { blank: 2 },
  },
  hotwords: {
    compute: (o) => logProbability(hotwords([[3, 1]], o), [3, 1, 2]),
    given: { labels: K, bonus: 0.3 },
    others: { bonus: 0.4 },
  },
  ngramModel: {
    compute: (o) => logProbability(ngramModel(ngrams, o), [2]),
    defaults: { blank: 0, words: ["", "a", "b", "c"] },
    others: { blank: 3, words: ["", "b", "a", "c"] },
  },
  averageBlankPosterior: {
    compute: (o) => averageBlankPosterior(logProbs, o),
    defaults: { blank: 0 },
    others: { blank: 1 },
  },
  blankRate: {
    compute: (o) => blankRate(scores, o),
    defaults: { blank: 0 },
    others: { blank: 1 },
  },
  countSpikes: {
    compute: (o) => countSpikes(scores, o),
    defaults: { blank: 0 },
    others: { blank: 1 },
  },
  blankAndSilence: {
    compute: (o) => blankAndSilence(scores, truth, o),
    defaults: { blank: 0 },
    others: { blank: 1 },
  },
  silenceRatio: {
    compute: (o) => silenceRatio(truth, o),
    defaults: { silence: 0 },
    others: { silence: 1 },
  },
  meanLabelDuration: {
    compute: (o) => meanLabelDuration(spans, o),
    defaults: { frameLength: 1 },
    others: { frameLength: 10 },
  },
  timeStampError: {
    compute: (o) => timeStampError(spans, [spans[1], spans[0]], o),
    defaults: { frameLength: 1 },
    others: { frameLength: 10 },
  },
};

for (const [name, { compute, given = {}, defaults = {}, others }] of Object.entries(cases)) {
  Deno.test(`${name}: every option arrives, and has its stated value where it is left out`, () => {
    const base = compute(given);
    assertEquals(compute({ ...given, ...defaults }), base);
    for (const [option, value] of Object.entries(defaults)) {
      assertEquals(compute({ ...given, [option]: value }), base, option);
    }
    for (const [option, value] of Object.entries(others)) {
      assertNotEquals(compute({ ...given, [option]: value }), base, option);
    }
  });
}

Deno.test("blankDiagnostics() takes the same blank for everything that it says", () => {
  const row = blankDiagnostics(scores, { targets: [[1, 2]], alignment: truth }, { blank: 1 });
  const counts = blankAndSilence(scores, truth, { blank: 1 });
  const spikes = countSpikes(scores, { blank: 1 });
  assertEquals(row, {
    ...row,
    blankRate: blankRate(scores, { blank: 1 }),
    blankPosterior: averageBlankPosterior(logProbs, { blank: 1 }),
    spikesPerLabel: spikes.count / 2,
    spikeWidth: spikes.meanWidth,
    silence: silenceRatio(truth),
    blankInSilence: counts.silenceAsBlank / 3,
    blankInPhones: counts.phoneAsBlank / 5,
  });
});
