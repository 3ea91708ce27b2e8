/** A sound in memory. */
export interface Sound {
  /** Samples per second. */
  readonly sampleRate: number;
  /** The samples of each channel, all of one length; full scale is -1 … 1. */
  readonly channels: Float64Array<ArrayBuffer>[];
}

/**
 * The mean of all channels: what features are made of.
 *
 * @param sound At least one channel; of a single one, its own samples come back, not a copy.
 * @throws {RangeError} If there is no channel, or they differ in length.
 *
 * @example
 * ```ts
 * import { mono } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const channels = [Float64Array.of(0.5, 1), Float64Array.of(0, -1)];
 * assertEquals([...mono({ sampleRate: 8000, channels })], [0.25, 0]);
 * ```
 */
export function mono({ channels }: Sound): Float64Array<ArrayBuffer> {
  requireChannels("mix a sound", channels);
  if (channels.length === 1) return channels[0];
  return channels[0].map((_, n) => {
    let sum = 0;
    for (const channel of channels) sum += channel[n];
    return sum / channels.length;
  });
}

/**
 * Checks that there is a channel, and that all are of one length.
 *
 * @param doing What the sound is for, to start the message with: "Cannot … as".
 * @throws {RangeError} Naming the first channel that differs.
 */
export function requireChannels(doing: string, channels: readonly Float64Array[]): void {
  if (channels.length === 0) {
    throw new RangeError(`Cannot ${doing} as it must have at least one channel: it has 0`);
  }
  const other = channels.findIndex(({ length }) => length !== channels[0].length);
  if (other >= 0) {
    throw new RangeError(
      `Cannot ${doing} as all channels must have ${channels[0].length} samples, like channel 0: ` +
        `channel ${other} has ${channels[other].length}`,
    );
  }
}
