import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { addNoise, type SpeechFeatures, speechFeatures } from "lib/audio/mod.ts";
import {
  augmented,
  fromInt16,
  toInt16,
  transcribe,
  type Utterance,
  utteranceSource,
} from "lib/corpora/spoken/mod.ts";
import { matrix, RandomState, sequenceAt } from "lib/numeric/mod.ts";
import { noisySound } from "../../support/sounds.ts";

const at = (start: number, end: number, text: string) => ({ start, end, text });

const utterances = Array.from({ length: 5 }, (_, n): Utterance => ({
  name: `u${n}`,
  speaker: `s${n % 2}`,
  samples: toInt16(noisySound(1600 + 160 * n, n)),
  segments: [at(0, 0.02, "sil"), at(0.02, 0.05, "a"), at(0.05, 0.06, "b"), at(0.08, 0.1, "a")],
  words: [at(0.02, 0.06, "ab"), at(0.08, 0.1, "a")],
}));
const features = speechFeatures(16000, { deltas: 0 });
const inventory = { names: ["ε", "a", "b"], silences: ["sil"], silence: 0 };

Deno.test("transcribe() gives target, frames by their middles, times in frames, and words", () => {
  const { target, alignment, spans, words } = transcribe(utterances[0], inventory, 12, 0.01);
  assertEquals(target, [1, 2, 1]);
  assertEquals([...alignment!], [0, 0, 1, 1, 1, 2, 0, 0, 1, 1, 0, 0]);
  assertEquals(spans!.map(({ start, end }) => [start, end].map((x) => Math.round(100 * x) / 100)), [
    [2, 5],
    [5, 6],
    [8, 10],
  ]);
  assertEquals(words, [[1, 2], [1]]);
});

Deno.test("a label belongs to the word that its middle lies in, from the word's start to before its end", () => {
  const { words } = transcribe(
    {
      ...utterances[0],
      segments: [at(0, 0.5, "a"), at(0.5, 1.5, "b"), at(1.5, 2, "a"), at(2, 3, "b"), at(3, 4, "a")],
      words: [at(0, 1, "a"), at(1, 2, "ba")],
    },
    inventory,
    400,
    0.01,
  );
  assertEquals(words, [[1], [2, 1], [2], [1]]); // what lies in no word is a word of its own
});

Deno.test("toInt16() rounds, and cuts what lies beyond full scale", () => {
  const samples = Float64Array.of(-1.5, -1, -0.5, 0.4 / 32768, 0.6 / 32768, 1, 1.5);
  assertEquals([...toInt16(samples)], [-32768, -32768, -16384, 0, 1, 32767, 32767]);
  assertEquals([...fromInt16(Int16Array.of(-32768, 16384))], [-1, 0.5]);
});

Deno.test("silence stands in targets where it has a label of its own, and words are not known", () => {
  const withSilence = { names: ["ε", "a", "b", "sil"], silences: ["sil"], silence: 3 };
  const { target, alignment, words } = transcribe(utterances[0], withSilence, 12, 0.01);
  assertEquals([target, words], [[3, 1, 2, 1], undefined]);
  assertEquals([...alignment!], [3, 3, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3]);
});

Deno.test("labels without times make a target alone, and an unknown one is named", () => {
  const { segments: _, ...bare } = utterances[0];
  assertEquals(transcribe({ ...bare, labels: ["a", "sil", "b"] }, inventory, 9, 0.01), {
    target: [1, 2],
  });
  assertThrows(
    () => transcribe({ ...bare, labels: ["c"] }, inventory, 9, 0.01),
    RangeError,
    'Cannot label u0 as labels must be among a b: one is "c"',
  );
});

Deno.test("a source gives all utterances in order, or some without repeats, and holds no state", () => {
  const source = utteranceSource(utterances, { inventory, features });
  assertEquals(source.batch(new RandomState(1), 5).speakers, ["s0", "s1", "s0", "s1", "s0"]);
  const some = source.batch(new RandomState(2), 3);
  assertEquals(source.batch(new RandomState(2), 3), some);
  const lengths = Array.from({ length: 3 }, (_, b) => sequenceAt(some.x, b).rows);
  assertEquals(new Set(lengths).size, 3);
  const many = source.batch(new RandomState(2), 12).x.offsets;
  const counts = new Map<number, number>();
  for (let b = 0; b < 10; b++) {
    const length = many[b + 1] - many[b];
    counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  assertEquals([...counts.values()], [2, 2, 2, 2, 2]);
  const picked = source.take([3]);
  assertEquals(
    sequenceAt(picked.x, 0),
    features.compute(noisySound(2080, 3).map((x) => Math.round(32768 * x) / 32768)),
  );
});

Deno.test("augmented utterances are drawn anew each time, from the batch's stream alone", () => {
  const augment = { warps: [0.9, 1.1], snr: [5, 20] } as const;
  const source = utteranceSource(utterances, { inventory, features, augment });
  const batch = source.batch(new RandomState(1), 5);
  assertEquals(source.batch(new RandomState(1), 5), batch);
  assertNotEquals(source.batch(new RandomState(2), 5).x, batch.x);
  assertEquals(
    batch.targets,
    utteranceSource(utterances, { inventory, features }).take([0, 1, 2, 3, 4]).targets,
  );
  assertThrows(() => source.take([0]), RangeError, "rng must be given");
});

Deno.test("augmented() draws the warp, then the ratio of the noise that is heard with it", () => {
  const samples = noisySound(400), heard: [Float64Array, number | undefined][] = [];
  const spy: SpeechFeatures = {
    ...features,
    compute(samples, warp) {
      heard.push([samples, warp]);
      return matrix(1, 1);
    },
  };
  augmented(spy, samples, { warps: [0.9, 1, 1.1], snr: [5, 20] }, new RandomState(3));
  augmented(spy, samples, {}, new RandomState(3));
  const rng = new RandomState(3), warp = [0.9, 1, 1.1][rng.randint(0, 3)];
  const snr = rng.uniform(5, 20);
  assertEquals(heard, [[addNoise(samples, { snr, rng }), warp], [samples, 1]]);
});

Deno.test("a source without utterances, or with one shorter than a frame, says so", () => {
  const none = utteranceSource([], { inventory, features });
  assertThrows(() => none.batch(new RandomState(1), 1), RangeError, "there must be utterances");
  const short = { ...utterances[0], samples: new Int16Array(10) };
  const source = utteranceSource([short], { inventory, features });
  assertThrows(() => source.batch(new RandomState(1), 1), RangeError, "u0 has 0");
});
