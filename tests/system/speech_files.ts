// Readers and loaders on human speech beside the repository:
//   deno test --allow-read tests/system/speech_files.ts
import { assertEquals } from "@std/assert";
import { fileURLToPath as fromFileUrl } from "node:url";
import { readSphere } from "lib/audio/mod.ts";
import { checkDigits, openDigits } from "lib/corpora/digits.ts";
import { openRecordings } from "lib/corpora/recordings.ts";
import { RandomState } from "lib/numeric/mod.ts";
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

sharedDataTest(
  "FSDD opens as connected digits of six speakers, one of them left out",
  "fsdd/recordings/0_george_0.wav",
  async () => {
    const folder = fromFileUrl(new URL("fsdd/", sharedData));
    const { parts, faults } = await checkDigits(folder);
    assertEquals(faults, []);
    assertEquals(Object.values(parts).map(({ utterances }) => utterances), Array(6).fill(500));
    const { test, train, features, frameSeconds } = await openDigits(folder, 1, {
      testSpeaker: "theo",
    });
    assertEquals([features, frameSeconds], [39, 0.01]);
    const batch = test.batch(new RandomState(0), 20);
    assertEquals(new Set(batch.speakers), new Set(["theo"]));
    assertEquals(train.batch(new RandomState(0), 50).speakers!.includes("theo"), false);
  },
);

sharedDataTest("LibriVox opens as recordings spelt in characters", "librivox", async () => {
  const folder = fromFileUrl(new URL("librivox/", sharedData));
  const data = await openRecordings(folder, 1, { unit: "characters" });
  assertEquals([data.train.sequences, data.dev.sequences, data.test.sequences], [3, 1, 1]);
  assertEquals(data.names.slice(0, 4), ["ε", " ", "a", "b"]);
});
