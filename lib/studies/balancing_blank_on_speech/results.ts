import { type KeyedRun, type ReadableStore, readSweep, type Run } from "../../experiments/mod.ts";
import type { EvaluationRow } from "../../training/mod.ts";
import {
  type Audience,
  audiences,
  type Cell,
  cellsOf,
  type Timed,
  timedAt,
} from "../speech_setup/mod.ts";
import {
  againstBlank,
  EVERY,
  grid,
  ITERS,
  type Key,
  type Method,
  methodsOf,
  sweep,
  type Unit,
  units,
} from "./sweep.ts";

/** A way to train, at every seed. */
export interface Trained {
  /** Label error rate, %: of phones, letters or words. */
  readonly per: readonly number[];
  /** Aligned as it is. */
  readonly asItIs: Timed;
  /** Aligned against blank. */
  readonly against: Timed;
}

/** Label error rate under way, %. */
export type Curve = readonly (readonly [iter: number, per: number])[];

/** A value for every method of every unit. */
export type ByMethod<T> = Readonly<Record<Unit, Readonly<Record<Method, T>>>>;

/** What voices came to. */
export interface Heard {
  /** Words alone have every method. */
  readonly trained: ByMethod<Trained>;
  /** The baseline, aligned with every setting of the grid. */
  readonly cells: Readonly<Record<Unit, readonly Cell[]>>;
  /** The true share of silence in these sentences, %. */
  readonly silence: number;
}

/** What the study came to. */
export interface Results extends Readonly<Record<Audience, Heard>> {
  /** Of some sentences of known voices, one curve a seed. */
  readonly curves: ByMethod<readonly Curve[]>;
}

/**
 * Reads the study's results from the store of `results/`.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  return gather(await readSweep(store, "balancing-blank-on-speech", sweep));
}

/** Puts runs in order, by unit, method and seed. */
export function gather(runs: readonly KeyedRun<Key>[]): Results {
  const [known, unseen] = audiences.map((_, audience) => heardBy(runs, audience));
  const curves = byMethod((unit, method) =>
    runsOf(runs, unit, method).map(({ rows }): Curve =>
      rows.filter(({ every }) => every === EVERY).map(({ iter, per }) => [iter, 100 * per])
    )
  );
  return { known, unseen, curves };
}

/** The runs of a method, in the order of seeds. */
export function runsOf(runs: readonly KeyedRun<Key>[], unit: Unit, method: Method): Run[] {
  return runs.filter(({ key }) => key.unit === unit && key.method === method)
    .map(({ run }) => run);
}

/** What is measured after the last step: known voices, the unseen one, and what has gradients. */
export function lastRows({ rows }: Run): EvaluationRow[] {
  return rows.filter(({ every, iter }) => every === ITERS && iter === ITERS);
}

/** A value for every unit. */
export function byUnit<T>(value: (unit: Unit) => T): Record<Unit, T> {
  return Object.fromEntries(units.map((unit) => [unit, value(unit)])) as Record<Unit, T>;
}

function byMethod<T>(value: (unit: Unit, method: Method) => T): ByMethod<T> {
  return byUnit((unit) =>
    Object.fromEntries(
      methodsOf(unit).map((method) => [method, value(unit, method)]),
    ) as Record<Method, T>
  );
}

function heardBy(runs: readonly KeyedRun<Key>[], audience: number): Heard {
  const rowsOf = (unit: Unit, method: Method) =>
    runsOf(runs, unit, method).map((run) => lastRows(run)[audience]);
  const [{ blanks }] = rowsOf("phones", "baseline");
  return {
    trained: byMethod((unit, method) => {
      const rows = rowsOf(unit, method);
      // The baseline is aligned with the whole grid, the others in two ways.
      const against = method === "baseline" ? placeOfAgainst : 1;
      return {
        per: rows.map(({ per }) => 100 * per),
        asItIs: timedAt(rows, 0),
        against: timedAt(rows, against),
      };
    }),
    cells: byUnit((unit) => cellsOf(rowsOf(unit, "baseline"), grid)),
    silence: 100 * blanks!.silence!,
  };
}

const placeOfAgainst = grid.findIndex(({ blankShift, priorScale }) =>
  blankShift === againstBlank.blankShift && priorScale === againstBlank.priorScale
);
