import type { Topology } from "../alignment/mod.ts";
import type { CtcVariant } from "../criteria/variants/mod.ts";
import type { Matrix } from "../numeric/mod.ts";
import { type MovementCost, movementCost } from "./movement_cost.ts";
import { Tape } from "./tape.ts";
import { keepArray, tracedArray } from "./traced_array.ts";

/**
 * What it costs a variant of CTC to turn the logits of a sequence, which it finds on the stack, into
 * their gradient, which it leaves there.
 *
 * @param logits [T, K]
 *
 * @example
 * ```ts
 * import { ctcTopology } from "lib/alignment/mod.ts";
 * import { ctcCost } from "lib/bytedmd/mod.ts";
 * import { ctcVariants } from "lib/criteria/variants/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertLess } from "@std/assert";
 *
 * const cost = (name: "tables" | "fused") =>
 *   ctcCost(ctcVariants[name], matrix(20, 3), ctcTopology([1, 2])).cost;
 * assertLess(cost("fused"), cost("tables"));
 * ```
 */
export function ctcCost(variant: CtcVariant, logits: Matrix, topology: Topology): MovementCost {
  const { rows: T, cols: K, data } = logits;
  if (data.length !== T * K) {
    throw new RangeError(
      `Cannot price CTC as logits of ${T} frames and ${K} labels must be ${T * K} values: ` +
        `there are ${data.length}`,
    );
  }
  const tape = new Tape();
  const dLogits = tracedArray(tape, "gradient", new Float64Array(T * K));
  const traced = tracedArray(tape, "logits", data);
  const room = (name: string, n: number) => tracedArray(tape, name, new Float64Array(n));
  variant(dLogits, traced, topology, T, K, room);
  keepArray(dLogits);
  return movementCost(tape.trace());
}
