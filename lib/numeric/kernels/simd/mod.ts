import { Arena } from "../arena.ts";
import type { Kernels } from "../dispatch.ts";
import * as plain from "../plain/mod.ts";
import * as wasm from "./kernels.wasm";

// Every kernel works on addresses in the module's memory. An array that lives there is used where
// it is; any other is copied in, and out again if the kernel writes it. The memory never grows, as
// that would detach every array in it. Where it is full, the plain twin takes the call.

const memory = wasm.memory.buffer as ArrayBuffer;
const doubles = new Float64Array(memory);
const integers = new Int32Array(memory);

/** The memory of the SIMD twin, less what the module itself needs. */
export const arena = new Arena(memory, wasm.heapBase());

class Full extends Error {}

const copiedOut: { array: Float64Array; at: number }[] = [];

/** Address of an array that the kernel reads. */
function read(array: Float64Array | Int32Array): number {
  if (array.buffer === memory) return array.byteOffset;
  const at = scratch(array.byteLength);
  if (array instanceof Float64Array) doubles.set(array, at >> 3);
  else integers.set(array, at >> 2);
  return at;
}

/** Address of an array that the kernel changes. */
function change(array: Float64Array): number {
  const at = read(array);
  if (array.buffer !== memory) copiedOut.push({ array, at });
  return at;
}

/** Address of this many free bytes. */
function scratch(bytes: number): number {
  const at = arena.take(bytes);
  if (at < 0) throw new Full();
  return at;
}

/** Runs a kernel between copying in and copying out; false if the memory is too small for it. */
function run(kernel: () => void): boolean {
  const mark = arena.mark();
  try {
    kernel();
    for (const { array, at } of copiedOut) {
      array.set(doubles.subarray(at >> 3, (at >> 3) + array.length));
    }
    return true;
  } catch (error) {
    if (error instanceof Full) return false;
    throw error;
  } finally {
    copiedOut.length = 0;
    arena.release(mark);
  }
}

export const simd: Kernels = {
  adamStep(theta, mean, square, g, lr, beta1, beta2, epsilon, meanBias, squareBias) {
    // deno-fmt-ignore
    run(() => wasm.adamStep(
      change(theta), change(mean), change(square), read(g), theta.length,
      lr, beta1, beta2, epsilon, meanBias, squareBias,
    )) || plain.adamStep(
      theta, mean, square, g, lr, beta1, beta2, epsilon, meanBias, squareBias,
    );
    return theta;
  },
  addOccupancies(occupancy, forward, backward, emission, labels, logScore, T, K) {
    // deno-fmt-ignore
    run(() => wasm.addOccupancies(
      change(occupancy), read(forward), read(backward), read(emission), read(labels),
      logScore, T, labels.length, K,
    )) || plain.addOccupancies(occupancy, forward, backward, emission, labels, logScore, T, K);
    return occupancy;
  },
  logSoftmax(logProbs, logits, T, K) {
    run(() => wasm.logSoftmax(change(logProbs), read(logits), T, K)) ||
      plain.logSoftmax(logProbs, logits, T, K);
    return logProbs;
  },
  lstmBackward(dz, dy, gates, c, tanhC, Wh, offsets, H) {
    const B = offsets.length - 1;
    // deno-fmt-ignore
    run(() => wasm.lstmBackward(
      change(dz), read(dy), read(gates), read(c), read(tanhC), read(Wh), read(offsets),
      B, H, scratch(wasm.backwardScratch(B, H)),
    )) || plain.lstmBackward(dz, dy, gates, c, tanhC, Wh, offsets, H);
    return dz;
  },
  lstmForward(h, c, tanhC, gates, x, Wx, Wh, b, offsets, D, H) {
    const B = offsets.length - 1;
    // deno-fmt-ignore
    run(() => wasm.lstmForward(
      change(h), change(c), change(tanhC), change(gates), read(x), read(Wx), read(Wh), read(b),
      read(offsets), B, D, H, scratch(wasm.forwardScratch(B, D, H)),
    )) || plain.lstmForward(h, c, tanhC, gates, x, Wx, Wh, b, offsets, D, H);
    return h;
  },
  matmul(out, a, b, n, k, m) {
    run(() =>
      wasm.matmul(change(out), read(a), read(b), n, k, m, scratch(wasm.matmulScratch(k, m)))
    ) ||
      plain.matmul(out, a, b, n, k, m);
    return out;
  },
  matmulTransposeA(out, a, b, n, k, m) {
    // deno-fmt-ignore
    run(() => wasm.matmulTransposeA(
      change(out), read(a), read(b), n, k, m, scratch(wasm.transposeAScratch(n)),
    )) || plain.matmulTransposeA(out, a, b, n, k, m);
    return out;
  },
  matmulTransposeB(out, a, b, n, k, m) {
    // deno-fmt-ignore
    run(() => wasm.matmulTransposeB(
      change(out), read(a), read(b), n, k, m, scratch(wasm.matmulScratch(k, m)),
    )) || plain.matmulTransposeB(out, a, b, n, k, m);
    return out;
  },
  pathScores(scores, emission, boundary, start, other, weight, T, S, backward) {
    let slots = 0;
    for (let s = 0; s < S; s++) slots = Math.max(slots, start[s + 1] - start[s]);
    // deno-fmt-ignore
    run(() => wasm.pathScores(
      change(scores), read(emission), read(boundary), read(start), read(other), read(weight),
      T, S, slots, Number(backward), scratch(wasm.pathScratch(S, slots)),
    )) || plain.pathScores(scores, emission, boundary, start, other, weight, T, S, backward);
    return scores;
  },
  lstmGradients(dWx, dWh, x, h, dz, offsets, D, H) {
    const B = offsets.length - 1;
    // deno-fmt-ignore
    run(() => wasm.lstmGradients(
      change(dWx), change(dWh), read(x), read(h), read(dz), read(offsets), B, D, H,
      scratch(wasm.gradientsScratch(D, H)),
    )) || plain.lstmGradients(dWx, dWh, x, h, dz, offsets, D, H);
  },
  softmaxMinus(out, logProbs, v) {
    run(() => wasm.softmaxMinus(change(out), read(logProbs), read(v), out.length)) ||
      plain.softmaxMinus(out, logProbs, v);
    return out;
  },
  sumRows(out, a, n, m) {
    run(() => wasm.sumRows(change(out), read(a), n, m)) || plain.sumRows(out, a, n, m);
    return out;
  },
};

/** The functions inside the kernels, on arrays of any length, for the test that holds their errors. */
export const vectorMath = {
  exp: (x: Float64Array) => elementwise(wasm.expAll, x),
  log: (x: Float64Array) => elementwise(wasm.logAll, x),
  sigmoid: (x: Float64Array) => elementwise(wasm.sigmoidAll, x),
  tanh: (x: Float64Array) => elementwise(wasm.tanhAll, x),
};

function elementwise(
  f: (out: number, x: number, n: number) => void,
  x: Float64Array,
): Float64Array {
  const n = (x.length + 15) & ~15;
  const out = new Float64Array(n);
  const input = new Float64Array(n);
  input.set(x);
  run(() => f(change(out), read(input), n));
  return out.subarray(0, x.length);
}

/**
 * Multiplies and adds `rounds` times on twelve pairs of doubles held in registers, 48 operations a
 * round: its speed is the ceiling of every kernel here.
 */
export function multiplyAdd(rounds: number): number {
  return wasm.multiplyAdd(rounds, 0.999, 0.001);
}
