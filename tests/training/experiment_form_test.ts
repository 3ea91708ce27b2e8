import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { largestSeed } from "lib/experiments/mod.ts";
import {
  buildCriterion,
  buildModel,
  type Experiment,
  requireExperiment,
  trainedModel,
  Training,
} from "lib/training/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { dataSet } from "lib/corpora/mod.ts";

const loopForward = { loop: 0.5, forward: 0.4 };
const alignment = {
  topology: "hmm",
  blankShift: -1,
  priorScale: 0.5,
  posteriorScale: 0.5,
  transitionScale: 0.5,
} as const;
const [grid] = smallExperiment().evaluations;

/** Experiments that together have every key that there is. */
const complete: Experiment[] = [
  smallExperiment({
    corpus: {
      kind: "phonemes",
      phonemes: 4,
      bands: 5,
      phonesPerSequence: [1, 2],
      framesPerPhone: [3, 4],
      framesPerSilence: [2, 2],
      noise: 0.1,
      onset: 0.3,
      cluster: 2,
      phonotactics: 1,
    },
    model: {
      kind: "lstm",
      hidden: 2,
      layers: 2,
      delay: 1,
      pyramid: false,
      peephole: true,
      blankBias: 0.5,
    },
    criterion: {
      kind: "full-sum",
      topology: "hmm",
      posteriorScale: 0.9,
      prior: { kind: "batch", priorScale: 0.3, stopGradient: false },
      transitionScale: 0.2,
      transitions: { speech: loopForward, silence: loopForward },
      normalizedGradient: { over: "sequence", minimum: 0.5, maximum: 1.5 },
      separatedBlank: true,
      labelSmoothing: 0.1,
    },
    stopAtPer: 0.1,
    evaluations: [{
      ...grid,
      split: "test",
      alignment,
      frames: { places: 2 },
      blanks: true,
      errors: { fold: [{ from: "1", to: "2" }], decoders: [{ kind: "beam", width: 3 }] },
    }],
    precision: "single",
  }),
  smallExperiment({
    corpus: {
      kind: "words",
      words: ["ab", "c"],
      wordsPerSequence: [1, 2],
      framesPerLetter: [2, 3],
      silenceFactor: [0.2, 0.3],
      noise: 0.2,
    },
    model: { kind: "ffnn", init: { kind: "identity", scale: 2 } },
    criterion: { kind: "framewise", separatedBlank: true, labelSmoothing: 0.1 },
    optimizer: { ...smallExperiment().optimizer, weightDecay: 0.1 },
  }),
  smallExperiment({
    model: { kind: "mlp", hidden: 2, radius: 1 },
    criterion: { kind: "full-sum", prior: { kind: "static", priorScale: 0.3 } },
  }),
  smallExperiment({
    pieces: 2,
    criterion: { kind: "ctc", labelSmoothing: 0.1 },
    model: {
      kind: "delay",
      frames: 1,
      of: {
        kind: "layers",
        layers: [
          { kind: "bidirectional", of: { kind: "rnn", hidden: 2 } },
          { kind: "window", hidden: 2, radius: 1 },
          { kind: "dropout", rate: 0.2 },
          { kind: "inputNoise", deviation: 0.2 },
          { kind: "linear", size: 3, init: { kind: "zero" }, blankBias: 0.5 },
          { kind: "pyramid", layers: [{ kind: "lstm", hidden: 2, peephole: true }] },
          { kind: "linear" },
        ],
      },
    },
  }),
];

/** All places of a JSON value, those of objects among them, as paths of keys. */
function placesOf(value: unknown, path: readonly string[] = []): string[][] {
  const here = path.length === 0 ? [] : [[...path]];
  if (typeof value !== "object" || value === null) return here;
  return [...here, ...Object.entries(value).flatMap(([key, v]) => placesOf(v, [...path, key]))];
}

/** A copy in which the value at a place is another. */
function changed(experiment: Experiment, path: readonly string[], to: (old: unknown) => unknown) {
  const copy = structuredClone(experiment);
  let at = copy as unknown as Record<string, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  const last = path[path.length - 1];
  at[last] = to(at[last]);
  return copy;
}

const refused = (experiment: unknown, place: string) => {
  const error = assertThrows(() => new Training(experiment as Experiment), Error, "Cannot ");
  if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
  if (!error.message.includes(place)) throw new Error(`${place} is not in: ${error.message}`);
};

Deno.test("an experiment with every key there is trains", () => {
  for (const experiment of complete) new Training(experiment).step();
});

Deno.test("every value of another type is refused, and its place named", () => {
  let count = 0;
  for (const experiment of complete) {
    for (const path of placesOf(experiment)) {
      for (const other of [null, { x: 1 }, [[]], Symbol.iterator, () => {}, 3n]) {
        const copy = structuredClone(experiment);
        let at = copy as unknown as Record<string, unknown>;
        for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
        at[path[path.length - 1]] = other;
        refused(copy, path.findLast((key) => !/^\d+$/.test(key))!);
        count++;
      }
    }
  }
  assertEquals(count > 500, true);
});

Deno.test("numbers as text, text as numbers, NaN and Infinity are refused at every place", () => {
  for (const experiment of complete) {
    for (const path of placesOf(experiment)) {
      const key = path.findLast((key) => !/^\d+$/.test(key))!;
      const wrong = (old: unknown): unknown[] => {
        if (typeof old === "number") return [String(old), NaN, Infinity, -Infinity, true];
        if (typeof old === "string") {
          return ["name", "words", "to"].includes(key) ? [7] : [7, `${old}x`];
        }
        return typeof old === "boolean" ? [0, "true"] : [];
      };
      let old: unknown;
      changed(experiment, path, (value) => old = value);
      for (const value of wrong(old)) refused(changed(experiment, path, () => value), key);
    }
  }
});

Deno.test("a key that nobody knows is refused wherever it stands, and the nearest one named", () => {
  for (const experiment of complete) {
    for (const path of placesOf(experiment)) {
      const key = path[path.length - 1];
      if (/^\d+$/.test(key)) continue;
      const typo = `${key}x`;
      const twice = changed(experiment, [...path.slice(0, -1), typo], () => 1);
      refused(twice, `"${typo}" is no key of `);
      refused(twice, `did you mean "${key}"?`);
    }
  }
});

Deno.test("a key that is needed is missed", () => {
  const needed = Object.keys(smallExperiment());
  for (const key of needed) {
    const { [key as "seed"]: _, ...fewer } = smallExperiment();
    refused(fewer, `${key} must be `);
    refused(fewer, "it is missing");
  }
  for (const nothing of [undefined, null, 3, "experiment", [], {}]) refused(nothing, "must be ");
});

Deno.test("bounds hold on both sides", () => {
  const { optimizer } = smallExperiment();
  const lstm = { kind: "lstm", hidden: 2 } as const;
  const fullSum = { kind: "full-sum" } as const;
  const dropout = (rate: number) => ({
    kind: "layers",
    layers: [{ kind: "dropout", rate }, { kind: "linear" }],
  });
  const speech = { loop: 0.5 }, silence = { loop: 0.5 };
  const sides: [good: object, bad: object, place: string][] = [
    [{ seed: largestSeed }, { seed: largestSeed + 1 }, "seed"],
    [{ seed: 0 }, { seed: -1 }, "seed"],
    [{ batch: 1 }, { batch: 0 }, "batch"],
    [{ iters: 1 }, { iters: 0 }, "iters"],
    [{ stopAtPer: 0 }, { stopAtPer: -1e-9 }, "stopAtPer"],
    [{ optimizer: { ...optimizer, lr: 1e-300 } }, { optimizer: { ...optimizer, lr: 0 } }, "lr"],
    [
      { optimizer: { ...optimizer, beta1: 0 } },
      { optimizer: { ...optimizer, beta1: 1 } },
      "optimizer.beta1 must be from 0 to below 1",
    ],
    [
      { optimizer: { ...optimizer, beta2: 0 } },
      { optimizer: { ...optimizer, beta2: 1 } },
      "beta2 must be from 0 to below 1",
    ],
    [{}, { optimizer: { ...optimizer, beta1: -0.1 } }, "beta1"],
    [{}, { optimizer: { ...optimizer, epsilon: 0 } }, "epsilon"],
    [
      { optimizer: { ...optimizer, weightDecay: 0 } },
      { optimizer: { ...optimizer, weightDecay: -1e-9 } },
      "optimizer.weightDecay must be >= 0",
    ],
    [{}, { optimizer: { ...optimizer, clip: 0 } }, "clip"],
    [{}, { optimizer: { ...optimizer, clip: NaN } }, "clip"],
    [{ model: { ...lstm, delay: 0 } }, { model: { ...lstm, delay: -1 } }, "delay"],
    [{ model: { ...lstm, layers: 1 } }, { model: { ...lstm, layers: 0 } }, "layers"],
    [
      { model: { ...lstm, blankBias: 1e6 } },
      { model: { ...lstm, blankBias: 1e308 } },
      "model.blankBias must be from -1000000 to 1000000",
    ],
    [
      { model: dropout(0) },
      { model: dropout(1) },
      "model.layers[0].rate must be from 0 to below 1: current value is 1",
    ],
    [{ model: dropout(0.999) }, { model: dropout(-0.1) }, "rate must be from 0 to below 1"],
    [
      { criterion: { ...fullSum, posteriorScale: 0 } },
      { criterion: { ...fullSum, posteriorScale: -0.1 } },
      "posteriorScale",
    ],
    ...(["ctc", "framewise", "full-sum"] as const).flatMap((kind) =>
      [-1e-9, 1].map((labelSmoothing): [object, object, string] => [
        { criterion: { kind, labelSmoothing: Math.max(0, 0.999 * labelSmoothing) } },
        { criterion: { kind, labelSmoothing } },
        "criterion.labelSmoothing must be from 0 to below 1",
      ])
    ),
    [
      { criterion: { ...fullSum, transitionScale: -1 } },
      { criterion: { ...fullSum, transitionScale: 1e308 } },
      "transitionScale",
    ],
    [
      { criterion: { ...fullSum, transitions: { speech, silence } } },
      { criterion: { ...fullSum, transitions: { speech, silence: { loop: 0 } } } },
      "criterion.transitions.silence.loop must be above 0 and at most 1",
    ],
    [
      { criterion: { ...fullSum, transitions: { speech, silence: { loop: 1, forward: 1 } } } },
      { criterion: { ...fullSum, transitions: { speech, silence: { loop: 1 } } } },
      "forward of silence is 0",
    ],
    [{}, { criterion: { ...fullSum, transitions: { speech } } }, "silence"],
    [
      { criterion: { ...fullSum, normalizedGradient: { minimum: 1, maximum: 1 } } },
      { criterion: { ...fullSum, normalizedGradient: { minimum: 1.2 } } },
      "0 <= minimum <= maximum",
    ],
    [
      { evaluations: [{ ...grid, stream: 0 }] },
      { evaluations: [{ ...grid, stream: 2 ** 32 - 3 }] },
      "seed + evaluations[0].stream must be below 4294967296: current values are 3 and 4294967293",
    ],
    [
      { evaluations: [{ ...grid, stream: 2 ** 32 - 4 }] },
      { evaluations: [grid, { ...grid, stream: -1 }] },
      "evaluations[1].stream",
    ],
    [
      { evaluations: [{ ...grid, alignment: { blankShift: -5 } }] },
      { evaluations: [{ ...grid, alignment: { blankShift: NaN } }] },
      "evaluations[0].alignment.blankShift",
    ],
    [
      { evaluations: [{ ...grid, frames: { places: 1 } }] },
      { evaluations: [{ ...grid, frames: { places: 0 } }] },
      "evaluations[0].frames.places",
    ],
  ];
  for (const [good, bad, place] of sides) {
    new Training(smallExperiment(good));
    refused(smallExperiment(bad), place);
  }
});

Deno.test("corpus, model and criterion are checked where they are built alone, too", () => {
  // deno-lint-ignore no-explicit-any -- what a caller without types may hand over
  const any = (value: unknown): any => value;
  const data = dataSet({ kind: "words" }, 0), rng = new RandomState(0);
  assertThrows(
    () => dataSet(any({ kind: "words", noize: 1 }), 0),
    TypeError,
    '"noize" is no key of it: did you mean "noise"?',
  );
  assertThrows(() => buildModel(any({ kind: "lstm", hidden: "3" }), 2, 2), TypeError, "hidden");
  assertThrows(
    () => buildCriterion(any({ kind: "ctc", prior: 1 }), data, rng),
    TypeError,
    "prior",
  );
  assertThrows(() => trainedModel(any({}), {}), TypeError, "name must be text: it is missing");
});

Deno.test("checking changes nothing", () => {
  for (const experiment of complete) {
    const before = structuredClone(experiment);
    requireExperiment(experiment);
    assertEquals(experiment, before);
  }
  assertNotEquals(complete[0], complete[1]);
});
