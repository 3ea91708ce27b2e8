import { ctcTopology } from "../alignment/mod.ts";
import type { LabelledBatch } from "../corpora/mod.ts";
import { type CtcVariant, ctcVariants } from "../criteria/variants/mod.ts";
import type { Layer } from "../models/mod.ts";
import { useKernels } from "../numeric/kernels/mod.ts";
import { adamStep } from "../numeric/kernels/plain/mod.ts";
import { type Matrix, type Params, rowSlice } from "../numeric/mod.ts";
import { clipGlobalNorm } from "../training/clip.ts";
import { Tape, type Trace } from "./tape.ts";
import { keepArray, tracedArray } from "./traced_array.ts";

/** What to trace. */
export interface TracedStepOptions {
  /** How the criterion is computed; defaults to the library's own way. */
  ctc?: CtcVariant;
  /** Largest norm of the gradient; defaults to 1. */
  clip?: number;
}

/**
 * Traces one whole training step of a model, first to last: forward, CTC, backward, clipping and
 * Adam. The arguments on the stack are x, then the weights, then Adam's two means; the results are
 * the new weights and means. What runs are the layers and the plain kernels as they are; `params`
 * stay as they were.
 *
 * Tensors are named for what they hold: Wx, Wh and Wy are the weights, dWx … their gradients,
 * gates, c, tanh c and h the caches, dz the gradients of the gates before their squashing; sections are "forward", "CTC", "backward" and "update". What a
 * kernel keeps in arrays of its own (two rows of H in the backward pass of the LSTM) is registers,
 * and costs nothing.
 *
 * @param model A stack whose last layer is the linear output layer.
 * @throws {RangeError} If weights and model do not fit together.
 *
 * @example
 * ```ts
 * import { movementCost, traceTrainingStep } from "lib/bytedmd/mod.ts";
 * import { framewiseOf, Training, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const training = new Training(writeUpExperiment("lstm", 0, { hidden: 2 }));
 * const batch = training.data.train.batch(new RandomState(17), 1);
 * const trace = traceTrainingStep(framewiseOf(training).layer, training.params, batch);
 * const { bySection } = movementCost(trace);
 * assertEquals(Object.keys(bySection), ["forward", "CTC", "backward", "update"]);
 * ```
 */
export function traceTrainingStep(
  model: Layer,
  params: Params,
  batch: LabelledBatch,
  options: TracedStepOptions = {},
): Trace {
  const { ctc = ctcVariants.tables, clip = 1 } = options;
  const tape = new Tape();
  const made: Matrix[] = [];
  /** A matrix whose tensor gets its name when it is known what it was for: see {@link named}. */
  const alloc = (rows: number, cols: number): Matrix => {
    const data = tracedArray(tape, `#${made.length}`, new Float64Array(rows * cols));
    made.push({ data, rows, cols });
    return made[made.length - 1];
  };
  const copied = (name: string, m: Matrix): Matrix => ({
    ...m,
    data: tracedArray(tape, name, m.data),
  });
  const zeros = (name: string, { rows, cols }: Matrix): Matrix =>
    copied(name, { rows, cols, data: new Float64Array(rows * cols) });
  const each = (make: (name: string) => Matrix): Params =>
    Object.fromEntries(Object.keys(params).map((name) => [name, make(name)]));
  const last = Object.keys(params).reduce((a, name) => Math.max(a, parseInt(name)), 0);

  // Arguments, the deepest first.
  const squares = each((name) => zeros("Adam v", params[name]));
  const means = each((name) => zeros("Adam m", params[name]));
  const weights = each((name) => copied(tensorName(name, last), params[name]));
  const x = { frames: copied("x", batch.x.frames), offsets: batch.x.offsets };

  const before = useKernels("plain");
  try {
    tape.section("forward");
    const { y, cache } = model.forward(weights, x, { alloc });
    tape.section("CTC");
    const dLogits = alloc(y.frames.rows, y.frames.cols);
    const B = batch.targets.length;
    batch.targets.forEach((target, b) => {
      const [start, end] = [batch.x.offsets[b], batch.x.offsets[b + 1]];
      const [to, from] = [dLogits, y.frames].map((m) => rowSlice(m, start, end).data);
      const room = (name: string, n: number) => tracedArray(tape, name, new Float64Array(n));
      ctc(to, from, ctcTopology(target), end - start, y.frames.cols, room);
    });
    for (let i = 0; i < dLogits.data.length; i++) dLogits.data[i] /= B;
    tape.section("backward");
    const { grads } = model.backward(weights, cache, { ...y, frames: dLogits }, { alloc });
    tape.section("update");
    clipGlobalNorm(grads, clip);
    tape.write("norm");
    for (const name of Object.keys(params)) {
      const [theta, m, v, g] = [weights, means, squares, grads].map((group) => group[name].data);
      adamStep(theta, m, v, g, 3e-3, 0.9, 0.999, 1e-8, 0.1, 0.001);
    }
    for (const group of [weights, means, squares]) {
      for (const { data } of Object.values(group)) keepArray(data);
    }
    const names = new Map<Matrix, string>([[y.frames, "logits"], [dLogits, "dLogits"]]);
    for (const [name, m] of Object.entries(grads)) names.set(m, `d${tensorName(name, last)}`);
    nameCaches(cache, names);
    // Of what no field and no gradient holds, dz is as wide as the gates.
    const gateWidths = new Set(
      Object.keys(params).filter((name) => name.endsWith("Wh")).map((name) => params[name].cols),
    );
    return named(tape.trace(), (name) => {
      const m = name.startsWith("#") ? made[Number(name.slice(1))] : undefined;
      if (m === undefined) return name;
      return names.get(m) ?? (gateWidths.has(m.cols) ? "dz" : "dx, copies");
    });
  } finally {
    useKernels(before);
  }
}

/** "0.fwd.Wx" → Wx; of the output layer, "1.W" → Wy. */
function tensorName(name: string, last: number): string {
  const short = name.slice(name.lastIndexOf(".") + 1);
  if (parseInt(name) < last || last === 0) return short;
  return short === "W" ? "Wy" : "by";
}

/** Names matrices after the fields of the caches that they are kept in. */
function nameCaches(cache: unknown, names: Map<Matrix, string>, field = ""): void {
  if (cache === null || typeof cache !== "object" || ArrayBuffer.isView(cache)) return;
  if ("data" in cache && "rows" in cache) {
    const m = cache as Matrix;
    if (!names.has(m)) names.set(m, field === "tanhC" ? "tanh c" : field);
    return;
  }
  const sequences = "frames" in cache && "offsets" in cache;
  for (const [key, value] of Object.entries(cache)) {
    nameCaches(value, names, sequences ? field : /^\d+$|^fwd$|^bwd$/.test(key) ? field : key);
  }
}

/** The same trace with other names; tensors of one name become one. */
function named(trace: Trace, nameOf: (name: string) => string): Trace {
  const tensors = [...new Set(trace.tensors.map(nameOf))];
  const to = trace.tensors.map((name) => tensors.indexOf(nameOf(name)));
  return { ...trace, tensors, tensorOf: trace.tensorOf.map((n) => to[n]) };
}
