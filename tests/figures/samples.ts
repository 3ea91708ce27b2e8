import { ctcTopology, gradientTopology, hmmTopology } from "lib/alignment/mod.ts";
import { phonemeCorpus } from "lib/corpora/mod.ts";
import { ctcLoss, fullSumLattice } from "lib/criteria/mod.ts";
import {
  accuracyByPlace,
  automata,
  corpusSample,
  corpusSignatures,
  ctcAlignment,
  ctcGradient,
  dotRows,
  errorsByPosition,
  framewiseErrors,
  gradcheckScatter,
  iterationsToSolveDots,
  lattice,
  latticePaths,
  type NamedGradcheck,
  type NetworkErrors,
  palette,
  paperComparison,
  type PositionErrors,
  type TrainingCurve,
  trainingCurves,
  trainingFrame,
  weightMatrices,
} from "lib/figures/mod.ts";
import type { GradcheckReport } from "lib/gradcheck.ts";
import { blstm, linear, lstm, stack } from "lib/models/mod.ts";
import { type Matrix, matrix, RandomState, sequenceAt } from "lib/numeric/mod.ts";
import { type HeldOut, heldOut } from "lib/studies/alignment_found/held_out.ts";
import { figures as depthFigures } from "lib/studies/depth/figures.ts";
import { figures as scaleFigures } from "lib/studies/scale/figures.ts";
import { byTask } from "lib/studies/scale/results.ts";
import { type Task, tasks } from "lib/studies/scale/sweep.ts";
import {
  compareTable,
  gatherTable,
  headingOf,
  type Metric,
  metrics,
  type TableName,
} from "lib/studies/synthetic_tables/mod.ts";
import { paperRuns } from "../support/paper_runs.ts";
import { alignmentSamples, fullSizeAlignments } from "./alignment_samples.ts";
import { decodingFullSize, decodingSamples } from "./decoding_samples.ts";

/** Every kind of figure, from little data that is the same on every machine. */
export const samples: Readonly<Record<string, () => SVGSVGElement>> = {
  "corpus-signatures": () => corpusSignatures(phonemeCorpus(0).signatures),
  "corpus-sample": () =>
    corpusSample(phonemeCorpus(1, tiny).batch(new RandomState(17), 3), { show: [0, 2] }),
  "training-curves": () => trainingCurves(runs(100, 2)),
  "ctc-alignment": () => {
    const sequence = tinySequence();
    return ctcAlignment({ ...sequence, logProbs: spikes(sequence, 0.7, 3) });
  },
  "training-frame": () => {
    const sequence = tinySequence();
    const logProbs = spikes(sequence, 0.3, 3);
    return trainingFrame({ ...sequence, logProbs, iter: 120, runs: runs(100, 1) });
  },
  "weight-matrices": () =>
    weightMatrices(stack(blstm(3, 2), linear(4, 3)).init(new RandomState(7))),
  "gradcheck": () => gradcheckScatter(reports(4, 2)),
  "lattice": () => latticeOf(5),
  "lattice-paths": () => latticePaths(paths(4), { labels: LABELS }),
  "ctc-gradient": () => gradientOf(4, [2, 1], ["ε", "c", "a"]),
  "accuracy-by-place": () => accuracies(4, 0.25),
  "iterations-to-solve": () => solved(2),
  "scale": () => scale(1),
  "depth": () => depth(1),
  "dot-rows": () =>
    dotRows(networks.slice(0, 2).map(({ errors, ...row }) => ({ ...row, values: errors })), {
      title: "Two networks, and what is possible",
      subtitle: "A dot is one seed, the bar their mean.",
      x: { label: "error rate", domain: [0, 0.4], ticks: [0, 0.2, 0.4] },
      format: (rate) => rate.toFixed(2),
      references: [{ value: 0.1, name: "least" }, { value: 0.3, name: "guess" }],
    }),
  "framewise-errors": () => framewiseErrors(networks.slice(0, 2)),
  "errors-by-position": () => errorsByPosition(networks.slice(0, 2).map(places)),
  "automata": threeAutomata,
  "paper-comparison": () => paperFigures("table-12", 2),
  ...alignmentSamples,
  ...decodingSamples,
};

/** The figures at the size that they are shown at, and some that are harder to lay out. */
export const fullSize: Readonly<Record<string, () => SVGSVGElement>> = {
  ...fullSizeAlignments,
  "automata": threeAutomata,
  "paper's Table 10": () => paperFigures("table-10", 10),
  "paper's Table 11": () => paperFigures("table-11", 10),
  "paper's Table 13": () => paperFigures("table-13", 1),
  "signatures": () => corpusSignatures(phonemeCorpus(0).signatures),
  "signatures of another corpus": () => corpusSignatures(phonemeCorpus(3).signatures),
  "sample": () => corpusSample(phonemeCorpus(0).batch(new RandomState(17), 16)),
  "curves of ten runs": () => trainingCurves(runs(10, 5)),
  "curves of one model": () => trainingCurves(runs(10, 1).slice(0, 1)),
  "curves of a training that has just begun": () =>
    trainingCurves(runs(10, 1).map((run) => ({ ...run, rows: run.rows.slice(0, 1) })), {
      iters: 700,
    }),
  "curves of eight trainings, each cut at 40": () =>
    trainingCurves(
      Array.from({ length: 8 }, (_, n) => ({
        name: `noise ${n / 10}`,
        rows: runs(10, 1)[n % 2].rows.slice(0, 4),
      })),
      { iters: 40 },
    ),
  "curves before the first row": () =>
    trainingCurves(runs(10, 1).map((run) => ({ ...run, rows: [] }))),
  "alignment": () => ctcAlignment({ ...heldOut(0), logProbs: spikes(heldOut(0), 0.9, 7) }),
  "alignment of a long sequence": () => {
    const sequence = heldOut(0, 7);
    return ctcAlignment({ ...sequence, logProbs: spikes(sequence, 0.2, 7) });
  },
  "frame": () => frame(100),
  "weights of BLSTM": () =>
    weightMatrices(stack(blstm(8, 24), linear(48, 7)).init(new RandomState(7))),
  "weights of LSTM": () =>
    weightMatrices(stack(lstm(8, 24), linear(24, 7)).init(new RandomState(7))),
  "gradcheck": () => gradcheckScatter(reports(40, 30)),
  "gradcheck of one model": () => gradcheckScatter(reports(40)),
  "lattice": () => latticeOf(6),
  "paths": () => latticePaths(paths(5), { labels: LABELS }),
  "gradient": () => gradientOf(5, [1, 1], ["ε", "c", "a"]),
  "gradient of a long sequence": () => gradientOf(40, [1, 2, 1], ["ε", "c", "a", "t"]),
  "accuracies": () => accuracies(4, 0.4),
  "accuracies that end alike": () => accuracies(2, 0),
  "iterations of many groups": () => solved(12),
  "iterations of one": () => solved(1),
  "scale at five seeds": () => scale(5),
  "depth at five seeds": () => depth(5),
  "errors of ten networks": () => framewiseErrors([...networks, ...networks]),
  "errors of ten networks by position": () =>
    errorsByPosition([...networks, ...networks].map(places)),
  ...decodingFullSize,
};

/** One picture of a moving one. */
export function frame(iter: number): SVGSVGElement {
  const logProbs = spikes(heldOut(0), Math.min(0.9, iter / 300), 7);
  return trainingFrame({ ...heldOut(0), logProbs, iter, runs: runs(10, 1) });
}

/** "foo bar" as an HMM, as CTC, and as alignments from gradients have it. */
function threeAutomata(): SVGSVGElement {
  const words = [[1, 2, 2], [3, 4, 5]], target = words.flat();
  return automata([
    { name: "HMM: silence around words alone", topology: hmmTopology(words, { silence: 0 }) },
    { name: "CTC: blank anywhere, and between equal letters", topology: ctcTopology(target) },
    { name: "Gradient scores: blank anywhere", topology: gradientTopology(target) },
  ], { names: [..."εfobar"], title: "“foo bar” as three automata" });
}

const LABELS = ["ε", "c", "ε", "a", "ε"];
const tiny = { phonemes: 2, bands: 3, phonesPerSequence: [2, 2], framesPerPhone: [4, 5] } as const;

function tinySequence(): HeldOut {
  const { x, targets, alignment } = phonemeCorpus(1, tiny).batch(new RandomState(17), 1);
  return { x: sequenceAt(x, 0), target: targets[0], alignment };
}

/** A posterior that gives each phone's label the probability `sure` in the middle of the phone. */
function spikes({ alignment }: HeldOut, sure: number, K: number): Matrix {
  const T = alignment.length;
  const p = matrix(T, K, Array(T * K).fill(0.02 / (K - 1)));
  alignment.forEach((label, t) => {
    const middle = label !== 0 && alignment[t - 1] === label && alignment[t + 1] === label;
    p.data[t * K] = middle ? 0.98 - sure : 0.98;
    if (middle) p.data[t * K + label] = sure;
  });
  return matrix(T, K, p.data.map(Math.log));
}

/** Curves as they look: BLSTM falls at 200, LSTM at 400, one seed a little later than another. */
function runs(every: number, seeds: number): TrainingCurve[] {
  const models = [
    { name: "BLSTM", color: palette.blstm, solved: 200 },
    { name: "LSTM", color: palette.lstm, solved: 400 },
  ];
  return models.flatMap(({ name, color, solved }) =>
    Array.from({ length: seeds }, (_, seed) => {
      const fall = solved + 20 * seed;
      const rows = Array.from({ length: 1500 / every }, (_, n) => {
        const iter = every * (n + 1);
        const per = 1 / (1 + Math.exp((iter - fall) / 30));
        const nll = 0.01 + 80 * Math.exp(-iter / fall * 3);
        return { every, iter, nll, per, seqAcc: (1 - per) ** 3 };
      });
      return { name, color, rows };
    })
  );
}

/** A check of a BLSTM with so many entries a tensor, and one of an LSTM. */
function reports(...perTensor: number[]): NamedGradcheck[] {
  const models = [["BLSTM", palette.blstm], ["LSTM", palette.lstm]];
  return perTensor.map((n, m) => ({ name: models[m][0], color: models[m][1], report: report(n) }));
}

function report(perTensor: number): GradcheckReport {
  const rng = new RandomState(5);
  const points = ["0.Wx", "0.Wh", "0.b", "1.W", "1.b", "x"].flatMap((tensor) =>
    Array.from({ length: perTensor }, (_, place) => {
      const analytic = rng.randn() * 10 ** rng.uniform(-4, 0);
      const error = 10 ** rng.uniform(-12, -8);
      return { tensor, place, analytic, numeric: analytic * (1 + error), error };
    })
  );
  return {
    maxRelativeError: Math.max(...points.map(({ error }) => error)),
    checked: points.length,
    points,
  };
}

function latticeOf(T: number): SVGSVGElement {
  const logProbs = matrix(T, 3, Array.from({ length: 3 * T }, (_, i) => -1 - (i * 7 % 5) / 4));
  const { logAlpha, logBeta, emission, logScore } = fullSumLattice(logProbs, ctcTopology([1, 2]));
  const occupancy = matrix(
    T,
    5,
    logAlpha.data.map((a, i) => {
      const share = Math.exp(a + logBeta.data[i] - emission.data[i] - logScore);
      return share > 0 ? share : -Infinity;
    }),
  );
  return lattice([
    { name: "log α", values: logAlpha, unit: "nats" },
    { name: "log β", values: logBeta, unit: "nats" },
    { name: "occupancy", values: occupancy, unit: "share" },
  ], { labels: LABELS });
}

function gradientOf(T: number, target: readonly number[], labels: readonly string[]) {
  const K = labels.length;
  const logits = matrix(T, K, Array.from({ length: T * K }, (_, i) => (i * 7 % 5) / 2));
  return ctcGradient(ctcLoss(logits, target), { labels });
}

/** Two listeners who are `apart` at the first frame, and nearly alike at the last. */
function accuracies(places: number, apart: number): SVGSVGElement {
  const rise = (from: number) => Array.from({ length: places }, (_, i) => 1 - (1 - from) / (i + 1));
  return accuracyByPlace([
    { name: "hears the\nframe alone", start: rise(0.6 - apart), end: rise(0.9).reverse() },
    { name: "also knows\nits place", start: rise(0.6 + apart), end: rise(0.95).reverse() },
  ], { reference: { share: 1 / 3, name: "a guess" } });
}

/** Every path of T frames for two different labels. */
function paths(T: number): number[][] {
  const { incoming } = ctcTopology([1, 2]);
  const reaching = (t: number, s: number): number[][] => {
    if (t === 0) return s < 2 ? [[s]] : [];
    const before = incoming.state.subarray(incoming.start[s], incoming.start[s + 1]);
    return [...before].flatMap((r) => reaching(t - 1, r).map((path) => [...path, s]));
  };
  return [3, 4].flatMap((s) => reaching(T - 1, s));
}

/** Trainings that take longer from group to group, in two panels; the last LSTM gives up. */
function solved(groups: number): SVGSVGElement {
  const seeds = [0, 1, 2];
  const all = Array.from({ length: groups }, (_, g) => ({
    name: `${6 * (g + 1)}\nphonemes`,
    note: g + 1 === groups ? "> 1.5×" : "1.5×",
    series: [
      { name: "BLSTM", color: palette.blstm, iterations: seeds.map((s) => 200 + 100 * g + 20 * s) },
      {
        name: "LSTM",
        color: palette.lstm,
        iterations: seeds.map((s) => g + 1 === groups ? Infinity : 300 + 150 * g + s),
      },
    ],
  }));
  const half = Math.floor(groups / 2);
  return iterationsToSolveDots(
    [{ name: "one", groups: all.slice(0, half) }, { name: "other", groups: all.slice(half) }]
      .filter((panel) => panel.groups.length > 0),
    { cap: 2000, noteName: "LSTM / BLSTM" },
  );
}

/** A task is harder the more phonemes it has. */
function scale(seeds: number): SVGSVGElement {
  const iterations = (task: Task, times: number) =>
    Array.from({ length: seeds }, (_, seed) => 40 * (tasks[task].phonemes + seed) * times);
  return scaleFigures.scale(
    byTask((task) => ({ blstm: iterations(task, 1), lstm: iterations(task, 2) })),
  );
}

/** Two layers take longer than one, and none of the hard trainings of three is solved. */
function depth(seeds: number): SVGSVGElement {
  const course = (least: number) => ({
    offPlateau: [],
    solved: Array.from({ length: seeds }, (_, seed) => least + 20 * seed),
  });
  const corpus = (base: number) => ({
    "1 layer": course(base),
    "2 layers": course(2 * base),
    "3 layers": course(base > 200 ? Infinity : 3 * base),
    "pyramid of 2": course(base),
  });
  return depthFigures.depth({ base: corpus(200), hard: corpus(400), hardest: corpus(400) });
}

const networks: NetworkErrors[] = [
  { name: "BLSTM", color: palette.blstm, errors: [0, 0.001] },
  { name: "MLP, one frame", color: palette.mlp, errors: [0.3, 0.35, 0.32] },
  { name: "LSTM, delay 4", color: palette.lstm, errors: [0.02, 0.01] },
  { name: "BRNN", color: palette.brnn, errors: [0.01] },
  { name: "RNN", color: palette.rnn, errors: [0.04, 0.03] },
];

function places({ name, errors: [error] }: NetworkErrors): PositionErrors {
  return { name, start: [1, 0.5, 0.2, 0].map((x) => x * error), end: [0, 0, 0.1, 1] };
}

/** A table of the alignment paper beside runs that no training made. */
function paperFigures(table: TableName, seeds: number): SVGSVGElement {
  const all = Array.from({ length: seeds }, (_, seed) => seed);
  const runs = paperRuns(table, all, ({ row, seed }) => ({
    per: ((7 * row + seed) % 5) / 5,
    frameCe: 1,
    blankPosterior: ((row + seed) % 4) / 4,
    tse: (row * seed) % 6,
  }));
  const rows = Object.values(compareTable(table, gatherTable(table, runs)));
  const silences = [...new Set(rows.map(({ silence }) => silence))].sort((a, b) => a - b);
  return paperComparison(
    rows.map(({ silence, ...row }) => ({ ...row, truth: { blank: silence } })),
    {
      measures: Object.fromEntries(
        (Object.keys(metrics) as Metric[]).map((metric) => [metric, headingOf(metric)]),
      ),
      truth: `true share of silence, ${silences.join(" to ")} %`,
    },
  );
}
