import type { Layer } from "./models/mod.ts";
import { number, requireForm, whole } from "./form/mod.ts";
import type { Matrix, Params, RandomState, Sequences } from "./numeric/mod.ts";

/** A loss of a layer's output, and its gradient with respect to that output. */
export type Criterion = (y: Sequences) => { loss: number; dy: Sequences };

/** How to check, and how to measure the error. */
export interface GradcheckOptions {
  /** Step ε of the differences; defaults to 1e-5 with 3 points, 1e-3 with 5. */
  epsilon?: number;
  /**
   * Points of the stencil: 3 for (f(+ε) - f(-ε)) / 2ε, 5 for
   * (f(-2ε) - 8 f(-ε) + 8 f(+ε) - f(+2ε)) / 12ε; defaults to 5.
   */
  stencil?: 3 | 5;
  /**
   * The error of an entry: "sum" is |num - an| / (|num| + |an|), as in the write-up; "max" is
   * |num - an| / max(|num| + |an|, 1e-4); defaults to "max".
   */
  measure?: "sum" | "max";
  /** Check this many entries of each weight, drawn from `rng`; defaults to all, and all inputs. */
  sample?: { perTensor: number; rng: RandomState };
}

/** One checked entry. */
export interface GradcheckPoint {
  /** The weight's name, or "x" for the input. */
  readonly tensor: string;
  /** Place in the tensor's data. */
  readonly place: number;
  /** The gradient as a difference of the loss. */
  readonly numeric: number;
  /** The gradient as the layer computes it. */
  readonly analytic: number;
  /** How far apart they are, in the measure that was asked for. */
  readonly error: number;
}

/** What a gradient check found. */
export interface GradcheckReport {
  /** The largest error of an entry. */
  readonly maxRelativeError: number;
  /** How many entries were checked. */
  readonly checked: number;
  /** Every entry that was checked. */
  readonly points: readonly GradcheckPoint[];
}

/**
 * Holds the gradients that a layer computes by hand against differences of the loss: for every
 * weight and every input value, or a sample of the weights.
 *
 * @param layer Any layer or stack of layers.
 * @param criterion Any loss of its output.
 * @param params Its weights; each is moved and put back.
 * @param x Its input; likewise.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { ctcBatchLoss } from "lib/criteria/mod.ts";
 * import { gradcheck } from "lib/gradcheck.ts";
 * import { linear } from "lib/models/mod.ts";
 * import { matrix, RandomState, type Sequences, sequences } from "lib/numeric/mod.ts";
 * import { assertLess } from "@std/assert";
 *
 * const layer = linear(2, 3);
 * const criterion = (y: Sequences) => {
 *   const { loss, dLogits } = ctcBatchLoss(y, [[1, 2]]);
 *   return { loss, dy: dLogits };
 * };
 * const x = sequences([matrix(4, 2, [1, 2, 3, 4, 5, 6, 7, 8])]);
 * const report = gradcheck(layer, criterion, layer.init(new RandomState(0)), x);
 * assertLess(report.maxRelativeError, 1e-7);
 * ```
 */
export function gradcheck<Cache>(
  layer: Layer<Cache>,
  criterion: Criterion,
  params: Params,
  x: Sequences,
  options: GradcheckOptions = {},
): GradcheckReport {
  const { stencil = 5, measure = "max", sample } = options;
  const what = "Cannot check gradients";
  requireForm<3 | 5>(what, whole({ min: 3, max: 5 }), stencil, "stencil");
  if (stencil !== 3 && stencil !== 5) {
    throw new RangeError(`${what} as stencil must be 3 or 5: current value is ${stencil}`);
  }
  requireForm(what, { is: "choice", of: ["sum", "max"] } as const, measure, "measure");
  if (sample) requireForm<number>(what, whole({ min: 1 }), sample.perTensor, "sample.perTensor");
  const { epsilon = stencil === 5 ? 1e-3 : 1e-5 } = options;
  requireForm<number>(what, number({ above: 0 }), epsilon, "epsilon");
  const { y, cache } = layer.forward(params, x);
  const { grads, dx } = layer.backward(params, cache, criterion(y).dy);
  const loss = () => criterion(layer.forward(params, x).y).loss;

  const points: GradcheckPoint[] = [];
  const check = (tensor: string, value: Matrix, gradient: Matrix) => {
    for (const place of placesOf(value, sample)) {
      const numeric = difference(loss, value.data, place, epsilon, stencil);
      const analytic = gradient.data[place];
      const size = Math.abs(numeric) + Math.abs(analytic);
      const scale = measure === "max" ? Math.max(size, 1e-4) : size;
      const error = scale === 0 ? 0 : Math.abs(numeric - analytic) / scale;
      points.push({ tensor, place, numeric, analytic, error });
    }
  };
  for (const [name, value] of Object.entries(params)) check(name, value, grads[name]);
  if (sample === undefined) check("x", x.frames, dx().frames);
  return {
    // A NaN anywhere must fail the check, and Math.max passes NaN on.
    maxRelativeError: points.reduce((worst, point) => Math.max(worst, point.error), 0),
    checked: points.length,
    points,
  };
}

function placesOf(value: Matrix, sample: GradcheckOptions["sample"]): Iterable<number> {
  const n = value.data.length;
  if (sample === undefined) return Array.from({ length: n }, (_, i) => i);
  return sample.rng.permutation(n).subarray(0, sample.perTensor);
}

/** The difference quotient of `loss` as data[place] moves; data is left as it was. */
function difference(
  loss: () => number,
  data: Float64Array,
  place: number,
  epsilon: number,
  stencil: 3 | 5,
): number {
  const value = data[place];
  const at = (steps: number) => {
    data[place] = value + steps * epsilon;
    return loss();
  };
  const near = at(1) - at(-1);
  const quotient = stencil === 3
    ? near / (2 * epsilon)
    : (8 * near - (at(2) - at(-2))) / (12 * epsilon);
  data[place] = value;
  return quotient;
}
