import { completeSpeechFeatures, speechFeatureFields } from "../audio/mod.ts";
import {
  completeDigitOptions,
  completeHomophoneOptions,
  completeLetterOptions,
  completePhonemeOptions,
  completeRecordingOptions,
  completeVoicesOptions,
  completeWordOptions,
  digitFields,
  homophoneFields,
  letterFields,
  phonemeCorpusFields,
  recordingFields,
  sizesOf,
  timitFields,
  voicesFields,
  wordCorpusFields,
} from "../corpora/mod.ts";
import { canonicalJson } from "../form/json.ts";
import {
  alignmentForm,
  criterionForm,
  errorsForm,
  expanded,
  type Experiment,
  experimentForm,
  gradientWayForm,
  type LayerOptions,
  requireExperiment,
  timingForm,
} from "../training/mod.ts";
import { leafLayers } from "../training/leaf_layers.ts";
import { layerForm, wrapperLayers } from "../training/nested_layers.ts";
import { runName } from "./run.ts";

/** Options of a record by their names. */
type Options = Readonly<Record<string, unknown>>;
/** A default that goes by the options beside it, or by the whole experiment. */
type Relative = (beside: Options, experiment: Experiment) => unknown;
/** Any form, as far as defaults go. */
interface AnyForm {
  readonly is: string;
  readonly of?: unknown;
  readonly fields?: AnyFields;
}
type AnyFields = Readonly<Record<string, AnyForm>>;

const fullSum = criterionForm.of["full-sum"];
const { transducer, attention } = criterionForm.of;
const { sequence, batch } = fullSum.prior.of;
const { speech, silence } = fullSum.transitions.fields;
const { optimizer } = experimentForm.fields;
const grid = experimentForm.fields.evaluations.of;
/** Of an experiment, whose model is written as layers. */
const meantFields = { ...experimentForm.fields, model: layerForm };
const forward: Relative = ({ loop }) => 1 - Number(loop);
const ofCriterion: Relative = (_, { criterion }) =>
  criterion.kind === "full-sum" ? criterion.topology ?? "ctc" : "ctc";
const bins: Relative = ({ base }) => base === "log-mel" ? 40 : 23;
const labels: Relative = (_, { corpus }) => sizesOf(corpus).labels;

/** What an option that is left out stands for, by the fields of its record in the form. */
export const defaults: ReadonlyMap<object, Options> = new Map<object, object>([
  [phonemeCorpusFields, completePhonemeOptions({})],
  [wordCorpusFields, completeWordOptions({})],
  [homophoneFields, completeHomophoneOptions({})],
  [letterFields, completeLetterOptions({})],
  [voicesFields, { ...completeVoicesOptions({}), features: {} }],
  [voicesFields.features.fields, completeVoicesOptions({}).features],
  [voicesFields.noise.fields, { share: 0.5 }],
  [timitFields, { phones: "61", silence: "label", test: "core", features: {} }],
  [digitFields, withFeatures(completeDigitOptions({}))],
  [recordingFields, withFeatures(completeRecordingOptions({}))],
  [speechFeatureFields, { ...completeSpeechFeatures(), bins }],
  [leafLayers.lstm.fields, { peephole: false }],
  [leafLayers.linear.fields, { size: labels, init: { kind: "random" }, blankBias: 0 }],
  [leafLayers.conv1d.fields, { stride: 1, padding: 0, groups: 1 }],
  [leafLayers.conv2d.fields, { inputChannels: 1, stride: 1, padding: 0 }],
  [leafLayers.selfAttention.fields, { relative: false }],
  [leafLayers.feedForward.fields, { expansion: 4, dropout: 0 }],
  [leafLayers.conformer.fields, { kernel: 31, expansion: 4, dropout: 0, relative: true }],
  [leafLayers.specAugment.fields, {
    timeMasks: 2,
    timeWidth: 10,
    timeShare: 0.2,
    bandMasks: 2,
    bandWidth: 2,
  }],
  [wrapperLayers.residual.fields, { scale: 1 }],
  [criterionForm.of.ctc, { labelSmoothing: 0 }],
  [criterionForm.of.framewise, { separatedBlank: false, labelSmoothing: 0 }],
  [fullSum, {
    topology: "ctc",
    posteriorScale: 1,
    transitionScale: 0,
    separatedBlank: false,
    labelSmoothing: 0,
  }],
  [sequence, { stopGradient: true }],
  [batch, { stopGradient: true }],
  [speech.fields, { forward }],
  [silence.fields, { forward }],
  [fullSum.normalizedGradient.fields, { over: "batch", minimum: 0.5, maximum: 1.1 }],
  [attention, {
    embedding: ({ hidden }: Options) => hidden,
    labelSmoothing: 0,
    scheduledSampling: 0,
    ctcWeight: 0,
  }],
  [transducer, { labelsPerFrame: 5 }],
  [transducer.prediction.of.lstm, { embedding: ({ hidden }: Options) => hidden }],
  [transducer.prediction.of.gru, { embedding: ({ hidden }: Options) => hidden }],
  [optimizer.fields, {
    method: "adam",
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    momentum: 0.9,
    weightDecay: 0,
  }],
  [optimizer.fields.schedule.of["one-cycle"], { start: 0.1, rise: 0.45, end: 1e-6 }],
  [experimentForm.fields, { precision: "double", pieces: 1 }],
  [meantFields, { precision: "double", pieces: 1 }],
  [grid.fields, { blanks: false }],
  [timingForm.fields, { at: [{}], gradients: [] }],
  [gradientWayForm.fields, {
    p: 0.1,
    maskBlank: true,
    priorScale: 0,
    blankScore: -6,
    percentile: 60,
  }],
  [errorsForm.fields, { decoders: [{ kind: "greedy" }], fold: [] }],
  [alignmentForm.fields, {
    topology: ofCriterion,
    blankShift: 0,
    priorScale: 0,
    posteriorScale: 1,
    transitionScale: 0,
  }],
]) as ReadonlyMap<object, Options>;

/** Features have defaults of their own, so that all of them left out is none. */
function withFeatures(options: object): Options {
  return { ...options, features: {} };
}

/** See {@link normalForm}. */
export interface NormalForm extends Omit<Experiment, "name" | "model"> {
  /** Layer by layer. */
  readonly model: LayerOptions;
}

/**
 * What an experiment means, written in one way: options at their defaults are left out, a model is
 * written out layer by layer, a full sum that is CTC is called so, and the name is no part of it.
 * Experiments of one normal form train to the same bits, and get the same run.
 *
 * @example
 * ```ts
 * import { normalForm, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const experiment = writeUpExperiment("blstm", 0);
 * const corpus = { kind: "phonemes", noise: 0.18 } as const;
 * const criterion = { kind: "full-sum", posteriorScale: 1 } as const;
 * const respelled = { ...experiment, name: "mine", corpus, criterion };
 * assertEquals(normalForm(respelled), normalForm(experiment));
 * ```
 */
export function normalForm(experiment: Experiment): NormalForm {
  const fields = meantFields as unknown as AnyFields;
  const { name: _, ...named } = experiment;
  const options = { ...named, model: expanded(experiment.model) };
  const meant = plainFields(fields, options, experiment) as unknown as NormalForm;
  if (meant.criterion.kind === "transducer" || meant.criterion.kind === "attention") return meant;
  const { kind, labelSmoothing, ...others } = meant.criterion;
  const isCtc = kind === "full-sum" && Object.keys(others).length === 0;
  if (!isCtc) return meant;
  return { ...meant, criterion: { kind: "ctc", ...(labelSmoothing && { labelSmoothing }) } };
}

/** Whether a value is an experiment that can be trained. */
export function isExperiment(value: unknown): value is Experiment {
  try {
    requireExperiment(value);
    return true;
  } catch {
    return false;
  }
}

/** The normal form as text, for a look-up; undefined if it is no experiment. */
export function meaningOf(experiment: unknown): string | undefined {
  return isExperiment(experiment) ? canonicalJson(normalForm(experiment)) : undefined;
}

/** The names of runs, in order, by what their experiments mean; what is no experiment is left out. */
export function namesByMeaning(experiments: readonly unknown[]): Map<string, string[]> {
  const groups = Map.groupBy(experiments.filter(isExperiment), (one) => meaningOf(one)!);
  return new Map([...groups].map(([meaning, same]) => [meaning, same.map(runName).sort()]));
}

/** A value of a form without its defaults. */
function plain(form: AnyForm, value: unknown, experiment: Experiment): unknown {
  if (Array.isArray(value)) {
    return form.is === "list" ? value.map((v) => plain(form.of as AnyForm, v, experiment)) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  const fields = form.is === "variants"
    ? (form.of as Readonly<Record<string, AnyFields>>)[(value as { kind: string }).kind]
    : form.fields;
  return fields === undefined ? value : plainFields(fields, value as Options, experiment);
}

function plainFields(fields: AnyFields, options: Options, experiment: Experiment): Options {
  const usual = defaults.get(fields) ?? {};
  const kept = Object.entries(options).map(([key, value]) =>
    [key, Object.hasOwn(fields, key) ? plain(fields[key], value, experiment) : value] as const
  ).filter(([key, value]) => {
    if (value === undefined) return false;
    if (!Object.hasOwn(usual, key)) return true;
    const own = usual[key];
    const due = typeof own === "function" ? (own as Relative)(options, experiment) : own;
    return canonicalJson(value) !== canonicalJson(due);
  });
  return Object.fromEntries(kept);
}
