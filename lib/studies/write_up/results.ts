import {
  iterationsToSolve,
  type KeyedRun,
  type ReadableStore,
  readRuns,
  rowsEvery,
} from "../../experiments/mod.ts";
import type { CurveRow } from "../../figures/mod.ts";
import { mean } from "../../numeric/mod.ts";
import { published } from "./published.ts";
import { COARSE, FINE, type Kind, kinds, sweep } from "./sweep.ts";

/** What became of one model, one value a seed. */
export interface Course {
  /** The first iteration with a PER of at most 0.05 on the grid of 100; Infinity if there is none. */
  readonly coarse: readonly number[];
  /** The same on the grid of 10. */
  readonly fine: readonly number[];
  /** PER after the last iteration. */
  readonly finalPer: readonly number[];
  /** PER at seed 0 at iterations 100, 200, … 700, as far as it was trained. */
  readonly pers: readonly number[];
  /** Every evaluation. */
  readonly curves: readonly (readonly CurveRow[])[];
}

/** What became of both models. */
export interface Results extends Readonly<Record<Kind, Course>> {
  readonly seeds: readonly number[];
  /** Steps of the trainings. */
  readonly iters: number;
}

/**
 * Reads the ten trainings of the headline from the store of `results/`.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const entries = sweep.entries([0, 1, 2, 3, 4]);
  const runs = await readRuns(
    store.within("write-up"),
    entries.map(({ experiment }) => experiment),
  );
  return gather(entries.map(({ key }, n) => ({ key, run: runs[n] })));
}

/**
 * Puts runs in order, by model and seed.
 *
 * @throws {RangeError} If not every seed has a run of both models.
 */
export function gather(runs: readonly KeyedRun<{ kind: Kind; seed: number }>[]): Results {
  const seeds = [...new Set(runs.map(({ key }) => key.seed))].sort((a, b) => a - b);
  const course = (kind: Kind): Course => {
    const own = seeds.map((seed) => {
      const found = runs.find(({ key }) => key.kind === kind && key.seed === seed);
      if (found !== undefined) return found.run;
      throw new RangeError(`Cannot compare the models: there is no run of ${kind} at seed ${seed}`);
    });
    const solved = (every: number) => own.map((run) => iterationsToSolve(run, every) ?? Infinity);
    const early = seeds[0] === 0 ? rowsEvery(own[0], COARSE) : [];
    return {
      coarse: solved(COARSE),
      fine: solved(FINE),
      finalPer: own.map((run) => rowsEvery(run, COARSE).at(-1)!.per),
      pers: published.perByIteration[kind].flatMap((_, n) =>
        early.filter(({ iter }) => iter === COARSE * (n + 1)).map(({ per }) => per)
      ),
      curves: own.map(({ rows }) => rows),
    };
  };
  const [blstm, lstm] = kinds.map(course);
  return { seeds, iters: runs[0].run.experiment.iters, blstm, lstm };
}

/** Mean iterations of LSTM over those of BLSTM; no number if a training never got there. */
export function speedup({ blstm, lstm }: Results, grid: "coarse" | "fine"): number {
  return mean(lstm[grid]) / mean(blstm[grid]);
}
