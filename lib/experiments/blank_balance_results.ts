import { spreadOf } from "./paper_comparison.ts";
import type { Run } from "./run.ts";
import {
  blankBalanceExperiment,
  type BlankBalanceMethod,
  blankBalanceMethods,
} from "./sweeps/blank_balance.ts";

/** What one training of the sweep `blank-balance` came to. */
export interface BlankBalanceFigures {
  /** Label error rate after the last step, %. */
  readonly ler: number;
  /** Time stamp error of words aligned as the model is, frames. */
  readonly tse: number;
  /** The same with blank penalised and the posterior divided by the prior. */
  readonly against: number;
  /** The same between the centres of words alone. */
  readonly centre: number;
  /** Share of silence in that alignment, %. */
  readonly silence: number;
  /** The first evaluated step with a label error rate of at most 10 %; NaN if there is none. */
  readonly solved: number;
}

/** Label error rate at every evaluation under way: [step, LER] pairs. */
export function learningCurve({ rows }: Run): (readonly [iter: number, ler: number])[] {
  const [grid] = blankBalanceExperiment("baseline", 0).evaluations;
  return rows.filter(({ every }) => every === grid.every).map(({ iter, per }) => [iter, per]);
}

/** The runs of the sweep by method, in the methods' order; seeds in the order given. */
export function byMethod(runs: readonly Run[]): { method: BlankBalanceMethod; runs: Run[] }[] {
  return (Object.keys(blankBalanceMethods) as BlankBalanceMethod[]).map((method) => ({
    method,
    runs: runs.filter(({ experiment: { name, seed } }) =>
      name === blankBalanceExperiment(method, seed).name
    ),
  })).filter(({ runs }) => runs.length > 0);
}

/** What a training came to. */
export function blankBalanceFigures(run: Run): BlankBalanceFigures {
  const { iters } = run.experiment;
  const [plain, against] = run.rows.filter(({ every, iter }) => every === iters && iter === iters);
  return {
    ler: 100 * plain.per,
    tse: plain.alignment!.tse!,
    against: against.alignment!.tse!,
    centre: against.alignment!.tseCenter!,
    silence: 100 * against.alignment!.silenceRatio!,
    solved: learningCurve(run).find(([, ler]) => ler <= 0.1)?.[0] ?? NaN,
  };
}

/** How much more a is than b, seed by seed. */
export interface PairedDifference {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
  /** Whether the mean is more than two standard errors from 0. */
  readonly distinct: boolean;
}

/**
 * The mean of aₛ - bₛ over seeds s, with its standard error σ / √n.
 *
 * @throws {RangeError} If there are not as many values in both, or fewer than two.
 *
 * @example
 * ```ts
 * import { pairedDifference } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(pairedDifference([3, 5], [1, 1]), { mean: 3, error: 1, distinct: true });
 * ```
 */
export function pairedDifference(a: readonly number[], b: readonly number[]): PairedDifference {
  if (a.length !== b.length || a.length < 2) {
    throw new RangeError(
      `Cannot pair values as there must be as many of both, at least 2: ` +
        `there are ${a.length} and ${b.length}`,
    );
  }
  const { mean, deviation } = spreadOf(a.map((value, s) => value - b[s]));
  const error = deviation / Math.sqrt(a.length);
  return { mean, error, distinct: Math.abs(mean) > 2 * error };
}
