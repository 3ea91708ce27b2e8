import { type KeyedRun, type ReadableStore, readSweep } from "../../experiments/mod.ts";
import { parameterCount } from "../../models/mod.ts";
import { Training } from "../../training/mod.ts";
import {
  type ContenderName,
  contenderNames,
  contenders,
  EVERY,
  experiment,
  ITERS,
  sweep,
} from "./sweep.ts";

/** One contender; figures one per seed. */
export interface OfContender {
  /** Weights, biases included. */
  readonly weights: number;
  /** Label error rate on many sequences after the last step. */
  readonly errors: readonly number[];
  /** Time stamp error of forced alignments on the same sequences, frames. */
  readonly tse: readonly number[];
  /** [seeds][evaluations] error by the share of the time that has passed. */
  readonly curves: readonly (readonly { readonly time: number; readonly error: number }[])[];
}

/** By contender. */
export type Results = Readonly<Record<ContenderName, OfContender>>;

/**
 * Reads the study's runs from the store of `results/`.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const runs = await readSweep(store, "conformer-blstm", sweep);
  return Object.fromEntries(
    contenderNames.map((name) => [name, ofContender(name, runs)]),
  ) as unknown as Results;
}

function ofContender(
  name: ContenderName,
  runs: readonly KeyedRun<{ contender: ContenderName; seed: number }>[],
): OfContender {
  const rows = runs.filter(({ key }) => key.contender === name).map(({ run }) => run.rows);
  const last = rows.map((rows) => rows.at(-1)!), { iters } = contenders[name];
  // Of the shortest training with as many steps as the Conformer's, a BLSTM takes half of the time.
  const whole = name === "blstm, equal steps" ? contenders["blstm, equal time"].iters : iters;
  return {
    weights: parameterCount(new Training(experiment(name, 0)).system),
    errors: last.map(({ per }) => per),
    tse: last.map(({ alignment }) => alignment!.tse!),
    curves: rows.map((rows) =>
      rows.filter(({ every, iter }) => every === EVERY && iter % EVERY === 0)
        .map(({ iter, per }) => ({ time: ITERS * iter / whole, error: per }))
    ),
  };
}
