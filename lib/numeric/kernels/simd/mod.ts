import { Arena } from "../arena.ts";
import type { Kernels } from "../dispatch.ts";
import { inGiB } from "../../room.ts";
import * as wasm from "./kernels.wasm";

// Every kernel works on addresses in the module's memory. An array that lives there is used where
// it is; any other is copied in, and out again if the kernel writes it. Kernels that take rows one
// by one go through long arrays stretch by stretch, so that the reserve has room for the copies.

if (!wasm.isFused()) throw new Error("its relaxed multiply–add rounds twice");

// Types outside Deno say that it might be shared.
const memory = wasm.memory.buffer as ArrayBuffer;
const doubles = new Float64Array(memory);
const integers = new Int32Array(memory);

/** Bytes that no workspace takes: for scratch, and for copies of what does not live here. */
const RESERVE = 2 ** 28;

/** The memory of the SIMD twin, less what the module itself needs. */
export const arena = new Arena(memory, wasm.heapBase(), RESERVE);

/** Values of an array in a stretch. */
const STRETCH = 2 ** 20;

const copiedOut: { array: Float64Array; at: number }[] = [];

/** Address of an array that the kernel reads. */
function read(array: Float64Array | Int32Array): number {
  if (array.buffer === memory) return array.byteOffset;
  const at = scratch(array.byteLength);
  if (array instanceof Float64Array) doubles.set(array, at / 8);
  else integers.set(array, at / 4);
  return at;
}

/** {@link read}, or 0 where there is nothing to read. */
function readIfAny(array: Float64Array): number {
  return array.length === 0 ? 0 : read(array);
}

/** Address of an array that the kernel changes. */
function change(array: Float64Array): number {
  const at = read(array);
  if (array.buffer !== memory) copiedOut.push({ array, at });
  return at;
}

/** Address of an array that the kernel writes, every value, and does not read. */
function write(array: Float64Array): number {
  if (array.buffer === memory) return array.byteOffset;
  const at = scratch(array.byteLength);
  copiedOut.push({ array, at });
  return at;
}

/** Address of this many free bytes. */
function scratch(bytes: number): number {
  const at = arena.takeReserved(bytes);
  if (at < 0) {
    throw new RangeError(
      `Cannot compute as what a kernel works on must fit into the ${
        inGiB(memory.byteLength)
      } that ` +
        `it can address: it asks for ${inGiB(bytes)} more, and ${inGiB(arena.free)} are free. ` +
        `Lower the sequences of a batch, their lengths or the size of the model`,
    );
  }
  return at;
}

/** Runs a kernel between copying in and copying out. */
function run(kernel: () => void): void {
  const mark = arena.mark();
  try {
    kernel();
    for (const { array, at } of copiedOut) {
      array.set(doubles.subarray(at / 8, at / 8 + array.length));
    }
  } finally {
    copiedOut.length = 0;
    arena.release(mark);
  }
}

/** Runs a kernel on rows from … to - 1 of n, stretch by stretch, where a row has `width` values. */
function byRows(n: number, width: number, kernel: (from: number, to: number) => void): void {
  const rows = Math.max(1, Math.floor(STRETCH / Math.max(1, width)));
  for (let from = 0; from < n; from += rows) {
    run(() => kernel(from, Math.min(n, from + rows)));
  }
}

/** Rows from … to - 1 of an array whose rows have `width` values. */
function rowsOf(array: Float64Array, from: number, to: number, width: number): Float64Array {
  return array.length === (to - from) * width ? array : array.subarray(from * width, to * width);
}

/** Addresses of the sums of a product, and of what they start from: themselves, or the row `start`. */
function sumsOf(out: Float64Array, start: Float64Array | undefined): [number, number] {
  if (start !== undefined) return [write(out), read(start)];
  const sums = change(out);
  return [sums, sums];
}

/** The kernels that come in double and in single precision. */
type Products = Pick<
  typeof wasm,
  | "attendBackward"
  | "attendForward"
  | "gluBackward"
  | "gluForward"
  | "lstmBackward"
  | "lstmForward"
  | "lstmGradients"
  | "matmul"
  | "matmulTransposeA"
  | "matmulTransposeB"
  | "swishBackward"
  | "swishForward"
>;

const kernelsWith = (products: Products): Kernels => ({
  adamStep(theta, mean, square, g, lr, beta1, beta2, epsilon, meanBias, squareBias) {
    byRows(theta.length, 1, (from, to) => {
      const [t, m, s, d] = [theta, mean, square, g].map((array) => rowsOf(array, from, to, 1));
      // deno-fmt-ignore
      wasm.adamStep(
        change(t), change(m), change(s), read(d), to - from,
        lr, beta1, beta2, epsilon, meanBias, squareBias,
      );
    });
    return theta;
  },
  addLocations(hidden, before, L) {
    const T = before.length, A = hidden.length / T, reach = (L.length / A - 1) / 2;
    run(() => wasm.addLocations(change(hidden), read(before), read(L), T, A, reach));
    return hidden;
  },
  addOccupancies(occupancy, forward, backward, emission, labels, logScore, T, K) {
    const S = labels.length;
    byRows(T, Math.max(S, K), (from, to) => {
      // deno-fmt-ignore
      wasm.addOccupancies(
        change(rowsOf(occupancy, from, to, K)), read(rowsOf(forward, from, to, S)),
        read(rowsOf(backward, from, to, S)), read(rowsOf(emission, from, to, S)), read(labels),
        logScore, to - from, S, K,
      );
    });
    return occupancy;
  },
  addScaled(out, a, b, scale) {
    byRows(out.length, 1, (from, to) => {
      const [sums, x, y] = [out, a, b].map((array) => rowsOf(array, from, to, 1));
      wasm.addScaled(write(sums), read(x), read(y), scale, to - from);
    });
    return out;
  },
  attendBackward(dq, dk, dv, dFar, dDistances, dO, p, q, k, v, far, distances, T, D, heads) {
    // deno-fmt-ignore
    run(() => products.attendBackward(
      change(dq), change(dk), change(dv), change(dFar), change(dDistances), read(dO), read(p),
      read(q), read(k), read(v), read(far), read(distances), T, D, heads,
      Number(distances.length > 0), scratch(wasm.attendScratch(T, D / heads)),
    ));
    return dq;
  },
  attendForward(o, p, q, k, v, far, distances, T, D, heads) {
    // deno-fmt-ignore
    run(() => products.attendForward(
      change(o), write(p), read(q), read(k), read(v), read(far), read(distances), T, D, heads,
      Number(distances.length > 0), scratch(wasm.attendScratch(T, D / heads)),
    ));
    return o;
  },
  copyColumns(to, toCols, toAt, from, fromCols, fromAt, n, offsets, reverse) {
    // deno-fmt-ignore
    run(() => wasm.copyColumns(
      change(to), toCols, toAt, read(from), fromCols, fromAt, n, read(offsets),
      offsets.length - 1, Number(reverse),
    ));
    return to;
  },
  depthwiseBackward(dx, dy, w, T, M, D, kernel, stride, padding) {
    // deno-fmt-ignore
    run(() => wasm.depthwiseBackward(
      change(dx), read(dy), read(w), T, M, D, kernel, stride, padding,
    ));
    return dx;
  },
  depthwiseForward(y, x, w, T, M, D, kernel, stride, padding) {
    // deno-fmt-ignore
    run(() => wasm.depthwiseForward(
      change(y), read(x), read(w), T, M, D, kernel, stride, padding,
    ));
    return y;
  },
  depthwiseGradients(dw, dy, x, T, M, D, kernel, stride, padding) {
    // deno-fmt-ignore
    run(() => wasm.depthwiseGradients(
      change(dw), read(dy), read(x), T, M, D, kernel, stride, padding,
    ));
    return dw;
  },
  gluBackward(dx, dy, x, n, m) {
    byRows(n, 2 * m, (from, to) => {
      const out = write(rowsOf(dx, from, to, 2 * m)), above = read(rowsOf(dy, from, to, m));
      products.gluBackward(out, above, read(rowsOf(x, from, to, 2 * m)), to - from, m);
    });
    return dx;
  },
  gluForward(y, x, n, m) {
    byRows(n, 2 * m, (from, to) => {
      const out = write(rowsOf(y, from, to, m));
      products.gluForward(out, read(rowsOf(x, from, to, 2 * m)), to - from, m);
    });
    return y;
  },
  layerNormBackward(dx, dy, normal, inverse, scale, n, m) {
    byRows(n, m, (from, to) => {
      const [d, above, x] = [dx, dy, normal].map((array) => rowsOf(array, from, to, m));
      const factors = read(rowsOf(inverse, from, to, 1));
      wasm.layerNormBackward(write(d), read(above), read(x), factors, read(scale), to - from, m);
    });
    return dx;
  },
  layerNormForward(y, normal, inverse, x, scale, shift, n, m, epsilon) {
    byRows(n, m, (from, to) => {
      const [out, kept, input] = [y, normal, x].map((array) => rowsOf(array, from, to, m));
      const factors = rowsOf(inverse, from, to, 1);
      // deno-fmt-ignore
      wasm.layerNormForward(
        write(out), write(kept), write(factors), read(input), read(scale), read(shift),
        to - from, m, epsilon,
      );
    });
    return y;
  },
  latticeGradient(probs, alpha, beta, blanks, labels, targets, from, K, blank, end) {
    const C = targets.length, T = alpha.length / C;
    byRows(probs.length / K, K, (first, after) => {
      // deno-fmt-ignore
      wasm.latticeGradient(
        change(rowsOf(probs, first, after, K)), read(alpha), read(beta), read(blanks), read(labels),
        read(targets), from + first, after - first, T, C, K, blank, end,
      );
    });
    return probs;
  },
  latticeScores(alpha, beta, blanks, labels, C, end) {
    // deno-fmt-ignore
    run(() => wasm.latticeScores(
      write(alpha), write(beta), read(blanks), read(labels), alpha.length / C, C, end,
      scratch(wasm.latticeScratch(C)),
    ));
    return beta;
  },
  locationGradients(dBefore, dL, d, before, L) {
    const T = before.length, A = d.length / T, taps = L.length / A;
    // deno-fmt-ignore
    run(() => wasm.locationGradients(
      change(dBefore), change(dL), read(d), read(before), read(L), T, A, (taps - 1) / 2,
      scratch(wasm.locationScratch(taps, A)),
    ));
    return dL;
  },
  logSoftmax(logProbs, logits, T, K) {
    byRows(T, K, (from, to) => {
      const out = write(rowsOf(logProbs, from, to, K));
      wasm.logSoftmax(out, read(rowsOf(logits, from, to, K)), to - from, K);
    });
    return logProbs;
  },
  lstmBackward(dz, dp, dy, gates, c, tanhC, Wh, peepholes, offsets, H) {
    const B = offsets.length - 1;
    // deno-fmt-ignore
    run(() => products.lstmBackward(
      write(dz), change(dp), read(dy), read(gates), read(c), read(tanhC), read(Wh),
      readIfAny(peepholes), read(offsets), B, H, scratch(wasm.backwardScratch(B, H)),
    ));
    return dz;
  },
  lstmForward(h, c, tanhC, gates, x, Wx, Wh, b, peepholes, offsets, D, H) {
    const B = offsets.length - 1;
    // deno-fmt-ignore
    run(() => products.lstmForward(
      write(h), write(c), write(tanhC), write(gates), read(x), read(Wx), read(Wh), read(b),
      readIfAny(peepholes), read(offsets), B, D, H, scratch(wasm.forwardScratch(B, D, H)),
    ));
    return h;
  },
  matmul(out, a, b, n, k, m, start) {
    byRows(n, Math.max(k, m), (from, to) => {
      const [sums, init] = sumsOf(rowsOf(out, from, to, m), start);
      const terms = read(rowsOf(a, from, to, k)), room = scratch(wasm.productScratch(k, m));
      products.matmul(sums, init, terms, read(b), to - from, k, m, room);
    });
    return out;
  },
  matmulTransposeA(out, a, b, n, k, m) {
    // deno-fmt-ignore
    run(() => products.matmulTransposeA(
      change(out), read(a), read(b), n, k, m, scratch(wasm.transposedScratch(n)),
    ));
    return out;
  },
  matmulTransposeB(out, a, b, n, k, m, start) {
    byRows(n, Math.max(k, m), (from, to) => {
      const [sums, init] = sumsOf(rowsOf(out, from, to, m), start);
      const terms = read(rowsOf(a, from, to, k)), room = scratch(wasm.productScratch(k, m));
      products.matmulTransposeB(sums, init, terms, read(b), to - from, k, m, room);
    });
    return out;
  },
  pathScores(scores, emission, boundary, start, other, weight, T, S, backward) {
    let slots = 0;
    for (let s = 0; s < S; s++) slots = Math.max(slots, start[s + 1] - start[s]);
    // In the order of the recurrence; a stretch after the first starts from the last row before it.
    byRows(T, S, (from, to) => {
      const resumed = from > 0, given = from - Number(resumed);
      const [first, end] = backward ? [T - to, T - given] : [given, to];
      // deno-fmt-ignore
      wasm.pathScores(
        change(rowsOf(scores, first, end, S)), read(rowsOf(emission, first, end, S)),
        read(boundary), read(start), read(other), read(weight), end - first, S, slots,
        Number(backward), Number(resumed), scratch(wasm.pathScratch(S, slots)),
      );
    });
    return scores;
  },
  lstmGradients(dWx, dWh, db, x, h, dz, offsets, D, H) {
    const B = offsets.length - 1;
    // deno-fmt-ignore
    run(() => products.lstmGradients(
      change(dWx), change(dWh), change(db), read(x), read(h), read(dz), read(offsets), B, D, H,
      scratch(wasm.gradientsScratch(D, H)),
    ));
  },
  softmax(p, scores, n, m) {
    byRows(n, m, (from, to) => {
      const out = write(rowsOf(p, from, to, m));
      wasm.softmax(out, read(rowsOf(scores, from, to, m)), to - from, m);
    });
    return p;
  },
  softmaxBackward(dScores, p, dp, n, m) {
    byRows(n, m, (from, to) => {
      const out = write(rowsOf(dScores, from, to, m)), shares = read(rowsOf(p, from, to, m));
      wasm.softmaxBackward(out, shares, read(rowsOf(dp, from, to, m)), to - from, m);
    });
    return dScores;
  },
  softmaxMinus(out, logProbs, v) {
    byRows(out.length, 1, (from, to) => {
      const [o, p, q] = [out, logProbs, v].map((array) => rowsOf(array, from, to, 1));
      wasm.softmaxMinus(write(o), read(p), read(q), to - from);
    });
    return out;
  },
  sumProducts(out, a, b, n, m) {
    byRows(n, m, (from, to) => {
      const sums = change(out), left = read(rowsOf(a, from, to, m));
      wasm.sumProducts(sums, left, read(rowsOf(b, from, to, m)), to - from, m);
    });
    return out;
  },
  sumRows(out, a, n, m) {
    byRows(n, m, (from, to) => {
      wasm.sumRows(change(out), read(rowsOf(a, from, to, m)), to - from, m);
    });
    return out;
  },
  swishBackward(dx, dy, x) {
    byRows(x.length, 1, (from, to) => {
      const [out, above, input] = [dx, dy, x].map((array) => rowsOf(array, from, to, 1));
      products.swishBackward(write(out), read(above), read(input), to - from);
    });
    return dx;
  },
  swishForward(y, x) {
    byRows(x.length, 1, (from, to) => {
      const out = write(rowsOf(y, from, to, 1));
      products.swishForward(out, read(rowsOf(x, from, to, 1)), to - from);
    });
    return y;
  },
  tanhOfSums(h, a, b, J) {
    const C = b.length / J;
    byRows(a.length / J, C * J, (from, to) => {
      const sums = write(rowsOf(h, from, to, C * J)), rows = rowsOf(a, from, to, J);
      wasm.tanhOfSums(sums, read(rows), read(b), to - from, C, J);
    });
    return h;
  },
  transducerSteps(probs, blanks, labels, logits, targets, first, K, blank) {
    byRows(blanks.length, K, (from, to) => {
      // deno-fmt-ignore
      wasm.transducerSteps(
        write(rowsOf(probs, from, to, K)), write(rowsOf(blanks, from, to, 1)),
        write(rowsOf(labels, from, to, 1)), read(rowsOf(logits, from, to, K)), read(targets),
        first + from, to - from, targets.length, K, blank,
      );
    });
    return probs;
  },
});

/** The SIMD twin. */
export const simd: Kernels = kernelsWith(wasm);

/**
 * The SIMD twin with products and activations in single precision: of the LSTM, Swish and GLU, and of
 * attention where a head has at least 16 columns. Sums over more than 512 frames, the gradient of the
 * cells, softmaxes and all other kernels are in double, as is what comes out, but for the gates, c and
 * tanh c of an LSTM: only its way back reads them, so that they stay in single precision and fill half
 * of their arrays.
 */
export const single: Kernels = kernelsWith({
  attendBackward: wasm.attendBackwardSingle,
  attendForward: wasm.attendForwardSingle,
  gluBackward: wasm.gluBackwardSingle,
  gluForward: wasm.gluForwardSingle,
  lstmBackward: wasm.lstmBackwardSingle,
  lstmForward: wasm.lstmForwardSingle,
  lstmGradients: wasm.lstmGradientsSingle,
  matmul: wasm.matmulSingle,
  matmulTransposeA: wasm.matmulTransposeASingle,
  matmulTransposeB: wasm.matmulTransposeBSingle,
  swishBackward: wasm.swishBackwardSingle,
  swishForward: wasm.swishForwardSingle,
});

/** The functions inside the kernels, on arrays of any length, for the test that holds their errors. */
export const vectorMath = {
  exp: (x: Float64Array) => elementwise(wasm.expAll, x),
  log: (x: Float64Array) => elementwise(wasm.logAll, x),
  sigmoid: (x: Float64Array) => elementwise(wasm.sigmoidAll, x),
  tanh: (x: Float64Array) => elementwise(wasm.tanhAll, x),
  sigmoidSingle: (x: Float64Array) => elementwise(wasm.sigmoidSingles, x),
  tanhSingle: (x: Float64Array) => elementwise(wasm.tanhSingles, x),
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
 * Multiplies and adds, fused, `rounds` times on twelve pairs of doubles held in registers, 48 operations a
 * round: its speed is the ceiling of every kernel here.
 */
export function multiplyAdd(rounds: number): number {
  return wasm.multiplyAdd(rounds, 0.999, 0.001);
}
