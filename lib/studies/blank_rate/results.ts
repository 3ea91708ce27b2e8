import type { KeyedRun, ReadableStore, Run } from "../../experiments/mod.ts";
import { readSweep } from "../../experiments/read_sweep.ts";
import type { BlankDiagnostics } from "../../metrics/mod.ts";
import { mean } from "../../numeric/mod.ts";
import type { Kind } from "../write_up/sweep.ts";
import { type Duration, durationNames, sweep } from "./sweep.ts";

/** One evaluation of one training. */
export interface BlankRow extends BlankDiagnostics {
  readonly iter: number;
  readonly per: number;
}

/** When the trainings of one model got where, one step a seed; Infinity for never. */
export interface Steps {
  /** The first with a PER below 1, on the plateau and after it. */
  readonly perLeaves: readonly number[];
  /** The first with an entropy 15 % below its highest on the plateau. */
  readonly entropyFalls: readonly number[];
  /** The first with a blank rate below 0.99, on the plateau and after it. */
  readonly plateauEnds: readonly number[];
  /** The first with a PER of at most 0.05. */
  readonly solved: readonly number[];
}

/** What one model does on the write-up's corpus. */
export interface Course {
  /** Every evaluation of every seed. */
  readonly rows: readonly (readonly BlankRow[])[];
  readonly steps: Steps;
  /** The blank rate after training, one a seed. */
  readonly blankRate: readonly number[];
  /** The correlation over a training of the share of labelled frames with the entropy, by seed. */
  readonly decisive: readonly number[];
}

/** The blanks of one corpus after training, one value a seed. */
export interface FinalBlanks {
  readonly blankRate: readonly number[];
  readonly spikeWidth: readonly number[];
  readonly silence: readonly number[];
  readonly blankInSilence: readonly number[];
  readonly blankInPhones: readonly number[];
}

/** What became of both models, and of blanks as phones grow longer. */
export interface Results {
  readonly courses: Readonly<Record<Kind, Course>>;
  /** BLSTM. */
  readonly durations: Readonly<Record<Duration, FinalBlanks>>;
}

/** By this step every training is on the plateau, where untrained answers are forgotten. */
export const PLATEAU = 60;

/**
 * Reads the study's results from the store of `results/`.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  return gather(await readSweep(store, "blank-rate", sweep));
}

/** Puts runs in order, by model, corpus and seed. */
export function gather(
  runs: readonly KeyedRun<{ kind: Kind; duration: Duration; seed: number }>[],
): Results {
  const of = (kind: Kind, duration: Duration) =>
    runs.filter(({ key }) => key.kind === kind && key.duration === duration)
      .map(({ run }) => rowsOf(run));
  return {
    courses: { blstm: courseOf(of("blstm", "own")), lstm: courseOf(of("lstm", "own")) },
    durations: Object.fromEntries(
      durationNames.map((duration) => [duration, finalBlanks(of("blstm", duration))]),
    ) as Record<Duration, FinalBlanks>,
  };
}

function rowsOf({ rows }: Run): BlankRow[] {
  return rows.map(({ iter, per, blanks }) => ({ iter, per, ...blanks! }));
}

function courseOf(rows: readonly (readonly BlankRow[])[]): Course {
  const learning = rows.map((rows) => rows.filter(({ iter }) => iter >= PLATEAU));
  const first = (is: (row: BlankRow, n: number, rows: readonly BlankRow[]) => boolean) =>
    learning.map((rows) => rows.find(is)?.iter ?? Infinity);
  return {
    rows,
    steps: {
      perLeaves: first(({ per }) => per < 1),
      entropyFalls: first(({ entropy }, n, rows) =>
        entropy < 0.85 * Math.max(...rows.slice(0, n + 1).map((row) => row.entropy))
      ),
      plateauEnds: first(({ blankRate }) => blankRate < 0.99),
      solved: rows.map((rows) => rows.find(({ per }) => per <= 0.05)?.iter ?? Infinity),
    },
    blankRate: rows.map((rows) => rows.at(-1)!.blankRate),
    decisive: learning.map((rows) =>
      correlation(
        rows.map(({ blankRate }) => 1 - blankRate),
        rows.map(({ entropy }) => entropy),
      )
    ),
  };
}

function finalBlanks(rows: readonly (readonly BlankRow[])[]): FinalBlanks {
  const last = (name: keyof FinalBlanks) => rows.map((rows) => rows.at(-1)![name] ?? NaN);
  return {
    blankRate: last("blankRate"),
    spikeWidth: last("spikeWidth"),
    silence: last("silence"),
    blankInSilence: last("blankInSilence"),
    blankInPhones: last("blankInPhones"),
  };
}

/** Pearson's correlation; NaN where one side does not vary. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const covariance = mean(a.map((x, i) => (x - ma) * (b[i] - mb)));
  const variances = mean(a.map((x) => (x - ma) ** 2)) * mean(b.map((x) => (x - mb) ** 2));
  return covariance / Math.sqrt(variances);
}
