import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { featureMaker } from "lib/corpora/voices/features.ts";
import { completeVoicesOptions, type VoicesOptions } from "lib/corpora/mod.ts";
import { hear, hearingOf } from "lib/speech/mod.ts";
import { noise, untaught } from "../support/speech_models.ts";

const voices = { kind: "voices", stack: 4 } as const;

Deno.test("hear() gives one row of log-probabilities for every frame, which sum to 1", async () => {
  const model = untaught(voices);
  const heard = await hear({ sampleRate: 16000, channels: [noise(1.01)] }, model);
  assertEquals([heard.frames, heard.labels, heard.seconds], [26, 42, 1.01]);
  assertEquals([heard.logProbs.length, heard.peaks.length], [26 * 42, 26]);
  for (let t = 0; t < heard.frames; t++) {
    const row = heard.logProbs.subarray(t * 42, (t + 1) * 42);
    assertAlmostEquals(row.reduce((sum, x) => sum + Math.exp(x), 0), 1, 1e-5);
  }
  assert(heard.peaks.every((peak) => peak > 0.2 && peak < 2));
});

Deno.test("models of voices hear the features that they were trained on, to the last bit", () => {
  const samples = Int16Array.from(noise(2), (x) => Math.round(32767 * Math.tanh(x)));
  const sound = Float64Array.from(samples, (x) => x / 32768);
  const kinds: VoicesOptions[] = [
    {},
    { stack: 4 },
    { stack: 3, features: { of: "log-mel", slopes: 1 } },
  ];
  for (const options of kinds) {
    const sentence = { text: "", samples, phones: [], ends: [], words: [] };
    const expected = featureMaker(completeVoicesOptions(options)).plain(sentence);
    const found = hearingOf({ kind: "voices", ...options }).features.compute(sound);
    assertEquals([found.rows, found.cols], [expected.rows, expected.cols]);
    assertEquals(Float32Array.from(found.data), Float32Array.from(expected.data));
  }
});

Deno.test("a long sound is heard alike however its blocks are cut, and like its pieces inside", async () => {
  const model = untaught(voices), samples = noise(50);
  const heardIn = (size: number) =>
    hear(
      function* () {
        for (let n = 0; n < samples.length; n += size) {
          yield { sampleRate: 16000, channels: [samples.slice(n, n + size)] };
        }
      }(),
      model,
    );
  const [whole, cut] = [await heardIn(1e6), await heardIn(12345)];
  assertEquals(whole.frames, 1250);
  assertEquals(cut.logProbs, whole.logProbs);
  assertEquals(cut.peaks, whole.peaks);
  const frame = (t: number) => samples.subarray(640 * t, 640 * (t + 1));
  const peaks = Array.from(whole.peaks, (_, t) => Math.max(...frame(t).map(Math.abs)));
  assertEquals(whole.peaks, Float32Array.from(peaks));
  // The second piece begins at 10 seconds, and hears the sound from 8 seconds on
  const piece = { sampleRate: 16000, channels: [samples.slice(8 * 16000, 22 * 16000)] };
  const alone = await hear(piece, model);
  const inside = alone.logProbs.subarray(50 * 42, 300 * 42);
  assertEquals(whole.logProbs.slice(250 * 42, 500 * 42), inside.slice());
});

Deno.test("other sample rates are brought to the model's own", async () => {
  const model = untaught(voices);
  const heard = await hear({ sampleRate: 44100, channels: [noise(1, 44100)] }, model);
  assertEquals([heard.frames, heard.seconds], [25, 1]);
});

Deno.test("a sound without samples, or without a frame, cannot be heard", async () => {
  const model = untaught(voices);
  for (const length of [0, 10]) {
    const sound = { sampleRate: 16000, channels: [new Float64Array(length)] };
    await assertRejects(() => hear(sound, model), RangeError, "Cannot hear a sound as it must");
  }
});
