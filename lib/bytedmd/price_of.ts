import { type MovementCost, movementCost } from "./movement_cost.ts";
import { Tape, type Traced } from "./tape.ts";

/**
 * What a program costs, from its arguments on the stack to its results, which stay there.
 *
 * @param inputs The values of each argument by its name, the first on top of the stack.
 * @param program Takes traced numbers and the tape to compute with; all that it returns is kept.
 * @param options.bytes Bytes of a value; defaults to 1.
 * @throws {RangeError} If `bytes` is not a whole number >= 1.
 *
 * @example
 * ```ts
 * import { priceOf } from "lib/bytedmd/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const add = (x: number, y: number) => x + y;
 * const { cost } = priceOf(
 *   { a: [1], b: [2], c: [3] },
 *   ({ a: [a], b: [b], c: [c] }, tape) => tape.apply(add, tape.apply(add, a, b), c),
 * );
 * assertEquals(cost, 6);
 * ```
 */
export function priceOf<Name extends string>(
  inputs: Readonly<Record<Name, ArrayLike<number>>>,
  program: (inputs: Record<Name, Traced[]>, tape: Tape) => Traced | readonly Traced[],
  options: { bytes?: number } = {},
): MovementCost {
  const tape = new Tape();
  const results = program(tape.inputs(inputs), tape);
  tape.keep(...("id" in results ? [results] : results));
  return movementCost(tape.trace(), options);
}
