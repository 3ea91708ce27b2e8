import { softmaxOutput } from "../criteria/mod.ts";
import type { Layer } from "../models/mod.ts";
import { sequenceAt, sequences } from "../numeric/mod.ts";
import { decodePosterior, requireDecodeOptions } from "./decode.ts";
import type { FrameCriterion } from "./frame_criterion.ts";
import { frameLabels } from "./frame_labels.ts";
import { NotFiniteError, withinLimit } from "./not_finite.ts";
import { type Able, requireNoHybrid, type System } from "./system.ts";

/** A layer that gives logits for every frame, and a criterion of them. */
export interface FramewiseSystem extends Able<"posterior" | "topologies" | "labelGradients"> {
  /** From features to one row of logits per frame. */
  readonly layer: Layer;
  /** What the logits are judged by. */
  readonly criterion: FrameCriterion;
}

/**
 * The system of a layer and a criterion: one row of logits per frame, one output over them.
 *
 * Weights: those of the layer.
 *
 * @example
 * ```ts
 * import { linear } from "lib/models/mod.ts";
 * import { ctcCriterion, framewise } from "lib/systems/mod.ts";
 * import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const system = framewise(linear(2, 3), ctcCriterion());
 * const params = system.init(new RandomState(0));
 * const batch = { x: sequences([matrix(2, 2), matrix(1, 2)]), targets: [[1, 2], [1, 2]] };
 * assertEquals(system.gradients(params, batch).infeasible, 1);
 * ```
 */
export function framewise(layer: Layer, criterion: FrameCriterion): FramewiseSystem {
  const { output, needs } = criterion;
  return {
    layer,
    criterion,
    needs,
    init: (rng) => layer.init(rng),
    frames: (T) => layer.frames(T),
    topologies: (batch, kind) => criterion.topologies(batch, kind),
    gradients(params, batch, ctx) {
      const { y, cache } = layer.forward(params, batch.x, ctx);
      if (!withinLimit(y.frames)) throw new NotFiniteError("an output is not finite");
      const { loss, dLogits, infeasible } = criterion.loss(y, batch, ctx?.alloc);
      return { loss, infeasible, grads: layer.backward(params, cache, dLogits, ctx).grads };
    },
    decode(params, x, options = {}, ctx) {
      requireDecodeOptions(options);
      const { y } = layer.forward(params, x, ctx);
      const logProbs = { ...y, frames: output.logProbs(y.frames, ctx?.alloc) };
      // The softmax keeps the order of the logits, other outputs do not.
      const scores = output === softmaxOutput ? y : logProbs;
      const sequences = Array.from(
        { length: x.offsets.length - 1 },
        (_, b) => decodePosterior(sequenceAt(logProbs, b), options, sequenceAt(scores, b)),
      );
      return { sequences, logProbs };
    },
    posterior(params, x, ctx) {
      const { y } = layer.forward(params, x, ctx);
      return { ...y, frames: output.logProbs(y.frames, ctx?.alloc) };
    },
    labelGradients(params, x, target, options = {}) {
      requireNoHybrid(options);
      const { words } = options;
      const [topology] = criterion.topologies({ targets: [target], words: words && [words] });
      const { y, cache } = layer.forward(params, sequences([x]));
      return frameLabels(output.logProbs(y.frames), topology, output, options)?.map((label) => ({
        logProb: label.logProb,
        dx() {
          const dy = { frames: label.dLogits(), offsets: y.offsets };
          return layer.backward(params, cache, dy).dx().frames;
        },
      }));
    },
  };
}

/**
 * The system of a model that must be framewise, for what needs its layer or criterion.
 *
 * @throws {TypeError} If it is of another kind.
 */
export function framewiseOf({ system }: { readonly system: System }): FramewiseSystem {
  if ("layer" in system && "criterion" in system) return system as FramewiseSystem;
  throw new TypeError("Cannot take the model apart as its system must be framewise: it is another");
}
