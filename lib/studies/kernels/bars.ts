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
  readonly relation: "≥";
  readonly bound: number;
  readonly unit: "×" | " %";
  readonly measured: number;
}

/** All bars: of steps of small and of large networks, of losses, beam search and blocks alone, of layers. */
export interface Bars {
  readonly step: readonly Bar[];
  readonly large: readonly Bar[];
  readonly alone: readonly Bar[];
  readonly layers: readonly Bar[];
}

/** The bars that a run of the benchmark can speak to; what was not measured is left out. */
export function barsOf(workloads: readonly Timings[], layers: readonly LayerSpeed[]): Bars {
  // Of ours the fastest that was measured: with two workers, where they take part.
  const ratio = (
    what: string,
    bound: number,
    workload: string,
    peers: string[],
    ours: readonly string[] = ["simd"],
  ) => {
    const times = ours.flatMap((id) => timeOf(workloads, workload, `ours-${id}`) ?? []);
    const own = times.length > 0 ? Math.min(...times) : NaN;
    const peer = Math.min(...peers.map((id) => timeOf(workloads, workload, id) ?? NaN));
    return { what, relation: "≥", bound, unit: "×", measured: peer / own } as const;
  };
  const step = (whom: string, bound: number, ...peers: string[]) =>
    ratio(`Headline step, against ${whom}`, bound, "step", peers);
  const both = (what: string, workload: string, double: number, single: number) =>
    (["simd", "single"] as const).map((ours) =>
      ratio(
        `${what}, ${
          ours === "simd" ? "double" : "single"
        } precision, against PyTorch on one thread`,
        ours === "simd" ? double : single,
        workload,
        ["torch-float32-one"],
        [ours],
      )
    );
  const measured = (bars: readonly Bar[]) => bars.filter(({ measured }) => !isNaN(measured));
  return {
    step: measured([
      step("NumPy (CTC by sequence)", 20, "numpy"),
      step("NumPy (CTC by batch)", 12, "numpy-batch"),
      step("PyTorch on one thread", 12, "torch-float32-one"),
      step("TensorFlow.js, wasm", 60, "tfjs-wasm"),
    ]),
    large: measured([
      ...both("Two layers, H = 100, short sequences", "deep-100", 0.9, 1.4),
      ...both("One layer, H = 100, 300 frames", "speech-100", 4, 6),
      ...both("Three layers, H = 250, 300 frames", "speech-250", 1, 1.6),
      {
        what: "One training, H = 100, 300 frames: two workers against one",
        relation: "≥",
        bound: 1.8,
        unit: "×",
        measured: (timeOf(workloads, "cores", "ours-simd") ?? NaN) /
          (timeOf(workloads, "cores", "ours-two") ?? NaN),
      },
    ]),
    alone: measured([
      ratio("CTC alone, against PyTorch on all threads", 3, "ctc", ["torch-float32-all"]),
      ratio("CTC alone, batch of 64, against PyTorch on all threads", 2, "ctc-64", [
        "torch-float32-all",
      ], ["simd", "two"]),
      ratio("Prefix beam search, width 16, against the faster peer", 1, "beam", [
        "fast-ctc-decode",
        "pyctcdecode",
      ]),
      ratio(
        "Transducer loss, against PyTorch on one thread, diagonal by diagonal",
        3,
        "transducer",
        [
          "torch-float32-one",
        ],
      ),
      ratio("Attention step, 32 cells, against PyTorch on one thread", 1, "attention", [
        "torch-float32-one",
      ]),
      ratio(
        "Beam search of attention, width 8, against PyTorch on one thread",
        2,
        "attention-beam",
        ["torch-float32-one"],
      ),
      ...[32, 144].flatMap((width) =>
        both(`Conformer block, D = ${width}`, `conformer-${width}`, 1, 1)
      ),
    ]),
    layers: layers.filter(({ kernels }) => kernels === "simd").map((
      { inputs, hidden, pass, share },
    ) => ({
      what: `LSTM layer, D = ${inputs}, H = ${hidden}, ${pass}: share of the ceiling`,
      relation: "≥",
      bound: hidden < 100 ? 45 : 60,
      unit: " %",
      measured: 100 * share,
    })),
  };
}

/** Whether what was measured meets the bar. */
export function meets({ bound, measured }: Bar): boolean {
  return measured >= bound;
}

/** A bar's figure with its unit: "6.03×", "26 %". */
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
