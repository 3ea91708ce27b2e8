import type { Matrix } from "../numeric/mod.ts";

/** An output of a system that is NaN or infinite, so that there is no loss and no gradient. */
export class NotFiniteError extends RangeError {
  /** The name of the class, as errors print it. */
  override readonly name = "NotFiniteError";
}

/** Whether every value is a number between -`limit` and `limit`. */
export function withinLimit({ data }: Matrix, limit = Number.MAX_VALUE): boolean {
  for (let i = 0; i < data.length; i++) if (!(Math.abs(data[i]) <= limit)) return false;
  return true;
}
