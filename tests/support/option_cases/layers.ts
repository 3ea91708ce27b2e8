import type { Experiment } from "lib/training/mod.ts";
import { all, type Case, type Change, learning, unmeasured } from "./case.ts";

/** A layer of an experiment by its options, and an output layer on top. */
const nested = (layer: object, ...more: object[]): Change => ({
  model: { kind: "layers", layers: [layer, ...more, { kind: "linear" }] } as Experiment["model"],
});
const small = { kind: "rnn", hidden: 3 };
const output = (options: object): Change => ({
  model: { kind: "layers", layers: [{ kind: "linear", ...options }] } as Experiment["model"],
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
          ...unmeasured,
        },
        change: nested({ kind, ...from, [option]: to }),
        changes: inTraining.includes(option) ? learning : all,
      }];
    }),
  );

/** Every option of a layer. */
export const layerCases: Record<string, Case> = {
  ...Object.fromEntries(["lstm", "rnn", "gru"].map((kind): [string, Case] => [
    `model.layers.layers.${kind}.hidden`,
    { base: nested({ kind, hidden: 3 }), change: nested({ kind, hidden: 4 }), changes: all },
  ])),
  "model.layers.layers.lstm.peephole": {
    base: nested({ kind: "lstm", hidden: 3 }),
    change: nested({ kind: "lstm", hidden: 3, peephole: true }),
    changes: all,
  },
  "model.layers.layers.inputNoise.deviation": {
    base: nested({ kind: "inputNoise", deviation: 0.3 }, small),
    change: nested({ kind: "inputNoise", deviation: 0.6 }, small),
    changes: learning,
  },
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
      ...unmeasured,
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
};
