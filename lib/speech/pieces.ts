import { mono, resampler, type Sound } from "../audio/mod.ts";

/** How a sound is cut into pieces, in samples. */
export interface Cut {
  /** What a piece adds to the ones before. */
  readonly core: number;
  /** What it hears before and after that, of its neighbours' sound. */
  readonly context: number;
}

/** A piece of a sound, with some of its neighbours' on both sides. */
export interface Piece {
  readonly samples: Float64Array<ArrayBuffer>;
  /** Samples before its core: 0 of the first piece. */
  readonly before: number;
  /** Samples of its core; the others after it are those of the next piece. */
  readonly core: number;
}

/**
 * Cuts a sound that comes block by block into pieces that overlap, in the memory of one piece. Their
 * cores are the sound, end to end; the last is of up to two cores and a context, so that a sound of
 * that length stays whole.
 *
 * Channels are mixed, unless one is chosen; the sound is brought to a sample rate.
 *
 * @param blocks All of the same sample rate and number of channels, as of `soundBlocks`.
 * @param options.channel Which channel is heard, from 1; defaults to the mean of all.
 * @throws {RangeError} If the sample rate changes, or there is no such channel.
 */
export async function* soundPieces(
  blocks: AsyncIterable<Sound> | Iterable<Sound>,
  sampleRate: number,
  { core, context }: Cut,
  options: { channel?: number } = {},
): AsyncGenerator<Piece, void, void> {
  const most = 2 * core + 2 * context;
  let held = new Float64Array(0), before = 0;
  const join = (more: Float64Array) => {
    const all = new Float64Array(held.length + more.length);
    all.set(held);
    all.set(more, held.length);
    held = all;
  };
  for await (const samples of resampled(blocks, sampleRate, options.channel)) {
    join(samples);
    while (held.length >= before + most) {
      yield { samples: held.slice(0, before + core + context), before, core };
      held = held.slice(before + core - context);
      before = context;
    }
  }
  if (held.length > before) yield { samples: held, before, core: held.length - before };
}

/** One channel of a sound, at a sample rate. */
async function* resampled(
  blocks: AsyncIterable<Sound> | Iterable<Sound>,
  sampleRate: number,
  channel?: number,
): AsyncGenerator<Float64Array, void, void> {
  let rate: number | undefined;
  let filter: ReturnType<typeof resampler> | undefined;
  for await (const block of blocks) {
    if (rate === undefined && block.sampleRate !== sampleRate) {
      filter = resampler(block.sampleRate, sampleRate);
    }
    rate ??= block.sampleRate;
    if (block.sampleRate !== rate) {
      throw new RangeError(
        `Cannot hear a sound as all its blocks must have ${rate} samples per second, like the ` +
          `first: one has ${block.sampleRate}`,
      );
    }
    const samples = channel === undefined ? mono(block) : channelOf(block, channel);
    yield filter === undefined ? samples : filter.push(samples);
  }
  if (filter !== undefined) yield filter.finish();
}

function channelOf({ channels }: Sound, channel: number): Float64Array {
  const samples = channels[channel - 1];
  if (samples !== undefined) return samples;
  throw new RangeError(
    `Cannot hear channel ${channel} as it must be from 1 to ${channels.length}, the channels ` +
      `that the sound has`,
  );
}
