import type { Matrix } from "../numeric/mod.ts";
import type { Extractor } from "./extractor.ts";
import { resampler } from "./resample.ts";
import { mono, type Sound } from "./sound.ts";

/**
 * Features of a sound that comes block by block, an hour in the memory of a few blocks: its channels
 * are mixed, it is resampled where its rate is not that of the extractor, and the frames are exactly
 * those of the whole sound.
 *
 * @param blocks All of the same sample rate, as of `soundBlocks`.
 * @returns Frames [n, D] in order, in blocks that are not empty.
 * @throws {RangeError} If the sample rate changes, or as the extractor does.
 *
 * @example
 * ```ts
 * import { featureBlocks, mfccExtractor } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const extractor = mfccExtractor({ sampleRate: 16000, snipEdges: false });
 * const block = { sampleRate: 8000, channels: [new Float64Array(8000)] };
 * let frames = 0;
 * for await (const { rows } of featureBlocks([block, block], extractor)) frames += rows;
 * assertEquals(frames, 200);
 * ```
 */
export async function* featureBlocks(
  blocks: AsyncIterable<Sound> | Iterable<Sound>,
  extractor: Extractor,
): AsyncGenerator<Matrix, void, void> {
  const { sampleRate } = extractor, stream = extractor.stream();
  let rate: number | undefined;
  let filter: ReturnType<typeof resampler> | undefined;
  for await (const block of blocks) {
    if (rate === undefined) {
      rate = block.sampleRate;
      if (rate !== sampleRate) filter = resampler(rate, sampleRate);
    }
    if (block.sampleRate !== rate) {
      throw new RangeError(
        `Cannot compute features as all blocks must have ${rate} samples per second, like the ` +
          `first: one has ${block.sampleRate}`,
      );
    }
    const samples = mono(block);
    const frames = stream.push(filter === undefined ? samples : filter.push(samples));
    if (frames.rows > 0) yield frames;
  }
  if (filter !== undefined) {
    const frames = stream.push(filter.finish());
    if (frames.rows > 0) yield frames;
  }
  const last = stream.finish();
  if (last.rows > 0) yield last;
}
