/** The times of one contender at one workload, in milliseconds, or why there are none. */
export type Timed =
  | { readonly contender: string; readonly medianMs: number }
  | { readonly contender: string; readonly failed: string };

/** All that was measured of one workload. */
export interface Timings {
  readonly name: string;
  readonly rows: readonly Timed[];
}

/** Speed of one pass of one LSTM layer, against the ceiling. */
export interface LayerSpeed {
  readonly kernels: "simd" | "plain";
  /** D */
  readonly inputs: number;
  /** H */
  readonly hidden: number;
  readonly pass: string;
  /** 10⁹ floating-point operations of matrix products per second. */
  readonly gflops: number;
  /** Share of the ceiling that the layer's matrix products reach, 0 … 1. */
  readonly share: number;
  /** The same with the arithmetic of the cells, activations above all, counted too. */
  readonly wholeShare: number;
}

/** One bar that this project set itself, and what was measured. */
export interface Bar {
  readonly what: string;
  readonly relation: "≤" | "≥" | ">";
  readonly bound: number;
  readonly unit: "×" | " ms" | " %";
  readonly measured: number;
}

/** All bars: of a step, of CTC and beam search alone, and of layers against the ceiling. */
export interface Bars {
  readonly step: readonly Bar[];
  readonly alone: readonly Bar[];
  readonly layers: readonly Bar[];
}

/** The bars that a run of the benchmark can speak to; what was not measured is left out. */
export function barsOf(workloads: readonly Timings[], layers: readonly LayerSpeed[]): Bars {
  const ms = (workload: string, ...contenders: string[]) =>
    Math.min(...contenders.map((contender) => timeOf(workloads, workload, contender) ?? NaN));
  const ours = (workload: string) => ms(workload, "ours-simd");
  const times = (what: string, relation: Bar["relation"], bound: number, measured: number): Bar => {
    return { what, relation, bound, unit: "×", measured };
  };
  const step = (whom: string, bound: number, ...contenders: string[]) =>
    times(`Headline step, against ${whom}`, "≥", bound, ms("step", ...contenders) / ours("step"));
  const torch = ["float32-one", "float32-all", "float64-one", "float64-all"]
    .map((id) => `torch-${id}`);
  const measured = (bars: readonly Bar[]) => bars.filter(({ measured }) => !isNaN(measured));
  return {
    step: measured([
      { what: "Headline step", relation: "≤", bound: 5, unit: " ms", measured: ours("step") },
      step("NumPy (CTC by sequence)", 20, "numpy"),
      step("NumPy (CTC by batch)", 20, "numpy-batch"),
      step("PyTorch float32 on one thread", 5, "torch-float32-one"),
      step("TensorFlow.js, the faster backend", 40, "tfjs-cpu", "tfjs-wasm"),
      times(
        "Two layers, H = 100: ours over PyTorch float64 on one thread",
        "≤",
        1.5,
        ours("deep-100") / ms("deep-100", "torch-float64-one"),
      ),
      times(
        "One training, H = 100, 16 × 300 frames: two workers against one",
        "≥",
        1.8,
        ours("cores") / ms("cores", "ours-two"),
      ),
    ]),
    alone: measured([
      ...["ctc", "ctc-64"].map((workload) =>
        times(
          `CTC alone${workload === "ctc" ? "" : ", batch of 64"}, against PyTorch's fastest`,
          ">",
          1,
          ms(workload, ...torch) / ours(workload),
        )
      ),
      times(
        "Prefix beam search, width 16, against the faster peer",
        ">",
        1,
        ms("beam", "fast-ctc-decode", "pyctcdecode") / ours("beam"),
      ),
    ]),
    layers: layers.filter(({ kernels }) => kernels === "simd").map((
      { inputs, hidden, pass, share },
    ) => ({
      what: `LSTM layer, D = ${inputs}, H = ${hidden}, ${pass}: share of the ceiling`,
      relation: "≥",
      bound: 50,
      unit: " %",
      measured: 100 * share,
    })),
  };
}

/** Whether what was measured meets the bar. */
export function meets({ relation, bound, measured }: Bar): boolean {
  if (relation === "≤") return measured <= bound;
  return relation === "≥" ? measured >= bound : measured > bound;
}

/** A bar's figure with its unit: "6.03 ms", "26 %". */
export function written(value: number, unit: Bar["unit"]): string {
  return (unit === " %" ? value.toFixed(0) : value.toPrecision(3)) + unit;
}

/** The median time of a contender at a workload, ms, if it has one. */
export function timeOf(
  workloads: readonly Timings[],
  workload: string,
  contender: string,
): number | undefined {
  const rows = workloads.find(({ name }) => name === workload)?.rows ?? [];
  const row = rows.find((row) => row.contender === contender);
  return row !== undefined && "medianMs" in row ? row.medianMs : undefined;
}
