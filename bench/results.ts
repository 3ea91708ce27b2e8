import { reference } from "./contenders.ts";
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
  const ms = (workload: string, contender: string) =>
    timesOf(workloads, workload, contender)?.medianMs ?? NaN;
  const ours = (workload: string) => ms(workload, reference);
  const times = (x: number) => `${x.toPrecision(3)}×`;
  const percent = (x: number) => `${(100 * x).toFixed(0)} %`;
  const atLeast = (what: string, least: number, ratio: number): Bar => ({
    what,
    bar: `≥ ${least}×`,
    measured: times(ratio),
    met: ratio >= least,
  });
  const decoder = Math.min(ms("beam", "fast-ctc-decode"), ms("beam", "pyctcdecode"));
  const bars: Bar[] = [
    {
      what: "Headline step",
      bar: "≤ 5 ms",
      measured: `${ours("step").toPrecision(3)} ms`,
      met: ours("step") <= 5,
    },
    atLeast(
      "Headline step, against NumPy (CTC by sequence)",
      20,
      ms("step", "numpy") / ours("step"),
    ),
    atLeast(
      "Headline step, against NumPy (CTC by batch)",
      20,
      ms("step", "numpy-batch") / ours("step"),
    ),
    atLeast(
      "Headline step, against PyTorch float32 on one thread",
      5,
      ms("step", "torch-float32-one") / ours("step"),
    ),
    atLeast(
      "Headline step, against TensorFlow.js, the faster backend",
      40,
      Math.min(ms("step", "tfjs-cpu"), ms("step", "tfjs-wasm")) / ours("step"),
    ),
    {
      what: "Two layers, H = 100: ours over PyTorch float64 on one thread",
      bar: "≤ 1.5×",
      measured: times(ours("deep-100") / ms("deep-100", "torch-float64-one")),
      met: ours("deep-100") <= 1.5 * ms("deep-100", "torch-float64-one"),
    },
    ...["ctc", "ctc-64"].map((workload): Bar => {
      const best = Math.min(
        ...["float32-one", "float32-all", "float64-one", "float64-all"].map((id) =>
          ms(workload, `torch-${id}`)
        ),
      );
      return {
        what: `CTC alone${workload === "ctc" ? "" : ", batch of 64"}, against PyTorch's fastest`,
        bar: "> 1×",
        measured: times(best / ours(workload)),
        met: best > ours(workload),
      };
    }),
    {
      what: "Prefix beam search, width 16, against the faster peer",
      bar: "> 1×",
      measured: times(decoder / ours("beam")),
      met: decoder > ours("beam"),
    },
    ...layers.filter(({ kernels }) => kernels === "simd").map((
      { inputs, hidden, pass, share, wholeShare },
    ): Bar => ({
      what: `LSTM layer, D = ${inputs}, H = ${hidden}, ${pass}: share of the ceiling`,
      bar: "≥ 50 %",
      measured: `${percent(share)}; ${percent(wholeShare)} with the cells' arithmetic`,
      met: share >= 0.5,
    })),
  ];
  return bars.filter(({ measured }) => !measured.includes("NaN"));
}
