import {
  type Bar as MeasuredBar,
  barsOf as measuredBars,
  meets,
  written,
} from "lib/studies/kernels/bars.ts";
import type { Machine } from "./machine.ts";
import type { Summary } from "./summary.ts";
import type { LayerWorkload } from "./workloads.ts";

/** The times of one contender at one workload. */
export interface Times extends Summary {
  readonly contender: string;
  /** Its median over the median of ours with SIMD; left out where that has no time. */
  readonly ratio?: number;
}

/** One contender at one workload: its times, or why there are none. */
export type Row = Times | { readonly contender: string; readonly failed: string };

/** All rows of one workload; a contender that does not do it has none. */
export interface WorkloadResult {
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Row[];
}

/** Who took part, or why not. */
export interface Participant {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly threads?: number;
  readonly absent?: string;
  readonly install?: string;
}

/** Speed of one pass of one LSTM layer, against the ceiling. */
export interface LayerSpeed {
  readonly kernels: "simd" | "plain";
  readonly inputs: number;
  readonly hidden: number;
  readonly pass: LayerWorkload["pass"];
  readonly operations: number;
  readonly gflops: number;
  /** Share of the ceiling that the layer's matrix products reach, 0 … 1. */
  readonly share: number;
  /** The same with the arithmetic of the cells, activations above all, counted too. */
  readonly wholeShare: number;
}

/** One bar of the issue: what was asked for, and what was measured in this run. */
export interface Bar {
  readonly what: string;
  readonly bar: string;
  readonly measured: string;
  readonly met: boolean;
}

/** All that one run of the benchmark found; results/bench.json. */
export interface BenchResults {
  readonly machine: Machine;
  readonly rounds: number;
  /** How busy the machine was in the minute before and in the last minute, processes. */
  readonly load: readonly [before: number, after: number];
  readonly participants: readonly Participant[];
  readonly workloads: readonly WorkloadResult[];
  /** Attainable speed of f64x2 multiplication and addition, 10⁹ operations per second. */
  readonly ceilingGflops?: number;
  readonly layers: readonly LayerSpeed[];
  readonly bars: readonly Bar[];
}

/** The times of a contender at a workload, if it has any. */
export function timesOf(
  workloads: readonly WorkloadResult[],
  workload: string,
  contender: string,
): Times | undefined {
  const rows = workloads.find(({ name }) => name === workload)?.rows ?? [];
  return rows.find((row): row is Row & Summary => row.contender === contender && "medianMs" in row);
}

/** The bars that the workloads of this run can speak to. */
export function barsOf(
  workloads: readonly WorkloadResult[],
  layers: readonly LayerSpeed[],
): Bar[] {
  const bars = measuredBars(workloads, layers);
  const wholes = layers.filter(({ kernels }) => kernels === "simd").map(({ wholeShare }) =>
    `; ${written(100 * wholeShare, " %")} with the cells' arithmetic`
  );
  const text = (bar: MeasuredBar, note = ""): Bar => ({
    what: bar.what,
    bar: `${bar.relation} ${bar.bound}${bar.unit}`,
    measured: written(bar.measured, bar.unit) + note,
    met: meets(bar),
  });
  return [
    ...[...bars.step, ...bars.large, ...bars.alone].map((bar) => text(bar)),
    ...bars.layers.map((bar, n) => text(bar, wholes[n])),
  ];
}
