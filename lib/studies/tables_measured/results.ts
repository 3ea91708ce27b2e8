import { type KeyedRun, type ReadableStore, readSweep } from "../../experiments/mod.ts";
import type { EvaluationRow } from "../../training/mod.ts";
import {
  gatherNoisy,
  LONG,
  longFigures,
  sweeps as noisySweeps,
} from "../scales_and_topology/mod.ts";
import { type ByMetric, byMetric, figuresOf } from "../synthetic_tables/mod.ts";
import { type LeastErrors, leastErrors } from "./least_errors.ts";
import { type Key, type RowName, rowNames, sweep } from "./sweep.ts";

/**
 * What one evaluation found by all definitions, in the paper's units: "scaled" is the second way to
 * align, with the scales of the training or, for CTC, in the topology of the HMM; NaN where there is
 * none.
 */
export interface Figures extends ByMetric<number> {
  readonly ownCe: number;
  readonly silence: number;
  readonly scaledSilence: number;
  readonly tseCenter: number;
  readonly labelTse: number;
  readonly scaledTse: number;
}

/** A training under way, by steps: every evaluation but the one after the first. */
export type Course = Readonly<Record<number, Figures>>;

/** What the study found. */
export interface Results {
  /** Noise drawn once a sequence; a course per seed. */
  readonly courses: Readonly<Record<RowName, readonly Course[]>>;
  /** Noise drawn for every frame: the row (0.5, 0.3, 0.2), long trained, of notebook 14. */
  readonly perFrame: ByMetric<readonly number[]>;
  /** What can be recognised at best where noise is drawn for every frame. */
  readonly least: LeastErrors;
}

/**
 * Reads the study's results from the store of `results/`, and computes the least errors, which takes
 * some seconds.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  return {
    courses: gather(await readSweep(store, "tables-measured", sweep)),
    perFrame: await perFrameFigures(store),
    least: leastErrors(),
  };
}

/**
 * The row (0.5, 0.3, 0.2) with noise for every frame, after the 2000 steps of `noisy-words`.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function perFrameFigures(store: ReadableStore): Promise<Results["perFrame"]> {
  const long = gatherNoisy(await readSweep(store, "noisy-words", noisySweeps["noisy-words"]));
  return byMetric((metric) => longFigures(long, "(0.5, 0.3, 0.2)", metric, LONG));
}

/** Puts runs in order, by row and seed. */
export function gather(runs: readonly KeyedRun<Key>[]): Results["courses"] {
  return Object.fromEntries(rowNames.map((name) => [
    name,
    runs.filter(({ key }) => key.row === name).map(({ run }) =>
      Object.fromEntries(run.rows.slice(1).map((row) => [row.iter, allFigures(row)]))
    ),
  ])) as unknown as Results["courses"];
}

function allFigures(row: EvaluationRow): Figures {
  const [plain, scaled] = row.alignments ?? [];
  const { tseCenter = NaN, labelTse = NaN, silenceRatio = NaN, ownCe } = plain;
  return {
    ...figuresOf(row),
    ownCe,
    tseCenter,
    labelTse,
    silence: 100 * silenceRatio,
    scaledTse: scaled?.tse ?? NaN,
    scaledSilence: 100 * (scaled?.silenceRatio ?? NaN),
  };
}

/**
 * A figure of some trainings at a step, one a seed.
 *
 * @throws {RangeError} If one was not evaluated at that step.
 */
export function at(
  courses: readonly Course[],
  figure: keyof Figures,
  iter: number,
): number[] {
  return courses.map((course) => {
    if (Object.hasOwn(course, iter)) return course[iter][figure];
    throw new RangeError(
      `Cannot read "${figure}" as step must be one of ${
        Object.keys(course).join(", ")
      }: it is ${iter}`,
    );
  });
}

/** The steps at which trainings were evaluated. */
export function stepsOf(courses: readonly Course[]): number[] {
  return Object.keys(courses[0]).map(Number);
}
