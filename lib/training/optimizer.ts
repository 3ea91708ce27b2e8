import { type Fields, number, optional } from "../form/mod.ts";
import type { Params } from "../numeric/mod.ts";
import { Adam } from "./adam.ts";
import { type Schedule, scheduleForm } from "./schedule.ts";
import { Sgd } from "./sgd.ts";

/** What an optimizer remembers of the steps before. */
export interface OptimizerState {
  /** Steps taken. */
  readonly steps: number;
  /** One value for every weight, under each of its names, such as "mean" and "square". */
  readonly moments: Readonly<Record<string, Params>>;
}

/** What moves weights down a gradient, and remembers what it needs of the steps before. */
export interface Optimizer {
  /** Moves `params` one step, in place; `lr` is the learning rate of this step. */
  step(params: Params, grads: Params, lr?: number): void;
  /** Where it is, as a value of its own. */
  getState(): OptimizerState;
  /** Goes on from where an optimizer of the same settings was. */
  setState(state: OptimizerState): void;
}

/** How an experiment moves its weights, and the clipping before it. */
export interface OptimizerOptions {
  /** {@link Adam}, or {@link Sgd}, gradient descent with momentum; defaults to "adam". */
  readonly method?: "adam" | "sgd";
  /** The learning rate, the peak of a schedule. */
  readonly lr: number;
  /** Of Adam; defaults to 0.9. */
  readonly beta1?: number;
  /** Of Adam; defaults to 0.999. */
  readonly beta2?: number;
  /** Of Adam; defaults to 1e-8. */
  readonly epsilon?: number;
  /** Of gradient descent; defaults to 0.9. */
  readonly momentum?: number;
  /** λ of all weights, biases among them; defaults to 0. */
  readonly weightDecay?: number;
  /** How the learning rate changes from step to step; defaults to not at all. */
  readonly schedule?: Schedule;
  /** Largest global norm of the gradient. */
  readonly clip: number;
}

/** What {@link OptimizerOptions} look like. */
export const optimizerFields: Fields<OptimizerOptions> = {
  method: optional({ is: "choice", of: ["adam", "sgd"] }),
  lr: number({ above: 0 }),
  beta1: optional(number({ min: 0, below: 1 })),
  beta2: optional(number({ min: 0, below: 1 })),
  epsilon: optional(number({ above: 0 })),
  momentum: optional(number({ min: 0, below: 1 })),
  weightDecay: optional(number({ min: 0 })),
  schedule: optional(scheduleForm),
  clip: number({ above: 0 }),
};

/** The settings that only one method knows. */
const own: Readonly<
  Record<"adam" | "sgd", readonly ("beta1" | "beta2" | "epsilon" | "momentum")[]>
> = { adam: ["beta1", "beta2", "epsilon"], sgd: ["momentum"] };

/**
 * Checks that settings are the method's own.
 *
 * @throws {RangeError} Naming the first that only another method knows.
 */
export function requireOwnSettings({ method = "adam", ...settings }: OptimizerOptions): void {
  const other = method === "adam" ? "sgd" : "adam";
  const foreign = own[other].find((name) => settings[name] !== undefined);
  if (foreign === undefined) return;
  throw new RangeError(
    `Cannot train as optimizer.${foreign} must be left out where the method is "${method}": ` +
      `current value is ${settings[foreign]}`,
  );
}

/** The optimizer of an experiment. */
export function buildOptimizer(options: OptimizerOptions): Optimizer {
  requireOwnSettings(options);
  const { method = "adam", lr, beta1, beta2, epsilon, momentum, weightDecay } = options;
  return method === "adam"
    ? new Adam({ lr, beta1, beta2, epsilon, weightDecay })
    : new Sgd({ lr, momentum, weightDecay });
}
