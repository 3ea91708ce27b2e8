import { type Experiment, Training } from "lib/training/mod.ts";
import { fakeVoices } from "./fake_voices.ts";
import { smallExperiment } from "./experiments.ts";

type Change = Partial<Experiment>;
/** What an option may change: see {@link outcomeOf}. */
export type Part = "loss" | "gradient" | "weights" | "evaluation" | "rows";
/** An experiment, and one option of it at another value. */
export interface Case {
  readonly base?: Change;
  readonly change: Change;
  readonly changes: readonly Part[];
  /** What it changes in rounding alone, or by chance. */
  readonly either?: readonly Part[];
}

const learning = ["loss", "gradient", "weights"] as const;
const all = [...learning, "evaluation"] as const;
const { optimizer } = smallExperiment();
const everything = { alignment: {}, frames: { places: 2 }, blanks: true };
const grid = { every: 2, sequences: 5, stream: 1000003, ...everything };
const evaluations = (change: object) => ({ evaluations: [{ ...grid, ...change }] });
const phonemes = (options: object): Change => ({ corpus: { kind: "phonemes", ...options } });
const words = (options: object): Change => ({ corpus: { kind: "words", ...options } });
const voices = (options: object): Change => ({ corpus: { kind: "voices", ...options } });
const model = (kind: string, options: object = {}): Change => ({
  model: { kind, hidden: 3, ...options } as Experiment["model"],
});
/** A layer of an experiment by its options, and an output layer on top. */
const nested = (layer: object, ...more: object[]): Change => ({
  model: { kind: "layers", layers: [layer, ...more, { kind: "linear" }] } as Experiment["model"],
});
const small = { kind: "rnn", hidden: 3 };
const output = (options: object): Change => ({
  model: { kind: "layers", layers: [{ kind: "linear", ...options }] } as Experiment["model"],
});
const fullSum = (options: object): Change => ({ criterion: { kind: "full-sum", ...options } });
const adam = (options: object): Change => ({ optimizer: { ...optimizer, ...options } });
const sgd = (options: object): Change => ({
  optimizer: { method: "sgd", lr: optimizer.lr, clip: optimizer.clip, ...options },
});

const hmm = (transitions: object, transitionScale = 0.5) =>
  fullSum({ topology: "hmm", transitionScale, transitions });
const speech = { loop: 0.5, forward: 0.5 }, silence = { loop: 0.4, forward: 0.6 };
/** Weighed paths, in training and where alignments are measured. */
const weighed = (transitions: object): Change => ({
  ...phonemes({ framesPerSilence: [2, 20] }),
  ...hmm(transitions, 3),
  ...evaluations({ alignment: { transitionScale: 3 } }),
});
const prior = (kind: string, options: object) =>
  fullSum({ prior: { kind, priorScale: 0.3, ...options } });
const balanced = (options: object) =>
  fullSum({ normalizedGradient: { minimum: 0.9, maximum: 1.1, ...options } });
/** Equal letters side by side: CTC alone needs a blank in between. */
const twins = words({ words: ["aab"] });
/** Voices, with one way to time them and another. */
const timed = (to: object, from = {}): Case => ({
  base: { ...voices({}), ...evaluations({ timing: { at: [from] } }) },
  change: evaluations({ timing: { at: [to] } }),
  changes: ["evaluation"],
});
const counted = (errors: object): Case => ({
  base: evaluations({ errors: {} }),
  change: evaluations({ errors }),
  changes: ["evaluation"],
});
const recurrent = (kind: string): Record<string, Case> => ({
  [`model.${kind}.hidden`]: { base: model(kind), change: model(kind, { hidden: 4 }), changes: all },
  [`model.${kind}.layers`]: { base: model(kind), change: model(kind, { layers: 2 }), changes: all },
  [`model.${kind}.delay`]: { base: model(kind), change: model(kind, { delay: 2 }), changes: all },
  [`model.${kind}.pyramid`]: {
    base: { ...model(kind, { layers: 2 }), evaluations: [{ every: 2, sequences: 5, stream: 1 }] },
    change: model(kind, { layers: 2, pyramid: true }),
    changes: all,
  },
  [`model.${kind}.blankBias`]: {
    base: model(kind),
    change: model(kind, { blankBias: 1 }),
    changes: all,
  },
});

/**
 * A nested layer with each of its options at another value, or [another base, value]; those of
 * training alone change no evaluation. Frames are not measured, as their number may change.
 */
const ofLayer = (
  kind: string,
  base: object,
  values: Record<string, unknown>,
  inTraining: readonly string[] = [],
): Record<string, Case> =>
  Object.fromEntries(
    Object.entries(values).map(([option, value]): [string, Case] => {
      const [from, to] = Array.isArray(value) ? value : [base, value];
      return [`model.layers.layers.${kind}.${option}`, {
        base: {
          ...nested({ kind, ...from }),
          evaluations: [{ every: 2, sequences: 5, stream: 1 }],
        },
        change: nested({ kind, ...from, [option]: to }),
        changes: inTraining.includes(option) ? learning : all,
      }];
    }),
  );
/** A transducer of few units; it has no posterior of frames to measure. */
const transducer = (options: object): Change => ({
  criterion: {
    kind: "transducer",
    prediction: { kind: "lstm", hidden: 3 },
    joint: 4,
    ...options,
  } as Experiment["criterion"],
  evaluations: [{ every: 2, sequences: 5, stream: 1 }],
});
const transducerCases: Record<string, Case> = {
  "criterion.transducer.joint": {
    base: transducer({}),
    change: transducer({ joint: 5 }),
    changes: all,
  },
  "criterion.transducer.labelsPerFrame": {
    base: transducer({}),
    change: transducer({ labelsPerFrame: 1 }),
    changes: ["evaluation"],
  },
  ...Object.fromEntries(["lstm", "gru"].flatMap((kind): [string, Case][] => [
    [`criterion.transducer.prediction.${kind}.hidden`, {
      base: transducer({ prediction: { kind, hidden: 3, embedding: 3 } }),
      change: transducer({ prediction: { kind, hidden: 4, embedding: 3 } }),
      changes: all,
    }],
    [`criterion.transducer.prediction.${kind}.embedding`, {
      base: transducer({ prediction: { kind, hidden: 3 } }),
      change: transducer({ prediction: { kind, hidden: 3, embedding: 4 } }),
      changes: all,
    }],
  ])),
};

/** An attention encoder–decoder of few cells; it has no posterior of frames to measure. */
const attention = (options: object): Change => ({
  criterion: {
    kind: "attention",
    hidden: 3,
    attention: { kind: "additive", width: 2 },
    ...options,
  } as Experiment["criterion"],
  evaluations: [{ every: 2, sequences: 5, stream: 1 }],
});
const attentionCase = (from: object, to: object, changes: readonly Part[] = all): Case => ({
  base: attention(from),
  change: attention(to),
  changes,
});
const listens = (from: object, to: object) => attentionCase({ attention: from }, { attention: to });
const attentionCases: Record<string, Case> = {
  "criterion.attention.hidden": attentionCase({ embedding: 3 }, { embedding: 3, hidden: 4 }),
  "criterion.attention.embedding": attentionCase({}, { embedding: 4 }),
  "criterion.attention.labelSmoothing": attentionCase({}, { labelSmoothing: 0.2 }, learning),
  "criterion.attention.scheduledSampling": attentionCase({}, { scheduledSampling: 0.9 }, learning),
  "criterion.attention.ctcWeight": attentionCase({}, { ctcWeight: 0.4 }),
  ...Object.fromEntries(["additive", "dot"].map((kind): [string, Case] => [
    `criterion.attention.attention.${kind}.width`,
    listens({ kind, width: 2 }, { kind, width: 3 }),
  ])),
  "criterion.attention.attention.location.width": listens(
    { kind: "location", width: 2, reach: 1 },
    { kind: "location", width: 3, reach: 1 },
  ),
  "criterion.attention.attention.location.reach": {
    ...listens(
      { kind: "location", width: 2, reach: 1 },
      { kind: "location", width: 2, reach: 2 },
    ),
    changes: learning,
    either: ["evaluation"], // a count of errors
  },
};

/** Every option by its place in the form. */
export const cases: Record<string, Case> = {
  "name": { change: { name: "other" }, changes: [] },
  "seed": { change: { seed: 4 }, changes: all },
  "corpus.phonemes.phonemes": { change: phonemes({ phonemes: 5 }), changes: all },
  "corpus.phonemes.bands": { change: phonemes({ bands: 9 }), changes: all },
  "corpus.phonemes.phonesPerSequence": {
    change: phonemes({ phonesPerSequence: [3, 12] }),
    changes: all,
  },
  "corpus.phonemes.framesPerPhone": { change: phonemes({ framesPerPhone: [4, 14] }), changes: all },
  "corpus.phonemes.framesPerSilence": {
    change: phonemes({ framesPerSilence: [2, 9] }),
    changes: all,
  },
  "corpus.phonemes.noise": { change: phonemes({ noise: 0.3 }), changes: all },
  "corpus.phonemes.onset": { change: phonemes({ onset: 0.9 }), changes: all },
  "corpus.phonemes.cluster": { change: phonemes({ cluster: 3 }), changes: all },
  "corpus.phonemes.phonotactics": { change: phonemes({ phonotactics: 2 }), changes: all },
  "corpus.words.words": { base: words({}), change: words({ words: ["ab", "bca"] }), changes: all },
  "corpus.words.wordsPerSequence": {
    base: words({}),
    change: words({ wordsPerSequence: [2, 5] }),
    changes: all,
  },
  "corpus.words.framesPerLetter": {
    base: words({}),
    change: words({ framesPerLetter: [2, 4] }),
    changes: all,
  },
  "corpus.words.silenceFactor": {
    base: words({}),
    change: words({ silenceFactor: [0.3, 0.9] }),
    changes: all,
  },
  "corpus.words.noise": { base: words({}), change: words({ noise: 0.2 }), changes: all },
  "corpus.voices.train": { base: voices({}), change: voices({ train: ["awb"] }), changes: all },
  "corpus.voices.test": { base: voices({}), change: voices({ test: ["slt"] }), changes: [] },
  "corpus.voices.testWords": {
    base: voices({}),
    change: voices({ testWords: "unseen" }),
    changes: [],
  },
  "corpus.voices.sentences": {
    base: voices({}),
    change: voices({ sentences: 7 }),
    changes: learning,
  },
  "corpus.voices.stack": { base: voices({}), change: voices({ stack: 2 }), changes: all },
  "corpus.voices.features.of": {
    base: voices({ features: { slopes: 0 } }),
    change: voices({ features: { of: "log-mel", slopes: 0 } }),
    changes: all,
  },
  "corpus.voices.features.slopes": {
    base: voices({ features: { slopes: 0 } }),
    change: voices({ features: { slopes: 1 } }),
    changes: all,
  },
  "corpus.voices.warps": {
    base: voices({}),
    change: voices({ warps: [0.9, 1.1] }),
    changes: learning,
  },
  "corpus.voices.noise.snr": {
    base: voices({ noise: { snr: [5, 10], share: 1 } }),
    change: voices({ noise: { snr: [20, 30], share: 1 } }),
    changes: learning,
  },
  "corpus.voices.noise.share": {
    base: voices({ noise: { snr: [5, 10] } }),
    change: voices({ noise: { snr: [5, 10], share: 1 } }),
    changes: learning,
  },
  "corpus.voices.labels": { base: voices({}), change: voices({ labels: "words" }), changes: all },
  ...recurrent("blstm"),
  ...recurrent("lstm"),
  "model.brnn.hidden": { base: model("brnn"), change: model("brnn", { hidden: 4 }), changes: all },
  "model.rnn.hidden": { base: model("rnn"), change: model("rnn", { hidden: 4 }), changes: all },
  "model.mlp.hidden": {
    base: model("mlp", { radius: 1 }),
    change: model("mlp", { radius: 1, hidden: 4 }),
    changes: all,
  },
  "model.mlp.radius": {
    base: model("mlp", { radius: 1 }),
    change: model("mlp", { radius: 2 }),
    changes: all,
  },
  "model.ffnn.init.identity.scale": {
    base: { ...words({}), model: { kind: "ffnn", init: { kind: "identity", scale: 1 } } },
    change: { model: { kind: "ffnn", init: { kind: "identity", scale: 2 } } },
    changes: all,
  },
  ...Object.fromEntries(["lstm", "rnn", "gru"].map((kind): [string, Case] => [
    `model.layers.layers.${kind}.hidden`,
    { base: nested({ kind, hidden: 3 }), change: nested({ kind, hidden: 4 }), changes: all },
  ])),
  "model.layers.layers.window.hidden": {
    base: nested({ kind: "window", hidden: 3, radius: 1 }),
    change: nested({ kind: "window", hidden: 4, radius: 1 }),
    changes: all,
  },
  "model.layers.layers.window.radius": {
    base: nested({ kind: "window", hidden: 3, radius: 1 }),
    change: nested({ kind: "window", hidden: 3, radius: 2 }),
    changes: all,
  },
  "model.layers.layers.linear.size": {
    base: nested({ kind: "linear", size: 3 }),
    change: nested({ kind: "linear", size: 4 }),
    changes: all,
  },
  "model.layers.layers.linear.init": {
    base: output({}),
    change: output({ init: { kind: "zero" } }),
    changes: all,
  },
  "model.layers.layers.linear.blankBias": {
    base: output({}),
    change: output({ blankBias: 1 }),
    changes: all,
  },
  "model.layers.layers.dropout.rate": {
    base: nested(small, { kind: "dropout", rate: 0.3 }),
    change: nested(small, { kind: "dropout", rate: 0.6 }),
    changes: learning,
  },
  ...ofLayer("conv1d", { size: 3, kernel: 3, padding: 1 }, {
    size: 4,
    kernel: 2,
    stride: 2,
    padding: 2,
    groups: [{ size: 4, kernel: 3, padding: 1 }, 2],
  }),
  ...ofLayer("conv2d", { channels: 2, kernel: 3, padding: 1 }, {
    channels: 3,
    inputChannels: 2,
    kernel: 2,
    stride: 2,
    padding: 2,
  }),
  ...ofLayer("selfAttention", { heads: 2 }, { heads: 4, relative: true }),
  ...ofLayer("feedForward", {}, { expansion: 2, dropout: 0.3 }, ["dropout"]),
  ...ofLayer("conformer", { heads: 2 }, {
    heads: 4,
    kernel: 5,
    expansion: 2,
    dropout: 0.3,
    relative: false,
  }, ["dropout"]),
  ...ofLayer("specAugment", {}, {
    timeMasks: 3,
    timeWidth: 3,
    timeShare: 0.1,
    bandMasks: 1,
    bandWidth: 4,
  }, ["timeMasks", "timeWidth", "timeShare", "bandMasks", "bandWidth"]),
  "model.layers.layers.residual.of": {
    base: nested({ kind: "residual", of: { kind: "lstm", hidden: 8 } }),
    change: nested({ kind: "residual", of: { kind: "rnn", hidden: 8 } }),
    changes: all,
  },
  "model.layers.layers.residual.scale": {
    base: nested({ kind: "residual", of: { kind: "rnn", hidden: 8 } }),
    change: nested({ kind: "residual", of: { kind: "rnn", hidden: 8 }, scale: 0.5 }),
    changes: all,
  },
  "model.layers.layers.layers.layers": {
    base: nested({ kind: "layers", layers: [small] }),
    change: nested({ kind: "layers", layers: [small, small] }),
    changes: all,
  },
  "model.layers.layers.pyramid.layers": {
    base: {
      ...nested({ kind: "pyramid", layers: [small] }),
      evaluations: [{ every: 2, sequences: 5, stream: 1 }],
    },
    change: nested({ kind: "pyramid", layers: [small, small] }),
    changes: all,
  },
  "model.layers.layers.bidirectional.of": {
    base: nested({ kind: "bidirectional", of: small }),
    change: nested({ kind: "bidirectional", of: { kind: "lstm", hidden: 3 } }),
    changes: all,
  },
  "model.layers.layers.delay.of": {
    base: nested({ kind: "delay", frames: 1, of: small }),
    change: nested({ kind: "delay", frames: 1, of: { kind: "lstm", hidden: 3 } }),
    changes: all,
  },
  "model.layers.layers.delay.frames": {
    base: nested({ kind: "delay", frames: 1, of: small }),
    change: nested({ kind: "delay", frames: 2, of: small }),
    changes: all,
  },
  "model.pyramid.layers": {
    base: {
      model: { kind: "pyramid", layers: [{ kind: "linear", size: 3 }, { kind: "linear" }] },
      evaluations: [{ every: 2, sequences: 5, stream: 1 }],
    },
    change: {
      model: { kind: "pyramid", layers: [{ kind: "linear", size: 4 }, { kind: "linear" }] },
    },
    changes: all,
  },
  "model.delay.of": {
    base: { model: { kind: "delay", frames: 1, of: { kind: "linear" } } },
    change: { model: { kind: "delay", frames: 1, of: { kind: "linear", blankBias: 1 } } },
    changes: all,
  },
  "model.delay.frames": {
    base: { model: { kind: "delay", frames: 1, of: { kind: "linear" } } },
    change: { model: { kind: "delay", frames: 2, of: { kind: "linear" } } },
    changes: all,
  },
  "criterion.ctc.labelSmoothing": {
    change: { criterion: { kind: "ctc", labelSmoothing: 0.1 } },
    changes: learning,
  },
  "criterion.framewise.labelSmoothing": {
    base: { criterion: { kind: "framewise" } },
    change: { criterion: { kind: "framewise", labelSmoothing: 0.1 } },
    changes: learning,
  },
  "criterion.full-sum.labelSmoothing": {
    base: fullSum({}),
    change: fullSum({ labelSmoothing: 0.1 }),
    changes: learning,
  },
  "criterion.framewise.separatedBlank": {
    base: { criterion: { kind: "framewise" } },
    change: { criterion: { kind: "framewise", separatedBlank: true } },
    changes: all,
  },
  "criterion.full-sum.topology": {
    base: { ...twins, ...fullSum({ topology: "ctc" }) },
    change: fullSum({ topology: "hmm" }),
    changes: all,
  },
  "criterion.full-sum.posteriorScale": {
    base: fullSum({}),
    change: fullSum({ posteriorScale: 0.5 }),
    changes: learning,
  },
  "criterion.full-sum.prior.static.priorScale": {
    base: prior("static", {}),
    change: prior("static", { priorScale: 0.5 }),
    changes: learning,
  },
  "criterion.full-sum.prior.sequence.priorScale": {
    base: prior("sequence", {}),
    change: prior("sequence", { priorScale: 0.5 }),
    changes: learning,
  },
  "criterion.full-sum.prior.sequence.stopGradient": {
    base: prior("sequence", {}),
    change: prior("sequence", { stopGradient: false }),
    changes: ["gradient", "weights"],
  },
  "criterion.full-sum.prior.batch.priorScale": {
    base: prior("batch", {}),
    change: prior("batch", { priorScale: 0.5 }),
    changes: learning,
  },
  "criterion.full-sum.prior.batch.stopGradient": {
    base: prior("batch", {}),
    change: prior("batch", { stopGradient: false }),
    changes: ["gradient", "weights"],
  },
  "criterion.full-sum.transitionScale": {
    base: hmm({ speech, silence }, 0.5),
    change: hmm({ speech, silence }, 0.8),
    changes: learning,
  },
  "criterion.full-sum.transitions.speech.loop": {
    base: weighed({ speech, silence }),
    change: weighed({ speech: { ...speech, loop: 0.02 }, silence }),
    changes: all,
  },
  "criterion.full-sum.transitions.speech.forward": {
    base: weighed({ speech, silence }),
    change: weighed({ speech: { ...speech, forward: 0.001 }, silence }),
    changes: learning,
    either: ["evaluation"], // every path leaves every label as often
  },
  "criterion.full-sum.transitions.silence.loop": {
    base: weighed({ speech, silence }),
    change: weighed({ speech, silence: { ...silence, loop: 1 } }),
    changes: all,
  },
  "criterion.full-sum.transitions.silence.forward": {
    base: weighed({ speech, silence }),
    change: weighed({ speech, silence: { ...silence, forward: 0.001 } }),
    changes: all,
  },
  "criterion.full-sum.normalizedGradient.over": {
    base: balanced({}),
    change: balanced({ over: "sequence" }),
    changes: ["gradient", "weights"],
  },
  "criterion.full-sum.normalizedGradient.minimum": {
    base: balanced({}),
    change: balanced({ minimum: 0.3 }),
    changes: ["gradient", "weights"],
  },
  "criterion.full-sum.normalizedGradient.maximum": {
    base: balanced({}),
    change: balanced({ maximum: 2 }),
    changes: ["gradient", "weights"],
  },
  "criterion.full-sum.separatedBlank": {
    base: fullSum({}),
    change: fullSum({ separatedBlank: true }),
    changes: all,
  },
  ...transducerCases,
  ...attentionCases,
  "optimizer.lr": { change: adam({ lr: 2e-3 }), changes: ["weights"] },
  "optimizer.beta1": { change: adam({ beta1: 0.8 }), changes: ["weights"] },
  "optimizer.beta2": { change: adam({ beta2: 0.9 }), changes: ["weights"] },
  "optimizer.epsilon": { change: adam({ epsilon: 1e-3 }), changes: ["weights"] },
  "optimizer.weightDecay": { change: adam({ weightDecay: 0.1 }), changes: ["weights"] },
  "optimizer.method": { change: sgd({}), changes: ["weights"] },
  "optimizer.momentum": { base: sgd({}), change: sgd({ momentum: 0.5 }), changes: ["weights"] },
  ...Object.fromEntries([["start", 0.5], ["rise", 0.3], ["end", 1e-3]].map(([name, value]) => [
    `optimizer.schedule.one-cycle.${name}`,
    {
      base: adam({ schedule: { kind: "one-cycle" } }),
      change: adam({ schedule: { kind: "one-cycle", [name]: value } }),
      changes: ["weights"],
    } satisfies Case,
  ])),
  "optimizer.schedule.warm-up.steps": {
    base: adam({ schedule: { kind: "warm-up", steps: 2 } }),
    change: adam({ schedule: { kind: "warm-up", steps: 3 } }),
    changes: ["weights"],
  },
  "optimizer.clip": { change: adam({ clip: 2e-3 }), changes: ["weights"] },
  "batch": { change: { batch: 4 }, changes: learning, either: ["evaluation"] },
  "iters": { change: { iters: 5 }, changes: ["rows", "weights"] },
  "stopAtPer": { change: { stopAtPer: 99 }, changes: ["rows", "weights"] },
  "precision": {
    change: { precision: "single" },
    changes: all,
  },
  "pieces": {
    change: { pieces: 3 },
    changes: ["gradient", "weights"],
    either: ["loss", "evaluation"],
  },
  "evaluations.every": { change: evaluations({ every: 3 }), changes: ["rows"] },
  "evaluations.sequences": { change: evaluations({ sequences: 6 }), changes: ["evaluation"] },
  "evaluations.stream": { change: evaluations({ stream: 1 }), changes: ["evaluation"] },
  "evaluations.alignment.topology": {
    base: twins,
    change: evaluations({ alignment: { topology: "hmm" } }),
    changes: ["evaluation"],
  },
  "evaluations.alignment.blankShift": {
    change: evaluations({ alignment: { blankShift: -2 } }),
    changes: ["evaluation"],
  },
  "evaluations.alignment.priorScale": {
    change: evaluations({ alignment: { priorScale: 1 } }),
    changes: ["evaluation"],
  },
  "evaluations.alignment.posteriorScale": {
    base: evaluations({ alignment: { priorScale: 1 } }),
    change: evaluations({ alignment: { priorScale: 1, posteriorScale: 0.5 } }),
    changes: ["evaluation"],
  },
  "evaluations.alignment.transitionScale": {
    base: weighed({ speech, silence }),
    change: evaluations({ alignment: { transitionScale: 0 } }),
    changes: ["evaluation"],
  },
  "evaluations.frames.places": {
    change: evaluations({ frames: { places: 3 } }),
    changes: ["evaluation"],
  },
  "evaluations.split": {
    base: voices({}),
    change: evaluations({ split: "test" }),
    changes: ["evaluation"],
  },
  "evaluations.timing.at.topology": timed({ topology: "hmm" }),
  "evaluations.timing.at.blankShift": timed({ blankShift: -4 }),
  "evaluations.timing.at.priorScale": timed({ priorScale: 1 }),
  "evaluations.timing.at.posteriorScale": timed(
    { priorScale: 1, posteriorScale: 0.2 },
    { priorScale: 1 },
  ),
  "evaluations.timing.at.transitionScale": {
    base: { ...voices({}), ...hmm({ speech, silence }), ...evaluations({ timing: { at: [{}] } }) },
    change: evaluations({ timing: { at: [{ transitionScale: 30 }] } }),
    changes: ["evaluation"],
  },
  "evaluations.errors.fold.from": counted({ fold: [{ from: "2", to: "1" }] }),
  "evaluations.errors.fold.to": {
    base: evaluations({ errors: { fold: [{ from: "2", to: "1" }] } }),
    change: evaluations({ errors: { fold: [{ from: "2", to: "3" }] } }),
    changes: ["evaluation"],
  },
  "evaluations.errors.decoders.beam.width": {
    base: evaluations({ errors: { decoders: [{ kind: "beam", width: 1 }] } }),
    change: evaluations({ errors: { decoders: [{ kind: "beam", width: 9 }] } }),
    changes: ["evaluation"],
  },
  "evaluations.blanks": { change: evaluations({ blanks: false }), changes: ["evaluation"] },
};

/**
 * The places of all options in a form; what decides on other options is not one. A form that holds
 * itself, and any other with kinds, is entered once.
 */
// deno-lint-ignore no-explicit-any -- the form is data
export function optionsOf(form: any, path = "", entered = new Set()): string[] {
  const under = (fields: object, at: string) =>
    Object.entries(fields).flatMap(([key, f]) =>
      optionsOf(f, at === "" ? key : `${at}.${key}`, entered)
    );
  switch (form.is) {
    case "record":
      return under(form.fields, path);
    case "variants":
      if (entered.has(form.of)) return [path];
      entered.add(form.of);
      return Object.entries(form.of).flatMap(([kind, fields]) =>
        under(fields as object, `${path}.${kind}`)
      );
    case "list":
      return ["record", "variants"].includes(form.of.is)
        ? optionsOf(form.of, path, entered)
        : [path];
    default:
      return [path];
  }
}

/** An experiment of a few steps, everything measured. */
export function shortExperiment(change: Change = {}): Experiment {
  return smallExperiment({ iters: 4, evaluations: [grid], ...change });
}

/** The opened data set of an experiment that hears voices; others open their own. */
export function dataOf({ corpus }: Experiment) {
  return corpus.kind === "voices" ? fakeVoices(corpus) : undefined;
}

/** What comes of a few steps. */
export async function outcomeOf(experiment: Experiment): Promise<Record<Part, string>> {
  const data = dataOf(experiment);
  const training = new Training(experiment, { data });
  const evaluation = JSON.stringify(training.evaluate(experiment.evaluations[0]));
  const { loss, gradNorm } = training.step();
  const whole = new Training(experiment, { data });
  const rows = (await Array.fromAsync(whole.rows())).map(({ every, iter }) => [every, iter]);
  const weights = Object.entries(whole.params).map(([name, { data }]) => `${name} ${data}`);
  return {
    loss: String(loss),
    gradient: String(gradNorm),
    weights: weights.join(),
    evaluation,
    rows: rows.map(([_, iter]) => iter).join(),
  };
}
