import { phonemeCorpus } from "../../corpora/mod.ts";
import type { KeyedRun, ReadableStore } from "../../experiments/mod.ts";
import { readSweep } from "../../experiments/mod.ts";
import { parameterCount } from "../../models/mod.ts";
import { mean } from "../../numeric/mod.ts";
import { buildModel, type EvaluationRow } from "../../training/mod.ts";
import { names, type Network, networks, sweep } from "./sweep.ts";

/** Where in a phone a network errs: shares of phones, means over trainings. */
export interface Places {
  readonly name: string;
  /** At the 1st, 2nd, … frame. */
  readonly start: readonly number[];
  /** At the last frame but n, …, the last but one, the last. */
  readonly end: readonly number[];
}

/** What became of one network. */
export interface NetworkResult {
  /** Shares of frames named wrongly after the last step, one a seed. */
  readonly errors: readonly number[];
  /** Shares of phones whose first frame is named wrongly after the last step, one a seed. */
  readonly firstFrames: readonly number[];
  readonly places: Places;
  /** Shares of frames named wrongly under way: means over seeds. */
  readonly course: readonly (readonly [step: number, error: number])[];
}

/** What became of every network. */
export type Results = Readonly<Record<Network, NetworkResult>>;

/**
 * Reads the study's results from the store of `results/`.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  return gather(await readSweep(store, "framewise", sweep));
}

/** Puts runs in order, by network and seed. */
export function gather(runs: readonly KeyedRun<{ network: Network; seed: number }>[]): Results {
  return byNetwork((name) => {
    const rows = runs.filter(({ key }) => key.network === name).map(({ run }) => run.rows);
    const last = rows.map((rows) => rows.at(-1)!);
    return {
      errors: last.map(errorOf),
      firstFrames: last.map(({ frames }) => 1 - frames!.byPosition!.start[0]),
      places: placesOf(name, last),
      course: rows[0].map(({ iter }, n) => [iter, mean(rows.map((rows) => errorOf(rows[n])))]),
    };
  });
}

/**
 * Where in a phone a network errs.
 *
 * @param rows One evaluation each of one training or more.
 */
export function placesOf(name: string, rows: readonly EvaluationRow[]): Places {
  const shares = rows.map(({ frames }) => frames!.byPosition!);
  const errors = (side: "start" | "end") =>
    shares[0][side].map((_, place) => mean(shares.map((share) => 1 - share[side][place])));
  return { name, start: errors("start"), end: errors("end") };
}

/** How many weights each network has, on the write-up's corpus. */
export function weightsOfNetworks(): Readonly<Record<Network, number>> {
  const { features, labels } = phonemeCorpus(0);
  return byNetwork((name) => parameterCount(buildModel(networks[name], features, labels)));
}

function errorOf({ frames }: EvaluationRow): number {
  return 1 - frames!.accuracy;
}

function byNetwork<T>(value: (name: Network) => T): Record<Network, T> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Network, T>;
}
