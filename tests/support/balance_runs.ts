import {
  blankBalanceExperiment,
  type BlankBalanceMethod,
  type EvaluationRow,
  type Run,
} from "lib/experiments/mod.ts";

/** A run of `blank-balance` whose label error rate falls from 1 to 0.05 at step `solved`. */
export function balanceRun(method: BlankBalanceMethod, seed: number, solved: number): Run {
  const experiment = blankBalanceExperiment(method, seed);
  const [grid, plain, against] = experiment.evaluations;
  const row = (every: number, iter: number): EvaluationRow => {
    const per = iter < solved ? 1 : 0.05;
    return { every, iter, nll: 1, per, seqAcc: 0, infeasible: 0 };
  };
  const steps = Array.from(
    { length: experiment.iters / grid.every },
    (_, n) => grid.every * (n + 1),
  );
  const aligned = (every: number, tse: number): EvaluationRow => {
    const alignment = {
      frameCe: 1,
      blankPosterior: 0.4,
      tse,
      tseCenter: tse / 2,
      silenceRatio: 0.4,
      unaligned: 0,
    };
    return { ...row(every, experiment.iters), alignment } as EvaluationRow;
  };
  return {
    experiment,
    rows: [
      ...steps.map((iter) => row(grid.every, iter)),
      aligned(plain.every, 2),
      aligned(against.every, 1),
    ],
  };
}
