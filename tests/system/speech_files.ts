// Readers and loaders on human speech beside the repository:
//   deno test --allow-read tests/system/speech_files.ts
import { assertEquals } from "@std/assert";
import { readSphere } from "lib/audio/mod.ts";
import { sharedData, sharedDataTest } from "../support/shared_data.ts";

// pocketsphinx, test/regression: the same samples as a SPHERE file and without a header
sharedDataTest(
  "readSphere() reads a real file to the last sample",
  "sphere/chan3.sph",
  async () => {
    const read = (name: string) => Deno.readFile(new URL(`sphere/${name}`, sharedData));
    const [file, raw] = [await read("chan3.sph"), await read("chan3.raw")];
    const { sampleRate, channels } = readSphere(file);
    assertEquals([sampleRate, channels.length], [11025, 1]);
    const samples = Int16Array.from(channels[0], (x) => x * 32768);
    assertEquals(new Uint8Array(samples.buffer), raw);
  },
);
