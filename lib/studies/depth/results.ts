import { phonemeCorpus } from "../../corpora/mod.ts";
import {
  iterationsToSolve,
  type KeyedRun,
  type ReadableStore,
  type Run,
} from "../../experiments/mod.ts";
import { readSweep } from "../../experiments/mod.ts";
import { parameterCount } from "../../models/mod.ts";
import { buildModel } from "../../training/mod.ts";
import { EVERY } from "../scale/sweep.ts";
import { type Corpus, corpusNames, type Network, networkNames, networks, sweep } from "./sweep.ts";

/** When the trainings of one network on one corpus got where, one a seed; Infinity for never. */
export interface Course {
  /** The first evaluated iteration after which the PER stays below 0.95. */
  readonly offPlateau: readonly number[];
  /** The first evaluated iteration with a PER of at most 0.05. */
  readonly solved: readonly number[];
}

/** What became of every network on every corpus. */
export type Results = Readonly<Record<Corpus, Readonly<Record<Network, Course>>>>;

/**
 * Reads the study's results from the store of `results/`.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  return gather(await readSweep(store, "depth", sweep));
}

/** Puts runs in order, by corpus, network and seed. */
export function gather(
  runs: readonly KeyedRun<{ network: Network; corpus: Corpus; seed: number }>[],
): Results {
  const course = (corpus: Corpus, network: Network): Course => {
    const own = runs.filter(({ key }) => key.corpus === corpus && key.network === network)
      .map(({ run }) => run);
    return {
      offPlateau: own.map(endOfPlateau),
      solved: own.map((run) => iterationsToSolve(run, EVERY) ?? Infinity),
    };
  };
  return Object.fromEntries(corpusNames.map((corpus) => [
    corpus,
    byNetwork((network) => course(corpus, network)),
  ])) as Record<Corpus, Record<Network, Course>>;
}

/** Iterations from the end of the plateau until solved, seed by seed. */
export function learning({ offPlateau, solved }: Course): number[] {
  return solved.map((n, s) => n === Infinity ? Infinity : n - offPlateau[s]);
}

/** How many weights each network has, on the write-up's corpus. */
export function weightsOfNetworks(): Readonly<Record<Network, number>> {
  const { features, labels } = phonemeCorpus(0);
  return byNetwork((name) => parameterCount(buildModel(networks[name], features, labels)));
}

function endOfPlateau({ rows }: Run): number {
  return rows[rows.findLastIndex(({ per }) => per >= 0.95) + 1]?.iter ?? Infinity;
}

function byNetwork<T>(value: (name: Network) => T): Record<Network, T> {
  return Object.fromEntries(networkNames.map((name) => [name, value(name)])) as Record<Network, T>;
}
