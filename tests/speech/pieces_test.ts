import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Sound } from "lib/audio/mod.ts";
import { type Piece, soundPieces } from "lib/speech/pieces.ts";

const ramp = (length: number) => Float64Array.from({ length }, (_, n) => n);
const sound = (channels: Float64Array<ArrayBuffer>[]): Sound => ({ sampleRate: 8, channels });

function* blocks(samples: Float64Array<ArrayBuffer>, size: number): Generator<Sound> {
  for (let n = 0; n < samples.length; n += size) yield sound([samples.slice(n, n + size)]);
}

async function pieces(samples: Float64Array<ArrayBuffer>, size: number): Promise<Piece[]> {
  return await Array.fromAsync(soundPieces(blocks(samples, size), 8, { core: 10, context: 3 }));
}

Deno.test("the cores of pieces are the sound end to end, however it is cut into blocks", async () => {
  for (const length of [1, 25, 26, 27, 36, 37, 99, 200]) {
    for (const size of [1, 7, 64, 1000]) {
      const found = await pieces(ramp(length), size);
      const cores = found.flatMap(({ samples, before, core }) => [
        ...samples.subarray(before, before + core),
      ]);
      assertEquals(cores, [...ramp(length)], `${length} samples in blocks of ${size}`);
      for (const [n, { samples, before, core }] of found.entries()) {
        assertEquals(before, n === 0 ? 0 : 3);
        const last = n === found.length - 1;
        assertEquals(samples.length, before + core + (last ? 0 : 3));
        assert(last ? core <= 26 : core === 10, `a core of ${core}`);
      }
    }
  }
});

Deno.test("a sound shorter than two cores and two contexts stays whole", async () => {
  assertEquals((await pieces(ramp(25), 4)).length, 1);
  assertEquals((await pieces(ramp(26), 4)).length, 2);
});

Deno.test("channels are mixed, or one is chosen, and one that is not there is an error", async () => {
  const stereo = sound([Float64Array.of(1, 3), Float64Array.of(3, 5)]);
  const heard = async (channel?: number) => {
    const cut = { core: 10, context: 3 };
    const [piece] = await Array.fromAsync(soundPieces([stereo], 8, cut, { channel }));
    return [...piece.samples];
  };
  assertEquals([await heard(), await heard(1), await heard(2)], [[2, 4], [1, 3], [3, 5]]);
  await assertRejects(() => heard(3), RangeError, "from 1 to 2");
});

Deno.test("a sound whose rate changes on the way is an error", async () => {
  const two = [sound([ramp(3)]), { ...sound([ramp(3)]), sampleRate: 16 }];
  await assertRejects(
    () => Array.fromAsync(soundPieces(two, 8, { core: 10, context: 3 })),
    RangeError,
    "8 samples per second, like the first: one has 16",
  );
});
