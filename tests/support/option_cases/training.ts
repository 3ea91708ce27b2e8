import { smallExperiment } from "../experiments.ts";
import { all, type Case, type Change, learning } from "./case.ts";

const { optimizer } = smallExperiment();
const adam = (options: object): Change => ({ optimizer: { ...optimizer, ...options } });
const sgd = (options: object): Change => ({
  optimizer: { method: "sgd", lr: optimizer.lr, clip: optimizer.clip, ...options },
});

/** Every option of a training. */
export const trainingCases: Record<string, Case> = {
  "name": { change: { name: "other" }, changes: [] },
  "seed": { change: { seed: 4 }, changes: all },
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
};
