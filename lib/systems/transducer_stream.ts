import type { FrameStep } from "../models/mod.ts";
import { type Matrix, requireFinite } from "../numeric/mod.ts";
import type { GivenLabel, GreedySearch } from "./transducer_decode.ts";

/** A sequence that is recognised while it is heard. */
export interface TransducerStream {
  /** Everything given so far, with the frames. A label is known as soon as its frame is heard. */
  readonly given: readonly GivenLabel[];
  /** The log-probability of the path so far, nats. */
  readonly score: number;
  /**
   * Hears more frames.
   *
   * @param x [n, D]
   * @returns The labels that they brought.
   * @throws {RangeError} If frames have another width, or a value is NaN or ±Infinity; then none of
   * them is heard.
   */
  push(x: Matrix): readonly GivenLabel[];
}

/** Joins an encoder that runs frame by frame to a greedy search; `width` is that of its input. */
export function transducerStream(
  encode: FrameStep,
  search: GreedySearch,
  width: number,
): TransducerStream {
  let state: unknown;
  return {
    get given() {
      return search.given;
    },
    get score() {
      return search.score;
    },
    push(x) {
      if (x.cols !== width) {
        throw new RangeError(
          `Cannot stream as frames must have ${width} values: they have ${x.cols}`,
        );
      }
      requireFinite("The frames", x);
      const before = search.given.length;
      for (let t = 0; t < x.rows; t++) {
        const stepped = encode(x.data.subarray(t * width, (t + 1) * width), state);
        state = stepped.state;
        search.hear(stepped.y);
      }
      return search.given.slice(before);
    },
  };
}
