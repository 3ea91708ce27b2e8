export {
  finishedRun,
  firstDifference,
  iterationsToSolve,
  type MadeBy,
  rowsEvery,
  type Run,
  runFormat,
  runName,
  runText,
  type RunVersion,
} from "./run.ts";
export { type NormalForm, normalForm } from "./normal_form.ts";
export type { Twin } from "../numeric/kernels/mod.ts";
export { parseRun } from "./parse_run.ts";
export * from "./pool.ts";
export * from "./checkpoints.ts";
export * from "./store.ts";
export * from "./store_of.ts";
export * from "./keep_run.ts";
export * from "./write_up.ts";
export * from "./speech.ts";
export * from "./speech_recipe.ts";
export * from "./systems.ts";
export * from "../training/mod.ts";
export * from "./sweep.ts";
export * from "./read_sweep.ts";
export * from "./read_runs.ts";
export * from "./table.ts";
export * from "./alignment_report.ts";
export * from "./decode.ts";
