import { corpusForm } from "../corpora/mod.ts";
import { flag, type Form, number, optional, requireForm, whole } from "../form/mod.ts";
import { largestScale } from "../systems/mod.ts";
import type { LoopForward } from "../alignment/mod.ts";
import { attentionFields } from "./attention_options.ts";
import { power, scale, size, topologyForm } from "./bounds.ts";
import type { AnyModelOptions } from "./build_model.ts";
import type { CriterionOptions } from "./criterion.ts";
import type { Experiment } from "./experiment.ts";
import { leafLayers } from "./leaf_layers.ts";
import { measureFields } from "./measures/measures.ts";
import { wrapperLayers } from "./nested_layers.ts";
import { requirePieces } from "./pieces.ts";
import { optimizerFields, requireOwnSettings } from "./optimizer.ts";
import { largestSeed, seedCount } from "./streams.ts";
import { transducerFields } from "./transducer_options.ts";

export { corpusForm, largestScale };

/** A factor of a gradient; a maximum of 1e9 stands for none. */
const clamp = number({ min: 0, max: 1e12 });
const probability = number({ above: 0, max: 1 });
const labelSmoothing = optional(number({ min: 0, below: 1 }));
const loopForward: Form<LoopForward> = {
  is: "record",
  fields: { loop: probability, forward: optional(probability) },
};
const lstm = {
  hidden: size,
  layers: optional(size),
  delay: optional(whole({ min: 0 })),
  pyramid: optional(flag),
  peephole: optional(flag),
  blankBias: optional(scale),
};
const rnn = { hidden: size };
const averagePrior = { priorScale: scale, stopGradient: optional(flag) };

/** What {@link AnyModelOptions} look like. */
export const modelForm: Form<AnyModelOptions> = {
  is: "variants",
  of: {
    blstm: lstm,
    lstm,
    brnn: rnn,
    rnn,
    mlp: { hidden: size, radius: whole({ min: 0 }) },
    ffnn: { init: leafLayers.linear.fields.init },
    layers: wrapperLayers.layers.fields,
    pyramid: wrapperLayers.pyramid.fields,
    delay: wrapperLayers.delay.fields,
  },
};

/** What {@link CriterionOptions} look like. */
export const criterionForm: Form<CriterionOptions> = {
  is: "variants",
  of: {
    ctc: { labelSmoothing },
    framewise: { separatedBlank: optional(flag), labelSmoothing },
    "full-sum": {
      topology: optional(topologyForm),
      posteriorScale: optional(power),
      prior: optional({
        is: "variants",
        of: { static: { priorScale: scale }, sequence: averagePrior, batch: averagePrior },
      }),
      transitionScale: optional(scale),
      transitions: optional({
        is: "record",
        fields: { speech: loopForward, silence: loopForward },
      }),
      normalizedGradient: optional({
        is: "record",
        fields: {
          over: optional({ is: "choice", of: ["batch", "sequence"] }),
          minimum: optional(clamp),
          maximum: optional(clamp),
        },
      }),
      separatedBlank: optional(flag),
      labelSmoothing,
    },
    transducer: transducerFields,
    attention: attentionFields,
  },
};

/** What an {@link Experiment} looks like, down to its last key. */
export const experimentForm: Form<Experiment> = {
  is: "record",
  fields: {
    name: { is: "text" },
    seed: whole({ min: 0, max: largestSeed }),
    corpus: corpusForm,
    model: modelForm,
    criterion: criterionForm,
    optimizer: { is: "record", fields: optimizerFields },
    batch: size,
    iters: size,
    stopAtPer: optional(number({ min: 0 })),
    evaluations: {
      is: "list",
      of: {
        is: "record",
        fields: {
          every: size,
          sequences: size,
          split: optional({ is: "choice", of: ["dev", "test"] }),
          stream: whole({ min: 0, max: seedCount - 1 }),
          ...measureFields,
        },
      },
    },
    precision: optional({ is: "choice", of: ["double", "single"] }),
    pieces: optional(size),
  },
};

/**
 * Checks that a value is an experiment: every key known, every value of its type and in its bounds.
 *
 * @throws {TypeError} If a value is of another type, a key is missing, or nobody knows it; the
 * message names the nearest.
 * @throws {RangeError} If a value is out of its bounds.
 *
 * @example
 * ```ts
 * import { requireExperiment, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const experiment = writeUpExperiment("blstm", 0);
 * requireExperiment(experiment);
 * assertThrows(
 *   () => requireExperiment({ ...experiment, corpus: { kind: "phonemes", nosie: 0.1 } }),
 *   TypeError,
 *   'Cannot train as "nosie" is no key of corpus: did you mean "noise"?',
 * );
 * ```
 */
export function requireExperiment(value: unknown): asserts value is Experiment {
  requireForm<Experiment>("Cannot train", experimentForm, value, "");
  requirePieces(value);
  requireOwnSettings(value.optimizer);
  value.evaluations.forEach(({ stream }, n) => {
    if (value.seed + stream < seedCount) return;
    throw new RangeError(
      `Cannot train as seed + evaluations[${n}].stream must be below ${seedCount}: ` +
        `current values are ${value.seed} and ${stream}`,
    );
  });
}
