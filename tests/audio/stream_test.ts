import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  featureBlocks,
  logMelExtractor,
  mfccExtractor,
  mono,
  readSound,
  readWav,
  resample,
  type Sound,
  soundBlocks,
  writeWav,
} from "lib/audio/mod.ts";
import { mutilation } from "../support/mutilations.ts";
import { sphere } from "../support/sphere.ts";
import { noisySound } from "../support/sounds.ts";

/** Bytes in chunks of these lengths, the last one repeated. */
function chunked(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const end = at + lengths[Math.min(n, lengths.length - 1)];
    chunks.push(bytes.subarray(at, end));
    at = end;
  }
  return chunks;
}

/** All blocks end to end. */
async function whole(blocks: AsyncIterable<Sound>): Promise<Sound | undefined> {
  let sound: { sampleRate: number; channels: number[][] } | undefined;
  for await (const { sampleRate, channels } of blocks) {
    sound ??= { sampleRate, channels: channels.map(() => []) };
    channels.forEach((samples, c) => sound?.channels[c].push(...samples));
  }
  return sound &&
    { ...sound, channels: sound.channels.map((samples) => Float64Array.from(samples)) };
}

const lengths = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 });

Deno.test("soundBlocks() gives what readSound() gives, however the bytes are cut", async () => {
  const file = writeWav({ sampleRate: 8000, channels: [noisySound(300), noisySound(300, 2)] }, {
    bits: 24,
  });
  await fc.assert(fc.asyncProperty(lengths, async (lengths) => {
    assertEquals(await whole(soundBlocks(chunked(file, lengths))), readWav(file));
  }));
  const other = sphere([...Array(600).keys()], { sample_count: "-i 150", channel_count: "-i 2" });
  const uncounted = sphere([0, 64, 0, 128, 7], { sample_count: undefined });
  await fc.assert(fc.asyncProperty(lengths, async (lengths) => {
    assertEquals(await whole(soundBlocks(chunked(other, lengths))), readSound(other));
    assertEquals(await whole(soundBlocks(chunked(uncounted, lengths))), readSound(uncounted));
  }));
  const streamed = file.slice();
  streamed.fill(255, 40, 44);
  const cut = streamed.subarray(0, streamed.length - 1);
  assertEquals(await whole(soundBlocks(chunked(cut, [7]))), readWav(cut));
});

Deno.test("a damaged file ends a stream with the error of readSound(), or is read alike", async () => {
  const files = [
    writeWav({ sampleRate: 8000, channels: [noisySound(20)] }, { float: true }),
    sphere([...Array(64).keys()], { sample_count: "-i 32" }, { size: 192 }),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      mutilation,
      lengths,
      async (file, mutilate, lengths) => {
        const bad = mutilate(file);
        let expected: Sound | string;
        try {
          expected = readSound(bad);
        } catch (error) {
          expected = (error as Error).message;
        }
        const found = whole(soundBlocks(chunked(bad, lengths)));
        if (typeof expected === "string") await assertRejects(() => found, SyntaxError, expected);
        else if (expected.channels[0].length > 0) assertEquals(await found, expected);
      },
    ),
    { numRuns: 1000 },
  );
});

Deno.test("features of a stream are those of the whole file exactly, resampled and mixed too", async () => {
  const channels = [noisySound(9000), noisySound(9000, 2)];
  for (const [sampleRate, snipEdges] of [[16000, true], [44100, false]] as const) {
    const file = writeWav({ sampleRate, channels });
    const extractor = mfccExtractor({ sampleRate: 16000, snipEdges });
    const expected = extractor.compute(resample(mono(readWav(file)), sampleRate, 16000));
    for (const length of [1000, 5001, 1e6]) {
      const values: number[] = [];
      for await (const { data } of featureBlocks(soundBlocks(chunked(file, [length])), extractor)) {
        values.push(...data);
      }
      assertEquals(Float64Array.from(values), expected.data);
    }
  }
  const other = { sampleRate: 8000, channels: [noisySound(10)] };
  const mixed = featureBlocks(
    [other, { ...other, sampleRate: 16000 }],
    mfccExtractor({ sampleRate: 8000 }),
  );
  await assertRejects(
    () => Array.fromAsync(mixed),
    RangeError,
    "must have 8000 samples per second, like the first: one has 16000",
  );
});

Deno.test("frames come with their samples and nothing is read ahead, so that an hour needs no more memory than a minute", async () => {
  const second = writeWav({ sampleRate: 8000, channels: [noisySound(8000)] });
  const head = second.slice(0, 44).fill(255, 40, 44), body = second.subarray(44);
  const extractor = logMelExtractor({ sampleRate: 8000, shiftMs: 100, snipEdges: false, bins: 8 });
  let read = 0, frames = 0, stopped = false;
  function* endless(): Generator<Uint8Array> {
    try {
      yield head;
      for (;;) {
        read++;
        yield body;
      }
    } finally {
      stopped = true;
    }
  }
  for await (const { rows } of featureBlocks(soundBlocks(endless()), extractor)) {
    frames += rows;
    assert(rows <= 10);
    assertEquals(frames, 10 * read);
    if (read === 120) break;
  }
  assertEquals(stopped, true);
});

Deno.test("a file of very many channels comes in blocks of several samples, the last but one too", async () => {
  const N = 1000,
    channels = Array.from({ length: N }, (_, c) => Float64Array.of(...Array(130).fill(c / N)));
  const sizes: number[] = [];
  for await (
    const block of soundBlocks(chunked(writeWav({ sampleRate: 8000, channels }), [5000]))
  ) {
    assertEquals(block.channels.length, N);
    sizes.push(block.channels[0].length);
  }
  assertEquals(sizes.reduce((sum, size) => sum + size, 0), 130);
  assert(sizes.slice(0, -1).every((size) => size >= 64), `${sizes}`);
});
