import type { KeyedRun, ReadableStore } from "../../experiments/mod.ts";
import { readSweep } from "../../experiments/mod.ts";
import {
  type ByMetric,
  byMetric,
  figuresOf,
  gatherTable,
  type TableFigures,
} from "../synthetic_tables/mod.ts";
import { exactFloor, type Floor } from "./floor.ts";
import { type LongCriterion, longNames, type NoisyKey, sweeps } from "./sweep.ts";

/** A training under way: every evaluation but the one after the first step. */
export type Course = readonly (ByMetric<number> & { readonly iter: number })[];

/** What the study found. */
export interface Results {
  /** Table 11. */
  readonly scales: TableFigures<"table-11">;
  /** Table 12. */
  readonly topologies: TableFigures<"table-12">;
  /** The network of Table 11 trained for longer, a course per seed. */
  readonly long: Readonly<Record<LongCriterion, readonly Course[]>>;
  /** The row (0.5, 0, 0.5) of Table 11 with the corpus's transitions, one figure per seed. */
  readonly corpusTransitions: ByMetric<readonly number[]>;
  /** What the exact posterior reaches. */
  readonly floor: Floor;
}

/**
 * Reads the study's results from the store of `results/`, and computes the floor, which takes some
 * seconds.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const table11 = await readSweep(store, "table-11", sweeps["table-11"]);
  const table12 = await readSweep(store, "table-12", sweeps["table-12"]);
  return {
    scales: gatherTable("table-11", table11),
    topologies: gatherTable("table-12", table12),
    ...gatherNoisy(await readSweep(store, "noisy-words", sweeps["noisy-words"])),
    floor: exactFloor(),
  };
}

/** Puts the runs of `noisy-words` in order, by criterion and seed. */
export function gatherNoisy(
  runs: readonly KeyedRun<NoisyKey>[],
): Pick<Results, "long" | "corpusTransitions"> {
  const of = (criterion: NoisyKey["criterion"]) =>
    runs.filter(({ key }) => key.criterion === criterion).map(({ run }) => run.rows);
  const ends = of("corpus transitions").map((rows) => figuresOf(rows.at(-1)!));
  const courses = longNames.map((name) => [
    name,
    of(name).map((rows) => rows.slice(1).map((row) => ({ iter: row.iter, ...figuresOf(row) }))),
  ]);
  return {
    long: Object.fromEntries(courses) as Results["long"],
    corpusTransitions: byMetric((metric) => ends.map((end) => end[metric])),
  };
}

/** A figure of the long trainings at a step, one a seed. */
export function longFigures(
  { long }: Pick<Results, "long">,
  criterion: LongCriterion,
  metric: keyof ByMetric<number>,
  iter: number,
): number[] {
  return long[criterion].map((course) => course.find((at) => at.iter === iter)?.[metric] ?? NaN);
}
