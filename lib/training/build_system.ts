import type { DataSet } from "../corpora/mod.ts";
import { RandomState } from "../numeric/mod.ts";
import { framewise, type System } from "../systems/mod.ts";
import { requireForm } from "../form/mod.ts";
import { buildModel, expanded } from "./build_model.ts";
import { buildCriterion } from "./criterion.ts";
import type { Experiment } from "./experiment.ts";
import { criterionForm, modelForm } from "./experiment_form.ts";
import { streams } from "./streams.ts";
import { buildAttention } from "./attention_options.ts";
import { buildTransducer } from "./transducer_options.ts";

/**
 * The system of an experiment: its model, and its criterion over what the data set knows; or a
 * transducer or an attention encoder–decoder, whose encoder the model is.
 *
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If an option is out of range, or the data set does not know what it needs.
 */
export function buildSystem(
  { model, criterion, seed }: Pick<Experiment, "model" | "criterion" | "seed">,
  data: DataSet,
): System {
  if (criterion.kind === "transducer" || criterion.kind === "attention") {
    requireForm("Cannot build a model", modelForm, model);
    requireForm("Cannot build a criterion", criterionForm, criterion);
    return criterion.kind === "transducer"
      ? buildTransducer(criterion, expanded(model), data)
      : buildAttention(criterion, expanded(model), data);
  }
  const layer = buildModel(model, data.features, data.labels);
  return framewise(
    layer,
    buildCriterion(criterion, data, new RandomState(seed + streams.prior)),
  );
}
