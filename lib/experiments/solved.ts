import { number, requireForm } from "../form/mod.ts";
import type { ModelOptions } from "../training/mod.ts";
import { iterationsToSolve, type Run } from "./run.ts";
import { type Scale, scaleExperiment } from "./sweeps/scale.ts";

/** When trainings solved their task: iterations, or undefined for those that never did. */
export type Solved = readonly (number | undefined)[];

/** How much longer one model takes than another. */
export interface Advantage {
  readonly ratio: number;
  /** Whether the slower was given up before it was done, so that the ratio is a lower bound. */
  readonly atLeast: boolean;
}

/** When runs solved their task, on the first grid of their evaluations. */
export function solvedBy(runs: readonly Run[]): Solved {
  return runs.map((run) => {
    const [grid] = run.experiment.evaluations;
    if (grid !== undefined) return iterationsToSolve(run, grid.every);
    throw new RangeError(
      `Cannot say when ${run.experiment.name} was solved as its experiment has no evaluations`,
    );
  });
}

/** When each model solved its task at a scale, in the order of the runs. */
export function solvedAtScale(
  runs: readonly Run[],
  scale: Scale,
): Readonly<Record<ModelOptions["kind"], Solved>> {
  const of = (kind: ModelOptions["kind"]) =>
    solvedBy(
      runs.filter(({ experiment }) =>
        experiment.name === scaleExperiment(kind, scale, experiment.seed).name
      ),
    );
  return { blstm: of("blstm"), lstm: of("lstm") };
}

/**
 * The median iterations, where never is longer than any number; undefined if the median run never
 * solved its task, or there is none.
 *
 * @example
 * ```ts
 * import { medianSolved } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(medianSolved([300, undefined, 200]), 300);
 * assertEquals(medianSolved([300, undefined, undefined]), undefined);
 * ```
 */
export function medianSolved(solved: Solved): number | undefined {
  if (solved.length === 0) return undefined;
  if (solved.some((n) => Number.isNaN(n))) {
    throw new RangeError("Cannot take a median as iterations must be numbers: one is NaN");
  }
  const sorted = solved.map((n) => n ?? Infinity).sort((a, b) => a < b ? -1 : a > b ? 1 : 0);
  const half = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
  return median === Infinity ? undefined : median;
}

/**
 * The ratio of the slower model's median to the faster's; undefined where the faster's median never
 * solved its task.
 *
 * @param cap Iterations after which trainings were given up.
 *
 * @example
 * ```ts
 * import { advantage } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(advantage([200], [500], 2000), { ratio: 2.5, atLeast: false });
 * assertEquals(advantage([200], [undefined], 2000), { ratio: 10, atLeast: true });
 * ```
 */
export function advantage(faster: Solved, slower: Solved, cap: number): Advantage | undefined {
  requireForm<number>("Cannot compare models", number({ above: 0 }), cap, "cap");
  const [least, most] = [medianSolved(faster), medianSolved(slower)];
  if (least === undefined) return undefined;
  return { ratio: (most ?? cap) / least, atLeast: most === undefined };
}

/** An advantage in words: "1.8×", "> 1.8×", or "–" where there is none to speak of. */
export function advantageText(value: Advantage | undefined): string {
  if (value === undefined) return "–";
  return `${value.atLeast ? "> " : ""}${value.ratio.toFixed(1)}×`;
}
