// What a caller without types, or with a slip, hands over: each call names the value and what was
// expected, where it used to answer with NaN, nothing, or something else.
import { assertThrows } from "@std/assert";
import { ctcTopology } from "lib/alignment/mod.ts";
import { ctcCost, LruStack, movementCost, rootSum, Tape, tracedArray } from "lib/bytedmd/mod.ts";
import {
  exactPosterior,
  framesAt,
  markovChain,
  nextLabel,
  phonemeCorpus,
  phonesOf,
  requireReference,
  wordCorpus,
} from "lib/corpora/mod.ts";
import * as experiments from "lib/experiments/mod.ts";
import { gradcheck, type GradcheckOptions } from "lib/gradcheck.ts";
import { halveTime, linear, lstm, targetDelay } from "lib/models/mod.ts";
import { matrix, median, RandomState, sequences } from "lib/numeric/mod.ts";
import { ctcCostSample } from "lib/studies/data_movement/ctc_costs.ts";
import { beamErrors, countingModel } from "lib/studies/decoding/decoding_set.ts";
import {
  bestFusion,
  fusionBonuses,
  fusionErrors,
  fusionWeights,
} from "lib/studies/decoding/fusion.ts";
import { smallExperiment } from "../support/experiments.ts";
import { framewiseOf } from "lib/systems/mod.ts";

const {
  Adam,
  alignmentErrors,
  alignmentMetrics,
  alignmentTable,
  alignmentTexts,
  clipGlobalNorm,
  decodeBatch,
  forcedAlignments,
  frameMetrics,
  gradientAlignments,
  heldOutBatch,
  markdownTable,
  Training,
  trainedModel,
  trueSpans,
} = experiments;

// deno-lint-ignore no-explicit-any -- what a caller without types may hand over
const any = (value: unknown): any => value;
const rng = () => new RandomState(0);
const training = new Training(smallExperiment());
const held = heldOutBatch(training, 2);
const found = forcedAlignments(held);
const chain = matrix(3, 2, Array(6).fill(0.5));
const words = wordCorpus({ noise: 0.5, wordsPerSequence: [1, 1] });
const layer = linear(2, 2), x = sequences([matrix(3, 2)]);
const weights = lstm(2, 2).init(rng());
const check = (options: object) =>
  gradcheck(
    layer,
    (y) => ({ loss: 0, dy: y }),
    layer.init(rng()),
    x,
    any(options) as GradcheckOptions,
  );
const one = () => ({ W: matrix(1, 1, [1]) });

const calls: Record<string, [call: () => unknown, message: string]> = {
  "a batch of 1e9 phonemes": [() => phonemeCorpus(0).batch(rng(), 1e9), "must fit into 4 GiB"],
  "a batch of 1e9 words": [() => words.batch(rng(), 1e9), "must fit into 4 GiB"],
  "a corpus of an unknown option": [() => phonemeCorpus(0, any({ nois: 1 })), '"noise"'],
  "a corpus of text": [() => phonemeCorpus(0, any({ noise: "0.1" })), 'current value is "0.1"'],
  "a chain of contrast as text": [() => markovChain(rng(), 3, any("1")), "contrast"],
  "a chain of no labels": [() => markovChain(rng(), 0, 1), "K must be a whole number >= 1"],
  "a chain beyond all numbers": [() => markovChain(rng(), 6, 1e308), "1e+308"],
  "a label after none": [() => nextLabel(rng(), chain, 3), "from 0 to 2: current value is 3"],
  "a label after NaN": [() => nextLabel(rng(), chain, NaN), "current value is NaN"],
  "a chain of NaN": [() => nextLabel(rng(), matrix(3, 2, Array(6).fill(NaN)), 0), "holds NaN"],
  "phones without their labels": [
    () => phonesOf({ ...held.batch, alignment: new Int32Array(3) }),
    "there are 3",
  ],
  "frames at half a place": [
    () => framesAt(phonesOf(requireReference("", held.batch)), 0.5),
    "current value is 0.5",
  ],
  "frames of other widths": [
    () => framesAt([1, 2].map((cols) => ({ label: 1, frames: matrix(1, cols) }))),
    "phone 1 has 2",
  ],
  "a posterior of NaN": [
    () => exactPosterior(words, matrix(10, 11, Array(110).fill(NaN))),
    "row 0, column 0 is NaN",
  ],
  "a posterior of another width": [() => exactPosterior(words, matrix(10, 3)), "they have 3"],
  "a posterior without end": [
    () => exactPosterior(wordCorpus({ noise: 0.5, wordsPerSequence: [1, 99] }), matrix(9, 11)),
    "at most 1000000 sequences of words",
  ],
  "Adam of text": [() => new Adam(any({ lr: "0.1" })), 'lr must be > 0: current value is "0.1"'],
  "Adam of an unknown setting": [() => new Adam(any({ betta1: 0.9 })), 'did you mean "beta1"?'],
  "a step by NaN": [
    () => new Adam().step(one(), { W: matrix(1, 1, [NaN]) }),
    'The gradient of "W" must be finite',
  ],
  "a step of another shape": [() => {
    const adam = new Adam();
    adam.step(one(), one());
    adam.step({ W: matrix(2, 1) }, { W: matrix(2, 1) });
  }, 'The weight "W" must have shape [2, 1]'],
  "a limit as text": [() => clipGlobalNorm(one(), any("1")), "limit must be > 0"],
  "held-out sequences, none": [() => heldOutBatch(training, 0), "whole number >= 1"],
  "held-out sequences as text": [() => heldOutBatch(training, any("3")), "whole number >= 1"],
  "a shift of NaN": [() => forcedAlignments(held, { blankShift: NaN }), "blankShift must be from"],
  "a shift of 1e308": [() => forcedAlignments(held, { blankShift: 1e308 }), "1e+308"],
  "a prior of 1e308": [() => forcedAlignments(held, { priorScale: 1e308 }), "priorScale must be"],
  "an unknown knob": [() => forcedAlignments(held, any({ blankshift: 1 })), '"blankShift"?'],
  "an unknown method": [
    () => gradientAlignments(training, held, any("gradscore")),
    'method must be "grad-score" or "grad-score-ext": it is "gradscore"',
  ],
  "errors of fewer alignments": [
    () => alignmentErrors([{ batch: held.batch, alignments: [] }]),
    "one for each of 2 sequences: there are 0",
  ],
  "metrics of nothing": [() => alignmentMetrics([], {}), "at least one batch"],
  "metrics of fewer topologies": [
    () => alignmentMetrics([{ ...held, topologies: [] }], {}),
    "one topology for each of 2",
  ],
  "metrics of an unknown scale": [
    () => alignmentMetrics([held], any({ priorscale: 1 })),
    'did you mean "priorScale"?',
  ],
  "no places": [() => frameMetrics([held], { places: 0 }), "places must be a whole number >= 1"],
  "true spans of no sequence": [() => trueSpans(held.batch, 9), "there is no sequence 9"],
  "true spans of the one after the last": [
    () => trueSpans(held.batch, held.batch.targets.length),
    "there is no sequence",
  ],
  "true spans before the first": [() => trueSpans(held.batch, -1), "there is no sequence -1"],
  "true spans of half a sequence": [() => trueSpans(held.batch, 0.5), "there is no sequence 0.5"],
  "an unknown topology": [
    () => framewiseOf(training).topologies(held.batch, any("rna")),
    'must be "ctc" or "hmm": it is "rna"',
  ],
  "weights that are missing": [
    () => trainedModel(training.experiment, {}),
    '"0.fwd.Wx" is missing, and should be [8, 16]',
  ],
  "memory of NaN": [() => new Training(smallExperiment(), { memory: NaN }), "value is NaN"],
  "a delayed layer that halves time": [
    () => targetDelay(halveTime(2), 1).forward({}, x),
    "one frame for each it takes",
  ],
  "weights that are too short": [
    () => lstm(2, 2).forward({ ...weights, Wx: { ...weights.Wx, data: new Float64Array(3) } }, x),
    'The weight "Wx" must be a Float64Array of 16 values: it has 3',
  ],
  "frames of single precision": [
    () =>
      layer.forward(
        layer.init(rng()),
        any({ ...x, frames: { ...x.frames, data: new Float32Array(6) } }),
      ),
    "must be a Float64Array",
  ],
  "four points": [() => check({ stencil: 4 }), "stencil must be 3 or 5: current value is 4"],
  "an unknown measure": [() => check({ measure: "mean" }), 'must be "sum" or "max": it is "mean"'],
  "differences of 0": [() => check({ epsilon: 0 }), "epsilon must be > 0: current value is 0"],
  "a sample of nothing": [
    () => check({ sample: { perTensor: 0, rng: rng() } }),
    "sample.perTensor must be a whole number >= 1",
  ],
  "a median of NaN": [() => median([NaN, 1]), "no NaN"],
  "a table of nothing": [() => markdownTable([]), "must have a row"],
  "a table with a hole": [() => markdownTable([{ a: "1", b: "2" }, { a: "1" }]), 'text for "b"'],
  "frames of NaN ms": [() => alignmentTable(held, found, { frameSeconds: NaN }), "frameSeconds"],
  "frames of 0 ms": [() => alignmentTable(held, found, { frameSeconds: 0 }), "value is 0"],
  "a report of fewer alignments": [
    () => alignmentTable(held, [], { frameSeconds: 0.01 }),
    "there are 0",
  ],
  "an unknown format": [
    () => alignmentTexts(training, held, found, any("praat"), { frameSeconds: 0.01 }),
    'format must be "textgrid", "ctm" or "json": it is "praat"',
  ],
  "files of frames of 0 s": [
    () => alignmentTexts(training, held, found, "ctm", { frameSeconds: 0 }),
    "frameSeconds must be > 0",
  ],
  "files of fewer alignments": [
    () => alignmentTexts(training, held, found.slice(1), "json", { frameSeconds: 0.01 }),
    "there are 1",
  ],
  "a bonus of 1e308": [
    () => decodeBatch(held, { beamWidth: 2, insertionBonus: 1e308 }),
    "insertionBonus must be from -1000000 to 1000000: current value is 1e+308",
  ],
  "a bonus of NaN without a beam": [() => decodeBatch(held, { insertionBonus: NaN }), "is NaN"],
  "a language model without a beam": [
    () => decodeBatch(held, { lm: countingModel(7).lm }),
    "needs a beam",
  ],
  "an unknown decoding": [() => decodeBatch(held, any({ beamwidth: 1 })), '"beamWidth"?'],
  "fusion of nothing": [() => fusionErrors([], [1], [1], 2), "at least one set"],
  "the best of another grid": [() => bestFusion([[1, 2], [3, 4]]), "there must be a rate >= 0"],
  "the best of NaN": [
    () => bestFusion(fusionBonuses.map(() => fusionWeights.map(() => NaN))),
    "there must be a rate >= 0",
  ],
  "a count of NaN labels": [() => countingModel(NaN), "labels must be a whole number >= 1"],
  "beam errors of nothing": [
    () => beamErrors({ posteriors: [], targets: [], lm: any(undefined) }, 2),
    "at least one sequence",
  ],
  "a cost of 3 frames": [() => ctcCostSample(3), "frames >= 8: current value is 3"],
  "a value of NaN on the stack": [() => new LruStack().push(NaN), "whole numbers >= 0"],
  "a value of -1 on the stack": [() => new LruStack().push(-1), "Cannot push -1"],
  "a sum of roots up to -1": [() => rootSum(-1), "up to -1"],
  "a value never written": [
    () => new Tape().read(-1),
    "Cannot use value -1 as only 0 were written",
  ],
  "a result never written": [() => movementCostOf((tape) => tape.keepId(99)), "value 99"],
  "a cost of missing logits": [
    () => ctcCost(() => 0, any({ data: new Float64Array(3), rows: 2, cols: 3 }), ctcTopology([1])),
    "must be 6 values: there are 3",
  ],
  "a traced array filled beyond its end": [
    () => tracedArray(new Tape(), "a", [1, 2]).fill(1, 0, 5),
    'Cannot write "2" as the array "a" has 2 entries',
  ],
};

function movementCostOf(program: (tape: Tape) => void): unknown {
  const tape = new Tape();
  program(tape);
  return movementCost(tape.trace());
}

for (const [name, [call, message]] of Object.entries(calls)) {
  Deno.test(`${name}: refused, with the value and what was expected`, () => {
    const error = assertThrows(call, Error, message);
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
  });
}
