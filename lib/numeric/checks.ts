import type { Matrix } from "./matrix.ts";

/**
 * Checks that a label is one of K, such as the blank of a decoder.
 *
 * @param doing What it is needed for, to start the message with: "Cannot … as".
 * @param name What the label is called.
 * @param K Defaults to any number of labels.
 * @throws {RangeError} If it is not a whole number from 0 to K - 1.
 *
 * @example
 * ```ts
 * import { requireLabel } from "lib/numeric/mod.ts";
 * import { assertThrows } from "@std/assert";
 *
 * requireLabel("decode", "blank", 2, 3);
 * assertThrows(() => requireLabel("decode", "blank", -1, 3), RangeError, "current value is -1");
 * ```
 */
export function requireLabel(doing: string, name: string, label: number, K = Infinity): void {
  if (!Number.isInteger(label) || label < 0 || label >= K) {
    const range = K === Infinity ? ">= 0" : `below K = ${K}`;
    throw new RangeError(
      `Cannot ${doing} as ${name} must be a whole number ${range}: current value is ${label}`,
    );
  }
}

/**
 * Checks log-probabilities, of which -Infinity is one.
 *
 * @param doing What they are needed for, to start the message with: "Cannot … as".
 * @param logProbs [T, K] nats
 * @throws {RangeError} Naming the frame and label of the first that is NaN or +Infinity.
 */
export function requireLogProbs(doing: string, { data, cols: K }: Matrix): void {
  for (let i = 0; i < data.length; i++) {
    if (!(data[i] < Infinity)) {
      throw new RangeError(
        `Cannot ${doing} as log-probabilities must be below Infinity: ` +
          `frame ${Math.floor(i / K)}, label ${i % K} is ${data[i]}`,
      );
    }
  }
}
