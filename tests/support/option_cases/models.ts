import type { Experiment } from "lib/training/mod.ts";
import { all, type Case, type Change, unmeasured, words } from "./case.ts";

const model = (kind: string, options: object = {}): Change => ({
  model: { kind, hidden: 3, ...options } as Experiment["model"],
});
const recurrent = (kind: string): Record<string, Case> => ({
  [`model.${kind}.hidden`]: { base: model(kind), change: model(kind, { hidden: 4 }), changes: all },
  [`model.${kind}.layers`]: { base: model(kind), change: model(kind, { layers: 2 }), changes: all },
  [`model.${kind}.delay`]: { base: model(kind), change: model(kind, { delay: 2 }), changes: all },
  [`model.${kind}.pyramid`]: {
    base: { ...model(kind, { layers: 2 }), ...unmeasured },
    change: model(kind, { layers: 2, pyramid: true }),
    changes: all,
  },
  [`model.${kind}.peephole`]: {
    base: model(kind),
    change: model(kind, { peephole: true }),
    changes: all,
  },
  [`model.${kind}.blankBias`]: {
    base: model(kind),
    change: model(kind, { blankBias: 1 }),
    changes: all,
  },
});

/** Every option of a model that is named as a whole, or made of layers. */
export const modelCases: Record<string, Case> = {
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
  "model.pyramid.layers": {
    base: {
      model: { kind: "pyramid", layers: [{ kind: "linear", size: 3 }, { kind: "linear" }] },
      ...unmeasured,
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
};
