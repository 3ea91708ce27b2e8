import { phonemeCorpus } from "../../corpora/mod.ts";
import {
  iterationsToSolve,
  type KeyedRun,
  type ReadableStore,
  readSweep,
} from "../../experiments/mod.ts";
import { parameterCount } from "../../models/mod.ts";
import { buildModel } from "../../training/mod.ts";
import {
  type Direction,
  directions,
  EVERY,
  modelFor,
  sweep,
  type Unit,
  unitNames,
} from "./sweep.ts";

/** Iterations to a PER of at most 0.05, one training a seed; Infinity where it was given up. */
export type Results = Readonly<Record<Direction, Readonly<Record<Unit, readonly number[]>>>>;

/**
 * Reads the study's results from the store of `results/`.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  return gather(await readSweep(store, "gated-units", sweep));
}

/** Puts runs in order, by direction, unit and seed. */
export function gather(
  runs: readonly KeyedRun<{ unit: Unit; direction: Direction; seed: number }>[],
): Results {
  return byNetwork((unit, direction) =>
    runs.filter(({ key }) => key.unit === unit && key.direction === direction)
      .map(({ run }) => iterationsToSolve(run, EVERY) ?? Infinity)
  );
}

/** How many weights each network has, its output layer included. */
export function weightsOfNetworks(): Readonly<Record<Direction, Readonly<Record<Unit, number>>>> {
  const { features, labels } = phonemeCorpus(0);
  return byNetwork((unit, direction) =>
    parameterCount(buildModel(modelFor(unit, direction), features, labels))
  );
}

function byNetwork<T>(
  value: (unit: Unit, direction: Direction) => T,
): Record<Direction, Record<Unit, T>> {
  return Object.fromEntries(
    directions.map((direction) => [
      direction,
      Object.fromEntries(unitNames.map((unit) => [unit, value(unit, direction)])),
    ]),
  ) as Record<Direction, Record<Unit, T>>;
}
