import type { KeyedRun, ReadableStore, Run } from "../../experiments/mod.ts";
import { readSweep } from "../../experiments/mod.ts";
import { EVERY, ITERS, type Method, methods, sweep } from "./sweep.ts";

/** What one training came to. */
export interface Measures {
  /** Label error rate after the last step, %. */
  readonly per: number;
  /** Time stamp error of words aligned as the model is, frames. */
  readonly tse: number;
  /** The same with blank penalised and the posterior divided by the prior. */
  readonly tseAgainstBlank: number;
  /** The same between the centres of words alone. */
  readonly tseCenter: number;
  /** Share of silence in that alignment, %. */
  readonly silence: number;
  /** The first evaluated step with a label error rate of at most 10 %; Infinity if there is none. */
  readonly solved: number;
}

/** Label error rate under way. */
export type Curve = readonly (readonly [iter: number, per: number])[];

/** What every method came to, a value a seed, and what a separated blank saves. */
export interface Results {
  readonly measures: Readonly<Record<Method, Readonly<Record<keyof Measures, readonly number[]>>>>;
  readonly curves: Readonly<Record<Method, readonly Curve[]>>;
  /** Time of a full softmax over that of a separated blank, by computation. */
  readonly speedups: Readonly<Record<string, number>>;
}

/**
 * Reads the study's results from the store of `results/`.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const runs = await readSweep(store, "blank-balance", sweep);
  const timings = await store.document("separated-blank") as {
    rows: { computation: string; speedup: number }[];
  };
  return {
    ...gather(runs),
    speedups: Object.fromEntries(
      timings.rows.map(({ computation, speedup }) => [computation, speedup]),
    ),
  };
}

/** Puts runs in order, by method and seed. */
export function gather(
  runs: readonly KeyedRun<{ method: Method; seed: number }>[],
): Pick<Results, "measures" | "curves"> {
  const of = (method: Method) =>
    runs.filter(({ key }) => key.method === method).map(({ run }) => run);
  const each = <T>(read: (runs: readonly Run[]) => T) =>
    Object.fromEntries(
      (Object.keys(methods) as Method[]).map((method) => [method, read(of(method))]),
    ) as Record<Method, T>;
  return {
    curves: each((runs) => runs.map(learningCurve)),
    measures: each((runs) => {
      const all = runs.map(measuresOf);
      const values = (name: keyof Measures) => all.map((measures) => measures[name]);
      return {
        per: values("per"),
        tse: values("tse"),
        tseAgainstBlank: values("tseAgainstBlank"),
        tseCenter: values("tseCenter"),
        silence: values("silence"),
        solved: values("solved"),
      };
    }),
  };
}

/** Label error rate at every evaluation under way. */
export function learningCurve({ rows }: Run): Curve {
  return rows.filter(({ every }) => every === EVERY).map(({ iter, per }) => [iter, per]);
}

/** What a training came to. */
export function measuresOf(run: Run): Measures {
  const [plain, against] = run.rows.filter(({ every, iter }) => every === ITERS && iter === ITERS);
  return {
    per: 100 * plain.per,
    tse: plain.alignment!.tse!,
    tseAgainstBlank: against.alignment!.tse!,
    tseCenter: against.alignment!.tseCenter!,
    silence: 100 * against.alignment!.silenceRatio!,
    solved: learningCurve(run).find(([, per]) => per <= 0.1)?.[0] ?? Infinity,
  };
}
