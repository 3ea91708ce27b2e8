import { type KeyedRun, type ReadableStore, readSweep } from "../../experiments/mod.ts";
import { type Timed, timedAt } from "../speech_setup/mod.ts";
import {
  byUnit,
  gradientWays,
  type Key,
  lastRows,
  mainMethods,
  runsOf,
  sweep,
  type Unit,
} from "../balancing_blank_on_speech/mod.ts";

/** A way to train that is aligned by gradients. */
export type Trained = typeof mainMethods[number];

/** Ways to align that every model has: by force, and by gradients as in Table 5. */
export const aligners = ["as it is", "against blank", "GradScore", "GradScoreExt"] as const;

/** Ways that the baseline has beside them, as in Table 16; that of letters has not. */
export const otherAligners = [
  "GradScore, no prior",
  "GradScoreExt, no prior",
  "GradScore, unmasked",
  "GradScoreExt, unmasked",
] as const;

/** A way to align. */
export type Aligner = typeof aligners[number] | typeof otherAligners[number];

/** How far words are from where they truly are, by what was trained and how it is aligned. */
export interface Results {
  /** Of known voices; the baseline alone has the other aligners. */
  readonly errors: Readonly<
    Record<Unit, Readonly<Record<Trained, Readonly<Record<Aligner, Timed>>>>>
  >;
}

/**
 * Reads the study's results from the store of `results/`: they are of notebook 31's sweep.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  return gather(await readSweep(store, "balancing-blank-on-speech", sweep));
}

/** Puts runs in order, by unit, method, aligner and seed. */
export function gather(runs: readonly KeyedRun<Key>[]): Results {
  return {
    errors: byUnit((unit) =>
      Object.fromEntries(mainMethods.map((method) => {
        const rows = runsOf(runs, unit, method).map((run) => lastRows(run)[2]);
        return [
          method,
          Object.fromEntries(
            alignersOf(unit, method).map((aligner, at) => [aligner, timedAt(rows, at)]),
          ) as Record<Aligner, Timed>,
        ];
      })) as Record<Trained, Record<Aligner, Timed>>
    ),
  };
}

/** The ways to align a model, in the order in which its runs have them. */
export function alignersOf(unit: Unit, method: Trained): readonly Aligner[] {
  return ([...aligners, ...otherAligners] as const)
    .slice(0, 2 + gradientWays(unit, method).length);
}
