import { decodeCheckpoint } from "../models/mod.ts";
import { firstDifference, type Run } from "./run.ts";
import { DamagedRunError, type RunStore, setAside } from "./store.ts";

/**
 * How far the numbers a and b of two runs may be apart, times max(1, |b|), where the plain kernels
 * made one of them: they round `exp` and `tanh` otherwise than the SIMD kernels do. The write-up's
 * runs stay within 1e-12.
 */
export const plainTolerance = 1e-9;

/** What a store had of a run that is finished, and what it has now. */
export interface Kept {
  /** Written where there was none; otherwise how it compares with the one there, which stays. */
  readonly run: "written" | "equal" | "close" | "different";
  /** Where it is different. */
  readonly difference?: string;
  /** Whether weights were written beside a run that had none. */
  readonly restored: boolean;
  /** What was damaged, and where it is now: one line each. */
  readonly setAside: readonly string[];
}

/**
 * Writes a finished run to a store, or compares it with the one that is there, which stays as it is.
 * What is damaged is set aside and written again; weights that are missing are written.
 *
 * @param options.keepsWeights Whether final weights belong beside it; defaults to true.
 * @throws {WriteError} If a file cannot be written.
 */
export async function keepRun(
  store: RunStore,
  { run, weights }: { readonly run: Run; readonly weights: Uint8Array },
  options: { keepsWeights?: boolean } = {},
): Promise<Kept> {
  const { keepsWeights = true } = options;
  const lines: string[] = [];
  const stored = await unlessDamaged(() => store.read(run.experiment), lines);
  const beside = keepsWeights
    ? await unlessDamaged(() => store.readWeights(run.experiment), lines)
    : undefined;
  if (stored === undefined) {
    await store.write(run, keepsWeights ? weights : undefined);
    return { run: "written", restored: false, setAside: lines };
  }
  const tolerance = run.madeBy ?? stored.madeBy ? plainTolerance : 0;
  const difference = firstDifference(run, stored, tolerance) ??
    (beside && differentWeight(weights, beside, tolerance));
  if (difference !== undefined) {
    return { run: "different", difference, restored: false, setAside: lines };
  }
  const restored = keepsWeights && beside === undefined;
  if (restored) await store.write(stored, weights);
  const equal = firstDifference(run, stored) === undefined;
  return { run: equal ? "equal" : "close", restored, setAside: lines };
}

/**
 * What a reading of a store gives; undefined if it is not there, or damaged, and is then set aside.
 *
 * @param lines Told what was set aside, in one line.
 */
export async function unlessDamaged<T>(
  read: () => Promise<T | undefined>,
  lines: string[],
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DamagedRunError)) throw error;
    lines.push(`${error.message}: it is now ${await setAside(error)}`);
    return undefined;
  }
}

/** The first weight that two checkpoints of one model do not share. */
function differentWeight(ours: Uint8Array, theirs: Uint8Array, tolerance: number) {
  const [a, b] = [ours, theirs].map((bytes) => decodeCheckpoint(bytes).params);
  for (const [name, { data }] of Object.entries(a)) {
    const other = b[name].data;
    const at = data.findIndex((x, i) =>
      !Object.is(x, other[i]) &&
      !(Math.abs(x - other[i]) <= tolerance * Math.max(1, Math.abs(other[i])))
    );
    if (at >= 0) return `entry ${at} of the weight "${name}" is ${data[at]}, not ${other[at]}`;
  }
  return undefined;
}
