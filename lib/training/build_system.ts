import type { DataSet } from "../corpora/mod.ts";
import { RandomState } from "../numeric/mod.ts";
import { framewise, type FramewiseSystem } from "../systems/mod.ts";
import { buildModel } from "./build_model.ts";
import { buildCriterion } from "./criterion.ts";
import type { Experiment } from "./experiment.ts";
import { streams } from "./streams.ts";

/**
 * The system of an experiment: its model, and its criterion over what the data set knows.
 *
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If an option is out of range, or the data set does not know what it needs.
 */
export function buildSystem(
  { model, criterion, seed }: Pick<Experiment, "model" | "criterion" | "seed">,
  data: DataSet,
): FramewiseSystem {
  const layer = buildModel(model, data.features, data.labels);
  return framewise(
    layer,
    buildCriterion(criterion, data, new RandomState(seed + streams.prior)),
  );
}
