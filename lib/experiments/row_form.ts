import {
  count,
  loss,
  rate,
  recordFault,
  share,
  type ValueKind,
} from "../training/measures/value_kinds.ts";
import { type EvaluationRow, measureRowForms } from "../training/mod.ts";

const row: Record<keyof EvaluationRow, ValueKind> = {
  every: count,
  iter: count,
  nll: loss,
  per: rate,
  seqAcc: share,
  infeasible: count,
  ...measureRowForms,
};
const always = ["every", "iter", "nll", "per", "seqAcc", "infeasible"];

/**
 * What is wrong with the form of an evaluation row, in words; undefined if nothing is.
 *
 * The loss is finite or Infinity, error rates and counts are finite, and only measures of what may
 * not occur at all can be NaN.
 */
export function rowFault(value: unknown): string | undefined {
  return recordFault(value, row, always);
}
