import { Arena } from "./arena.ts";
import * as plain from "./plain/mod.ts";

/** The hot loops, as plain TypeScript (the definition) or as WebAssembly SIMD: same names. */
export type Kernels = typeof plain;

/** Which of the two twins to use. */
export type Twin = "plain" | "simd";

/** Of products and of the LSTM's activations; all else is in double precision. */
export type Precision = "double" | "single";

interface Loaded {
  readonly kernels: Readonly<Record<Precision, Kernels>>;
  readonly arena: Arena;
}

const loaded: Partial<Record<Twin, Loaded>> = {};

// Where WebAssembly or its SIMD is missing, or the multiply–add of its relaxed SIMD is not fused, this
// import fails, and only this.
try {
  const { simd, single, arena } = await import("./simd/mod.ts");
  loaded.simd = { kernels: { double: simd, single }, arena };
} catch (error) {
  // Said once, and not by every worker as well.
  if (!("WorkerGlobalScope" in globalThis)) {
    console.warn(
      `This machine has no WebAssembly SIMD with a fused multiply–add: kernels run as plain ` +
        `TypeScript, about five times slower (${error instanceof Error ? error.message : error})`,
    );
  }
}

let inUse: Twin = loaded.simd === undefined ? "plain" : "simd";
let precisionInUse: Precision = "double";

/** Where matrices of a workspace live. */
export let arena: Arena;

export let {
  adamStep,
  addLocations,
  addOccupancies,
  addScaled,
  attendBackward,
  attendForward,
  copyColumns,
  depthwiseBackward,
  depthwiseForward,
  depthwiseGradients,
  gluBackward,
  gluForward,
  latticeGradient,
  latticeScores,
  layerNormBackward,
  layerNormForward,
  locationGradients,
  logSoftmax,
  lstmBackward,
  lstmForward,
  lstmGradients,
  matmul,
  matmulTransposeA,
  matmulTransposeB,
  pathScores,
  softmax,
  softmaxBackward,
  softmaxMinus,
  sumProducts,
  sumRows,
  swishBackward,
  swishForward,
  tanhOfSums,
  transducerSteps,
}: Kernels = plain;

/**
 * Chooses the twin that all kernels come from, here and now: the one switch, for tests and
 * benchmarks. Without it, kernels are SIMD where the engine has it.
 *
 * @returns The twin in use before.
 * @throws {RangeError} If the twin is unknown, or WebAssembly SIMD is missing.
 */
export function useKernels(twin: Twin): Twin {
  const before = inUse;
  // Untouched pages of this buffer cost nothing.
  if (twin === "plain") {
    // The plain twin knows doubles alone.
    const kernels = { double: plain, single: plain };
    loaded.plain ??= { kernels, arena: new Arena(new ArrayBuffer(2 ** 27), 0) };
  }
  const choice = loaded[twin];
  if (choice === undefined) {
    const known = loaded.simd === undefined ? `is only "plain"` : `are only "plain" and "simd"`;
    throw new RangeError(`Cannot use the kernels "${twin}" as there ${known} here`);
  }
  inUse = twin;
  arena = choice.arena;
  ({
    adamStep,
    addLocations,
    addOccupancies,
    addScaled,
    attendBackward,
    attendForward,
    copyColumns,
    depthwiseBackward,
    depthwiseForward,
    depthwiseGradients,
    gluBackward,
    gluForward,
    latticeGradient,
    latticeScores,
    layerNormBackward,
    layerNormForward,
    locationGradients,
    logSoftmax,
    lstmBackward,
    lstmForward,
    lstmGradients,
    matmul,
    matmulTransposeA,
    matmulTransposeB,
    pathScores,
    softmax,
    softmaxBackward,
    softmaxMinus,
    sumProducts,
    sumRows,
    swishBackward,
    swishForward,
    tanhOfSums,
    transducerSteps,
  } = choice.kernels[precisionInUse]);
  return before;
}

/**
 * Runs `work` with kernels of a precision, and with the one in use before from then on. Calls may be
 * nested; `work` must not be asynchronous. The plain twin computes in double precision whatever is
 * asked for.
 *
 * @returns What `work` returns.
 *
 * @example
 * ```ts
 * import { matmul, withPrecision } from "lib/numeric/kernels/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const third = Float64Array.of(1 / 3), one = Float64Array.of(1);
 * const product = () => matmul(new Float64Array(1), third, one, 1, 1, 1)[0];
 * assertEquals(product(), 1 / 3);
 * assertEquals(withPrecision("single", product), Math.fround(1 / 3));
 * ```
 */
export function withPrecision<T>(precision: Precision, work: () => T): T {
  if (precision === precisionInUse) return work();
  const before = precisionInUse;
  try {
    precisionInUse = precision;
    useKernels(inUse);
    return work();
  } finally {
    precisionInUse = before;
    useKernels(inUse);
  }
}

/** The twin in use. */
export function kernelsInUse(): Twin {
  return inUse;
}

useKernels(inUse);
