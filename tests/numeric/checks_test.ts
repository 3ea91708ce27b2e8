import { assertThrows } from "@std/assert";
import {
  ctcTopology,
  gradientTopology,
  gradScore,
  hmmTopology,
  viterbi,
} from "lib/alignment/mod.ts";
import { deltas, normalizeUtterance, stackFrames } from "lib/audio/mod.ts";
import {
  averageLogPosterior,
  ctcLoss,
  framewiseBatchLoss,
  fullSum,
  logFrequencies,
  prefixScore,
  separatedBlank,
  separatedFramewise,
} from "lib/criteria/mod.ts";
import { ctcVariants, variantLoss } from "lib/criteria/variants/mod.ts";
import {
  collapse,
  ctcLabelModel,
  greedyDecode,
  hotwords,
  prefixBeamSearch,
  prefixSearch,
  separatedBestPath,
} from "lib/decoding/mod.ts";
import {
  accuracyByPosition,
  averageBlankPosterior,
  blankAndSilence,
  blankDiagnostics,
  blankRate,
  countSpikes,
  editCounts,
  editDistance,
  frameAccuracy,
  framewiseCrossEntropy,
  labelErrorRate,
  nearestMeanAccuracy,
  posteriorEntropy,
  silenceRatio,
} from "lib/metrics/mod.ts";
import { ffnn } from "lib/models/mod.ts";
import { type Matrix, matrix, RandomState, type Sequences } from "lib/numeric/mod.ts";
import { ctcCriterion, framewise, gradientNorms } from "lib/systems/mod.ts";

const K = 3;
/** blank is the last of 3: a ε b ε ε */
const logProbs = matrix(
  5,
  K,
  [.8, .1, .1, .1, .1, .8, .1, .8, .1, .1, .1, .8, .1, .1, .8].map(Math.log),
);
const alignment = [1, 0, 1, 0, 0];
const one = (frames: Matrix): Sequences => ({ frames, offsets: Int32Array.of(0, frames.rows) });
const W = matrix(2, K), b = matrix(1, K), h = matrix(5, 2);
const model = ffnn(2, K);
const rng = () => new RandomState(0);

Deno.test("every function that takes a blank refuses K, -1 and 1.5", () => {
  const takers: Record<string, (blank: number) => unknown> = {
    greedyDecode: (blank) => greedyDecode(logProbs, { blank }),
    prefixBeamSearch: (blank) => prefixBeamSearch(logProbs, { beamWidth: 4, blank }),
    prefixSearch: (blank) => prefixSearch(logProbs, { blank }),
    separatedBestPath: (blank) => separatedBestPath(h, W, b, { blank }),
    blankRate: (blank) => blankRate(one(logProbs), { blank }),
    countSpikes: (blank) => countSpikes(one(logProbs), { blank }),
    blankAndSilence: (blank) => blankAndSilence(one(logProbs), alignment, { blank }),
    blankDiagnostics: (blank) =>
      blankDiagnostics(one(logProbs), { targets: [[1]], alignment }, { blank }),
    averageBlankPosterior: (blank) => averageBlankPosterior(logProbs, { blank }),
    ctcLoss: (blank) => ctcLoss(logProbs, [1], { blank }),
    viterbi: (blank) => viterbi(logProbs, ctcTopology([1], { blank })),
    gradientTopology: (blank) => viterbi(logProbs, gradientTopology([1], { blank })),
    hmmTopology: (silence) => viterbi(logProbs, hmmTopology([[1]], { silence })),
    separatedBlank: (blank) => separatedBlank({ blank }).logProbs(logProbs),
    separatedFramewise: (blank) => separatedFramewise(h, W, b, alignment, { blank }),
    gradientNorms: (blank) =>
      gradientNorms(framewise(model, ctcCriterion()), model.init(new RandomState(0)), h, [1], {
        blank,
      }),
  };
  for (const [name, take] of Object.entries(takers)) {
    for (const blank of [K, -1, 1.5, NaN]) {
      assertThrows(() => take(blank), RangeError, `${blank}`, `${name}, blank ${blank}`);
    }
    take(2);
  }
  // Where there is no K, a blank is any label.
  for (const blank of [-1, 1.5, NaN]) {
    const message = `must be a whole number >= 0: current value is ${blank}`;
    assertThrows(() => collapse([0, 1], { blank }), RangeError, message);
    assertThrows(() => collapse([0, blank]), RangeError, message);
    assertThrows(() => silenceRatio([0, 1], { silence: blank }), RangeError, message);
    assertThrows(() => silenceRatio([0, blank]), RangeError, message);
    assertThrows(() => hotwords([[1]], { labels: blank, bonus: 1 }), RangeError, `${blank}`);
    const boost = hotwords([[1]], { labels: K, bonus: 1 });
    assertThrows(() => boost.next(boost.start(), blank), RangeError, `${blank}`);
  }
  const boost = hotwords([[1]], { labels: K, bonus: 1 });
  assertThrows(() => boost.next(boost.start(), K), RangeError, "below K = 3: current value is 3");
});

Deno.test("every function of log-probabilities refuses NaN and +Infinity, and says where", () => {
  const takers: Record<string, (logProbs: Matrix) => unknown> = {
    averageLogPosterior: (m) => averageLogPosterior([logProbs, m]),
    prefixBeamSearch: (m) => prefixBeamSearch(m, { beamWidth: 4 }),
    prefixSearch,
    viterbi: (m) => viterbi(m, ctcTopology([1])),
    framewiseCrossEntropy: (m) => framewiseCrossEntropy(m, alignment),
    averageBlankPosterior: (m) => averageBlankPosterior(m),
    posteriorEntropy: (m) => posteriorEntropy(one(m)),
    blankDiagnostics: (m) => blankDiagnostics(one(m), { targets: [[1]], alignment }),
  };
  for (const [name, take] of Object.entries(takers)) {
    for (const value of [NaN, Infinity]) {
      const broken = matrix(5, K, logProbs.data.map((v, i) => i === 7 ? value : v));
      assertThrows(() => take(broken), RangeError, `frame 2, label 1 is ${value}`, name);
    }
    take(logProbs);
  }
});

Deno.test("a separated output layer refuses hidden frames that are not numbers", () => {
  for (const at of [0, 9]) {
    const broken = matrix(5, 2, h.data.map((v, i) => i === at ? NaN : v));
    const t = Math.floor(at / 2);
    assertThrows(() => separatedBestPath(broken, W, b), RangeError, `frame ${t}, label 0 is NaN`);
    assertThrows(() => separatedFramewise(broken, W, b, alignment), RangeError, `row ${t}`);
  }
  const weights = matrix(2, K, [0, 0, NaN, 0, 0, 0]); // seen by frames that are not blank only
  const quiet = matrix(1, K, [-1, 0, 0]);
  assertThrows(() => separatedBestPath(h, weights, quiet), RangeError, "frame 0, label 2 is NaN");
  assertThrows(() => separatedFramewise(h, weights, b, alignment), RangeError, "must be finite");
});

Deno.test("priors refuse nothing to count, and counts that are none", () => {
  assertThrows(() => averageLogPosterior([]), RangeError, "at least one frame");
  assertThrows(() => averageLogPosterior([matrix(0, K)]), RangeError, "at least one frame");
  assertThrows(
    () => averageLogPosterior([logProbs, matrix(1, 2)]),
    RangeError,
    "K = 3 labels, like matrix 0: matrix 1 has 2",
  );
  for (const smoothing of [0, 1]) {
    assertThrows(() => logFrequencies([], K, { smoothing }), RangeError, "at least one frame");
  }
  for (const smoothing of [NaN, -1, Infinity]) {
    assertThrows(() => logFrequencies([0], K, { smoothing }), RangeError, `is ${smoothing}`);
  }
  assertThrows(
    () => framewiseBatchLoss(one(logProbs), [1, 0, 3, 0, 0]),
    RangeError,
    "frame 2 is 3",
  );
});

Deno.test("every function that takes a matrix refuses one whose values are not rows · cols, at once", () => {
  const takers: Record<string, (m: Matrix) => unknown> = {
    greedyDecode: (m) => greedyDecode(m),
    prefixBeamSearch: (m) => prefixBeamSearch(m, { beamWidth: 4 }),
    prefixSearch: (m) => prefixSearch(m),
    ctcLabelModel: (m) => ctcLabelModel(m),
    separatedBestPath: (m) => separatedBestPath(m, matrix(K, 2), matrix(1, 2)),
    blankRate: (m) => blankRate(one(m)),
    countSpikes: (m) => countSpikes(one(m)),
    posteriorEntropy: (m) => posteriorEntropy(one(m)),
    averageBlankPosterior: (m) => averageBlankPosterior(m),
    framewiseCrossEntropy: (m) => framewiseCrossEntropy(m, alignment),
    averageLogPosterior: (m) => averageLogPosterior([m]),
    ctcLoss: (m) => ctcLoss(m, [1]),
    fullSum: (m) => fullSum(m, ctcTopology([1])),
    prefixScore: (m) => prefixScore(m, ctcTopology([1]), 0),
    variantLoss: (m) => variantLoss(ctcVariants.lean, m, ctcTopology([1])),
    viterbi: (m) => viterbi(m, ctcTopology([1])),
    gradScore: (m) => gradScore(m),
    gradientNorms: (m) =>
      gradientNorms(framewise(ffnn(K, K), ctcCriterion()), ffnn(K, K).init(rng()), m, [1]),
    nearestMeanAccuracy: (m) =>
      nearestMeanAccuracy({ x: m, labels: Int32Array.from(alignment) }, {
        x: logProbs,
        labels: Int32Array.from(alignment),
      }),
    deltas: (m) => deltas(m),
    stackFrames: (m) => stackFrames(m, 2),
    normalizeUtterance: (m) => normalizeUtterance(m),
  };
  const { data, rows, cols } = logProbs;
  const wrong: Record<string, Matrix> = {
    shorter: { data: data.slice(1), rows, cols },
    none: { data: data.slice(0, 0), rows, cols },
    longer: { data: Float64Array.of(...data, 0), rows, cols },
    "a billion rows": { data, rows: 1e9, cols },
  };
  for (const [name, take] of Object.entries(takers)) {
    take(logProbs);
    for (const [how, m] of Object.entries(wrong)) {
      assertThrows(
        () => take(m),
        RangeError,
        `values: there are ${m.data.length}`,
        `${name} ${how}`,
      );
    }
  }
});

Deno.test("every metric that counts labels refuses one that is not a whole number >= 0", () => {
  const takers: Record<string, (label: number) => unknown> = {
    editDistance: (label) => editDistance([1, 2], [1, label]),
    editCounts: (label) => editCounts([1, label], [1, 2]),
    labelErrorRate: (label) => labelErrorRate([[1, label]], [[1, 2]]),
    frameAccuracy: (label) => frameAccuracy([1, 2], [1, label]),
    accuracyByPosition: (label) => accuracyByPosition([1, label], [1, 2], [0, 2], 1),
  };
  for (const [name, take] of Object.entries(takers)) {
    take(2);
    for (const label of [NaN, Infinity, -1, 1.5]) {
      assertThrows(() => take(label), RangeError, `current value is ${label}`, name);
    }
  }
});

Deno.test("every metric of a batch refuses offsets that do not rise from 0 to its frames", () => {
  const takers: Record<string, (scores: Sequences) => unknown> = {
    blankRate: (scores) => blankRate(scores),
    countSpikes: (scores) => countSpikes(scores),
    posteriorEntropy: (scores) => posteriorEntropy(scores),
    blankAndSilence: (scores) => blankAndSilence(scores, alignment),
  };
  for (const [name, take] of Object.entries(takers)) {
    take(one(logProbs));
    for (const offsets of [[0, 3, 2, 5], [0, 4], [1, 5], [0, -1, 5], []]) {
      const scores = { frames: logProbs, offsets: Int32Array.from(offsets) };
      assertThrows(() => take(scores), RangeError, "offsets of a batch must", name);
    }
  }
});

Deno.test("scores that add up to Infinity are refused, and not summed to NaN", () => {
  const high = matrix(2, 2, Array(4).fill(1e308)), topology = ctcTopology([1]);
  const takers = { fullSum, viterbi, prefixScore: (m: Matrix) => prefixScore(m, topology, 0) };
  for (const [name, take] of Object.entries(takers)) {
    assertThrows(() => take(high, topology), RangeError, "largest of a frame is 1e+308", name);
  }
});
