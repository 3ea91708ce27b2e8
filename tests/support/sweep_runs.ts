import { type EvaluationRow, type Experiment, type Run, sweeps } from "lib/experiments/mod.ts";

/** A run with one evaluation every 20 steps that first is at most 0.05 at `solved`, if ever. */
export function runSolvedAt(experiment: Experiment, solved?: number): Run {
  const last = solved ?? experiment.iters;
  const rows = Array.from({ length: Math.ceil(last / 20) }, (_, n): EvaluationRow => {
    const iter = 20 * (n + 1);
    const per = iter === solved ? 0.05 : 0.5;
    return { every: 20, iter, nll: 1, per, seqAcc: 0, infeasible: 0 };
  });
  return { experiment, rows };
}

/** Runs of a sweep that are solved when `at` says. */
export function solvedSweep(
  name: "scale" | "depth",
  seeds: readonly number[],
  at: (experiment: Experiment) => number | undefined,
): Run[] {
  return sweeps[name].experiments(seeds).map((experiment) =>
    runSolvedAt(experiment, at(experiment))
  );
}
