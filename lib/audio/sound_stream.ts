import { soundLayout } from "./read_sound.ts";
import type { Sound } from "./sound.ts";
import { soundAt, type SoundLayout } from "./sound_layout.ts";

/** Bytes that are decoded at once, so that a large chunk does not become a large block. */
const mostBytes = 2 ** 18;
/** Samples that every channel has in a block but the last: of 60,000 channels a chunk holds but one. */
const leastSamples = 64;

/**
 * Reads a WAV or SPHERE file that comes as chunks of bytes, such as `file.readable` of an open file or
 * the body of a response: the sound of `readSound()`, block by block, in memory that does not grow.
 *
 * @param chunks The bytes of the file in order, however they are cut.
 * @returns Blocks of sound, all of the same rate and number of channels, none empty.
 * @throws {SyntaxError} As `readSound()`; what comes before the fault has been handed out.
 *
 * @example
 * ```ts
 * import { soundBlocks, writeWav } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const file = writeWav({ sampleRate: 8000, channels: [Float64Array.of(0.5, -0.5)] });
 * const found: number[] = [];
 * for await (const { channels } of soundBlocks([file.slice(0, 47), file.slice(47)])) {
 *   found.push(...channels[0]);
 * }
 * assertEquals(found, [0.5, -0.5]);
 * ```
 */
export async function* soundBlocks(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Sound, void, void> {
  const source = iterated(chunks);
  try {
    const { layout, rest } = await readLayout(source);
    yield* blocks(layout, rest, source);
  } finally {
    await source.return?.();
  }
}

type Source = AsyncGenerator<Uint8Array, void, void>;

async function* iterated(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  yield* chunks;
}

/** The layout of a file, and the bytes of its samples that came with the last chunk. */
async function readLayout(source: Source): Promise<{ layout: SoundLayout; rest: Uint8Array }> {
  const reading = soundLayout();
  let rest: Uint8Array = new Uint8Array(), step = reading.next();
  while (!step.done) {
    let wanted = "take" in step.value ? step.value.take : step.value.skip;
    while (rest.length < wanted) {
      if ("skip" in step.value) {
        wanted -= rest.length;
        rest = new Uint8Array();
      }
      const chunk = await source.next();
      if (chunk.done) break;
      rest = joined(rest, chunk.value);
    }
    const answer = rest.subarray(0, wanted);
    rest = rest.subarray(answer.length);
    step = reading.next(answer);
  }
  return { layout: step.value, rest };
}

async function* blocks(
  layout: SoundLayout,
  rest: Uint8Array,
  source: Source,
): AsyncGenerator<Sound, void, void> {
  const { channels, encoding, start, bytes, streamed, fail } = layout;
  const block = channels * encoding.bytes, least = leastSamples * block;
  const most = Math.max(least, mostBytes - mostBytes % block);
  let done = 0, ended = false;
  for (;;) {
    while (rest.length >= (ended ? block : Math.min(least, bytes - done)) && done < bytes) {
      const size = Math.min(most, rest.length - rest.length % block, bytes - done);
      yield soundAt(layout, rest.subarray(0, size), start + done);
      done += size;
      rest = rest.subarray(size);
    }
    if (done >= bytes) return;
    if (ended) break;
    const chunk = await source.next();
    if (chunk.done) ended = true;
    else rest = joined(rest, chunk.value);
  }
  if (streamed) return;
  fail("the data", start, `${bytes} bytes`, `the file ends after ${done + rest.length}`);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
