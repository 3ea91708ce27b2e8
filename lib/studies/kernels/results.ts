import { type ReadableStore, Training, writeUpExperiment } from "../../experiments/mod.ts";
import { type Twin, useKernels } from "../../numeric/kernels/mod.ts";
import { type Bars, barsOf, type LayerSpeed, timeOf, type Timings } from "./bars.ts";

/** What this study reads of `results/bench.json`. */
interface Bench {
  readonly machine: { readonly cpu: string; readonly cores: number };
  readonly rounds: number;
  readonly load: readonly [before: number, after: number];
  readonly participants: readonly { readonly id: string; readonly name: string }[];
  readonly workloads: readonly Timings[];
  readonly ceilingGflops: number;
  readonly layers: readonly LayerSpeed[];
}

/** What one contender takes for a step, ms. */
export interface StepTime {
  readonly name: string;
  readonly ours: boolean;
  /** With 24 cells per direction. */
  readonly ms: number;
  /** With 8 cells and with 256. */
  readonly small: number;
  readonly large: number;
}

/** What the benchmark found, and what the two twins come to here. */
export interface Results extends Pick<Bench, "machine" | "rounds" | "load" | "ceilingGflops"> {
  /** The quickest first. */
  readonly steps: readonly StepTime[];
  readonly layers: readonly LayerSpeed[];
  readonly bars: Bars;
  /** Largest difference of the loss between plain and SIMD kernels over 50 steps, nats. */
  readonly twinsApart: number;
}

/**
 * Reads the benchmark and trains fifty steps on either twin of the kernels.
 *
 * @param store The store of `results/`.
 * @throws {RangeError} If there is no WebAssembly SIMD.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const bench = await store.document("bench") as Bench;
  const { machine, rounds, load, participants, workloads, ceilingGflops, layers } = bench;
  const steps = participants.flatMap(({ id, name }): StepTime[] => {
    const [ms, small, large] = ["step", "hidden-8", "hidden-256"]
      .map((workload) => timeOf(workloads, workload, id));
    return ms === undefined
      ? []
      : [{ name, ours: id.startsWith("ours"), ms, small: small ?? NaN, large: large ?? NaN }];
  });
  const [plain, simd] = [losses("plain"), losses("simd")];
  return {
    machine,
    rounds,
    load,
    ceilingGflops,
    steps: steps.toSorted((a, b) => a.ms - b.ms),
    layers,
    bars: barsOf(workloads, layers),
    twinsApart: Math.max(...plain.map((loss, n) => Math.abs(loss - simd[n]))),
  };
}

/** The losses of the first fifty steps of the write-up's BLSTM, nats. */
function losses(twin: Twin): number[] {
  const before = useKernels(twin);
  try {
    const training = new Training(writeUpExperiment("blstm", 0));
    return Array.from({ length: 50 }, () => training.step().loss);
  } finally {
    useKernels(before);
  }
}
