import { LruStack } from "./lru_stack.ts";
import type { Trace } from "./tape.ts";

/** What a program's data movement costs. */
export interface MovementCost {
  /** Σ ⌈√d⌉ over the depths d of all bytes read. */
  readonly cost: number;
  /** The same, tensor by tensor, of what was read of each. */
  readonly byTensor: Readonly<Record<string, number>>;
  /** The same, section by section and then tensor by tensor; what comes before the first is in "". */
  readonly bySection: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** How many values were read. */
  readonly reads: number;
  /** How many values were read of each tensor. */
  readonly readsByTensor: Readonly<Record<string, number>>;
  /** The most values that were alive at once. */
  readonly peak: number;
}

/**
 * Prices a trace by ByteDMD: memory is a stack of bytes, the last used on top. Computing and
 * writing are free; reading a byte at depth d, counted from 1, costs ⌈√d⌉, the length of a wire in
 * a plane. All operands of an instruction are priced before any moves; then they move to the top in
 * the order of reading, each once; then values that are never read again leave; then the result is
 * put on top. Results of the whole program never leave; {@link priceOf} is a program with its results.
 *
 * @param options.bytes Bytes of a value; defaults to 1.
 * @throws {RangeError} If `bytes` is not a whole number >= 1, or a value is read before it is
 * written.
 *
 * @example
 * ```ts
 * import { priceOf } from "lib/bytedmd/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const add = (x: number, y: number) => x + y, mul = (x: number, y: number) => x * y;
 * const { cost } = priceOf(
 *   { a: [1, 2], b: [3, 4] },
 *   ({ a, b }, tape) => tape.apply(add, tape.apply(mul, a[0], b[0]), tape.apply(mul, a[1], b[1])),
 * );
 * assertEquals(cost, 11);
 * ```
 *
 * Source: Ding & Smith 2022, "Beyond time complexity: data movement complexity analysis for matrix
 * multiplication", for the distance; github.com/cybertronai/ByteDMD for liveness and bytes.
 */
export function movementCost(trace: Trace, options: { bytes?: number } = {}): MovementCost {
  const { bytes = 1 } = options;
  if (!Number.isInteger(bytes) || bytes < 1) {
    throw new RangeError(
      `Cannot price a trace as bytes must be a whole number >= 1: current value is ${bytes}`,
    );
  }
  const { events, tensorOf, tensors, kept, sections } = trace;
  const lastRead = lastReads(trace);
  const stack = new LruStack();
  /** [values] the end of the last instruction that moved each value */
  const raisedBy = new Int32Array(trace.values).fill(-1);
  const reads = new Float64Array(tensors.length);
  const costsOf = new Map<string, Float64Array>();
  const costsIn = (section: string) => {
    if (!costsOf.has(section)) costsOf.set(section, new Float64Array(tensors.length));
    return costsOf.get(section)!;
  };
  let costs = costsIn("");
  let peak = 0, nextSection = 0;
  /** Prices and moves the operands events[start … end). */
  const instruction = (start: number, end: number) => {
    while (nextSection < sections.length && sections[nextSection].from <= start) {
      costs = costsIn(sections[nextSection++].name);
    }
    for (let e = start; e < end; e++) {
      const value = events[e];
      if (!stack.has(value)) {
        throw new RangeError(`Cannot price a trace as value ${value} is read before it is written`);
      }
      const above = bytes * stack.above(value);
      costs[tensorOf[value]] += rootSum(above + bytes) - rootSum(above);
      reads[tensorOf[value]]++;
    }
    for (let e = start; e < end; e++) {
      if (raisedBy[events[e]] === end) continue; // an operand twice in one instruction
      raisedBy[events[e]] = end;
      stack.raise(events[e]);
    }
    for (let e = start; e < end; e++) {
      if (lastRead[events[e]] === e && !kept.has(events[e])) stack.remove(events[e]);
    }
  };
  let start = 0;
  for (let e = 0; e < events.length; e++) {
    if (events[e] >= 0) continue;
    instruction(start, e);
    start = e + 1;
    const value = ~events[e];
    if (lastRead[value] >= 0 || kept.has(value)) stack.push(value);
    peak = Math.max(peak, stack.size);
  }
  instruction(start, events.length);
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
  const named = (values: Float64Array, count: Float64Array) =>
    Object.fromEntries(tensors.map((name, n) => [name, values[n]]).filter((_, n) => count[n] > 0));
  const total = reads.map((_, n) => [...costsOf.values()].reduce((acc, part) => acc + part[n], 0));
  return {
    cost: sum(total),
    byTensor: named(total, reads),
    bySection: Object.fromEntries(
      [...costsOf].filter(([, part]) => sum(part) > 0).map(([name, part]) => [
        name,
        named(part, part),
      ]),
    ),
    reads: sum(reads),
    readsByTensor: named(reads, reads),
    peak,
  };
}

/** [values] the place in the trace where each value is read for the last time; -1 if never */
function lastReads({ events, values }: Trace): Int32Array {
  const last = new Int32Array(values).fill(-1);
  for (let e = 0; e < events.length; e++) if (events[e] >= 0) last[events[e]] = e;
  return last;
}

/**
 * Σ_{d=1}^{n} ⌈√d⌉: with q = ⌈√n⌉ - 1, the m ≤ q occur 2m - 1 times each, and q + 1 is the rest:
 * q(q+1)(2q+1)/3 - q(q+1)/2 + (q+1)(n - q²)
 */
export function rootSum(n: number): number {
  if (!Number.isInteger(n) || n < 0) {
    throw new RangeError(`Cannot sum roots up to ${n} as it must be a whole number >= 0`);
  }
  if (n === 0) return 0;
  const q = Math.ceil(Math.sqrt(n)) - 1;
  return q * (q + 1) * (2 * q + 1) / 3 - q * (q + 1) / 2 + (q + 1) * (n - q * q);
}
