import type { Matrix } from "../numeric/mod.ts";

/**
 * Checks what a decoder is given.
 *
 * @param logProbs [T, K] log-probabilities, nats; -Infinity for an impossible label.
 * @throws {RangeError} If one is NaN or +Infinity, or `blank` is not a whole number below K.
 */
export function requireLogProbs({ data, cols: K }: Matrix, blank: number): void {
  if (!Number.isInteger(blank) || blank < 0 || blank >= K) {
    throw new RangeError(
      `Cannot decode as blank must be a whole number below K = ${K}: current value is ${blank}`,
    );
  }
  for (let i = 0; i < data.length; i++) {
    if (!(data[i] < Infinity)) {
      throw new RangeError(
        `Cannot decode as log-probabilities must be below Infinity: ` +
          `frame ${Math.floor(i / K)}, label ${i % K} is ${data[i]}`,
      );
    }
  }
}
