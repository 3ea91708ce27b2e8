import { assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { addNoise, deltas, logMel, mfcc, normalizeUtterance } from "lib/audio/mod.ts";
import { voices } from "lib/corpora/flite/mod.ts";
import { dataSet, sizesOf, type VoicesOptions } from "lib/corpora/mod.ts";
import { closedWords, sentenceWords } from "lib/corpora/sentences/mod.ts";
import { labelSentence } from "lib/corpora/voices/label_sentence.ts";
import { makeShard } from "lib/corpora/voices/make_shard.ts";
import { featureMaker } from "lib/corpora/voices/features.ts";
import { completeVoicesOptions, labelNames } from "lib/corpora/voices/options.ts";
import {
  shardName,
  type ShardScript,
  voiceScripts,
  wordsOfVoices,
} from "lib/corpora/voices/script.ts";
import { decodeShard, sha256, type SpokenSentence } from "lib/corpora/voices/shard.ts";
import { neededScripts, voicesDataSet } from "lib/corpora/voices/voices.ts";
import { RandomState, sequenceAt } from "lib/numeric/mod.ts";

const scripts = voiceScripts();

/** The first sentence to develop on of a voice, as a shard of its own. */
const small = (voice: string): ShardScript => {
  const first = scripts.find((script) => script.voice === voice && script.split === "dev")!;
  return { ...first, texts: first.texts.slice(0, 1) };
};

Deno.test("no sentence of the corpus is said twice, and words held out are in unseen sentences alone", () => {
  const texts = (of: readonly ShardScript[]) => of.flatMap((script) => script.texts);
  assertEquals(new Set(texts(scripts)).size, 4 * 550);
  const wordsIn = (unseen: boolean) =>
    new Set(
      texts(scripts.filter(({ split }) => (split === "unseen") === unseen)).flatMap(sentenceWords),
    );
  const known = wordsIn(false), others = wordsIn(true).difference(known);
  assertEquals([known.size > 850, others.size > 80], [true, true], `${known.size}, ${others.size}`);
  const held = texts(scripts.filter(({ split }) => split === "unseen"));
  assertEquals(held.filter((text) => !sentenceWords(text).some((word) => others.has(word))), []);
});

Deno.test("more sentences to train on leave all others as they are", () => {
  const more = voiceScripts({ sentences: 401 });
  assertEquals(more.length, scripts.length + 2 * 4);
  const names = new Map(
    more.map((script) => [`${script.voice} ${script.split} ${script.index}`, script]),
  );
  for (const script of scripts) {
    assertEquals(names.get(`${script.voice} ${script.split} ${script.index}`), script);
  }
});

Deno.test("a smaller vocabulary has sentences of its own, of its words, under names of their own", () => {
  const few = voiceScripts({ sentences: 100, vocabulary: 4 });
  const texts = few.flatMap(({ texts }) => texts);
  assertEquals(new Set(texts).size, 4 * 300);
  const wordsIn = (unseen: boolean) =>
    new Set(
      few.filter(({ split }) => (split === "unseen") === unseen).flatMap(({ texts }) => texts)
        .flatMap(sentenceWords),
    );
  const known = wordsIn(false), unseen = wordsIn(true), names = labelNames("words", 4);
  const closed = new Set(Object.values(closedWords).flat());
  assertEquals(known.difference(closed).size, 4 * 9);
  assertEquals(unseen.difference(closed).size, 9);
  assertEquals(known.intersection(unseen).difference(closed), new Set());
  assertEquals(known.union(unseen).difference(new Set(names)), new Set());
  assertEquals(names.length, 2 + closed.size + 5 * 9);
  assertEquals(shardName(few[0]), "slt/of-4-words-dev-000");
  assertEquals(new Set([...few, ...scripts].map(shardName)).size, few.length + scripts.length);
  assertEquals(labelNames("words", 300), labelNames("words"));
  const all = wordsOfVoices().known.animal, half = Math.floor(all.length / 2);
  assertEquals(wordsOfVoices(2).known.animal, [all[0], all[half]]); // at equal distances
  assertEquals(labelNames("letters", 4), labelNames("letters"));
});

Deno.test("every voice makes the same bytes on every machine", () => {
  const made = voices.map((voice) => makeShard(small(voice)));
  assertEquals(made.map(({ wav, json }) => sha256(wav, json).slice(0, 16)), [
    "e18cb4fbb8cec936",
    "d88b6138e187b596",
    "638ec7c3c51310eb",
    "44106ca9c31b1215",
  ]);
  const [{ wav, json }] = made, script = small("slt");
  const [sentence] = decodeShard(script, { wav, json });
  assertEquals(sentence.text, script.texts[0]);
  assertEquals(sentence.words.map(({ label }) => label), sentenceWords(sentence.text));
  assertEquals(2 * sentence.samples.length, wav.length - 44);
  assertAlmostEquals(sentence.ends.at(-1)!, sentence.samples.length / 16000, 1e-9);

  const damaged = wav.slice();
  damaged[1000] ^= 1;
  for (
    const [script, files, message] of [
      [small("slt"), { wav: damaged, json }, "its sound is not that which was written"],
      [small("slt"), { wav: wav.slice(0, -2), json }, "its sound is not"],
      [small("rms"), { wav, json }, "it is slt/dev-000"],
      [{ ...small("slt"), texts: ["Another."] }, { wav, json }, "sentence 0 is of another version"],
      [{ ...small("slt"), texts: [] }, { wav, json }, "must have 0 sentences: it has 1"],
      [small("slt"), { wav, json: json.replace('"pau"', '"paw"') }, "of sentence 0 do not fit"],
    ] as const
  ) assertThrows(() => decodeShard(script, files), RangeError, message);
  assertThrows(() => decodeShard(small("slt"), { wav, json: json.slice(0, -9) }), SyntaxError);
  const { phones, samples, words } = sentence, last = words.at(-1)!;
  for (
    const [from, to, message] of [
      [
        `[0,${samples.length}]`,
        `[0,${samples.length + 1}]`,
        `samples 0 to ${samples.length + 1} of`,
      ],
      [`"to":${last.to}}]`, `"to":${phones.length + 1}}]`, "of sentence 0 do not fit"],
      [`"from":${last.from},`, `"from":${last.to},`, "of sentence 0 do not fit"],
    ]
  ) {
    assertEquals(json.split(from).length, 2, from);
    const damaged = { wav, json: json.replace(from, to) };
    assertThrows(() => decodeShard(small("slt"), damaged), RangeError, message);
  }
});

/** A word of two phones and one of one, 10 ms of silence before and 25 ms after. */
const spoken: SpokenSentence = {
  text: "At by.",
  samples: Int16Array.from({ length: 1600 }, (_, n) => Math.round(5000 * Math.sin(n * n / 900))),
  phones: ["pau", "ih", "z", "ax", "pau"],
  ends: [0.01, 0.034, 0.06, 0.075, 0.1],
  words: [{ label: "at", from: 1, to: 3 }, { label: "by", from: 3, to: 4 }],
};

Deno.test("labels have their true places: frames by their centre, spans between frames", () => {
  const label = (unit: "phones" | "letters" | "words", T: number, seconds: number) => {
    const names = labelNames(unit);
    const { words, spans, alignment } = labelSentence(
      spoken,
      unit,
      new Map(names.map((name, n) => [name, n])),
      T,
      seconds,
    );
    const name = (label: number) => names[label];
    return {
      words: words.map((word) => word.map(name).join("-")).join(" "),
      spans: spans.map(({ label, start, end }) =>
        `${name(label)} ${+start.toFixed(6)} ${+end.toFixed(6)}`
      ).join(", "),
      alignment: alignment && Array.from(alignment, name).join(" "),
    };
  };
  assertEquals(label("phones", 10, 0.01), {
    words: "ih-z ax",
    spans: "ih 1 3.4, z 3.4 6, ax 6 7.5",
    alignment: "pau ih ih z z z ax pau pau pau",
  });
  assertEquals(label("words", 3, 0.04), {
    words: "at by",
    spans: "at 0.25 1.5, by 1.5 1.875",
    alignment: "at by pau",
  });
  assertEquals(label("letters", 10, 0.01), {
    words: "a-t b-y",
    spans: "a 1 3.5, t 3.5 6, b 6 6.75, y 6.75 7.5",
    alignment: undefined,
  });
});

/** A data set of one short sound, said by everybody in every sentence. */
const open = (options: VoicesOptions) =>
  voicesDataSet(options, ({ texts }) => texts.map(() => spoken));

Deno.test("a data set leaves a voice and its words out, and says what it knows", () => {
  const data = open({ sentences: 60 });
  assertEquals([data.train.sequences, data.dev.sequences, data.test.sequences], [180, 150, 100]);
  assertEquals([data.features, data.labels, data.frameSeconds], [39, 42, 0.01]);
  assertEquals([data.names[0], data.names[data.silence!]], ["ε", "pau"]);
  assertEquals(data.knows, ["alignment", "words", "speakers"]);
  const speakers = (
    source: typeof data.train,
  ) => [...new Set(source.sentences.map(({ voice }) => voice))];
  assertEquals(speakers(data.train), ["slt", "rms", "kal16"]);
  assertEquals(speakers(data.dev), ["slt", "rms", "kal16"]);
  assertEquals(speakers(data.test), ["awb"]);

  const other: VoicesOptions = { train: ["awb"], test: ["awb", "slt"], testWords: "unseen" };
  assertEquals(open(other).test.sequences, 100);
  assertEquals(
    [...new Set(neededScripts(other).map(({ voice, split }) => `${voice} ${split}`))],
    ["slt unseen", "awb dev", "awb unseen", "awb train"],
  );
  const letters = open({ labels: "letters", stack: 4, features: { of: "log-mel", slopes: 0 } });
  assertEquals([letters.labels, letters.features, letters.frameSeconds], [28, 160, 0.04]);
  assertEquals(letters.knows, ["words", "speakers"]);
  assertEquals(letters.train.take([0]).alignment, undefined);
});

Deno.test("sizes are known before a data set is opened", () => {
  for (const options of [{}, { stack: 3 }, { labels: "words" }, { labels: "letters" }] as const) {
    const { features, labels, frames, target } = sizesOf({ kind: "voices", ...options });
    const data = open(options), { x, targets } = data.train.take([0]);
    assertEquals([features, labels], [data.features, data.labels]);
    assertEquals([x.frames.rows <= frames, targets[0].length <= target], [true, true]);
  }
  assertThrows(
    () => dataSet({ kind: "voices" }, 0),
    TypeError,
    'a data set of the kind "voices" as it must be opened first',
  );
});

Deno.test("features are MFCC or log-mel of frames centred on their 10 ms, without mean and scale, stacked", () => {
  const samples = Float64Array.from(spoken.samples, (x) => x / 32768);
  for (const [of, plain] of [["mfcc", mfcc], ["log-mel", logMel]] as const) {
    const { data, rows, cols } = plain(samples, { sampleRate: 16000, snipEdges: false });
    const { x } = open({ features: { of, slopes: 0 } }).dev.take([3]);
    assertEquals([x.frames.rows, x.frames.cols], [rows, cols]);
    for (let d = 0; d < cols; d++) {
      const column = Array.from({ length: rows }, (_, t) => data[t * cols + d]);
      const mean = column.reduce((a, b) => a + b) / rows;
      const scale = Math.sqrt(column.reduce((sum, y) => sum + (y - mean) ** 2, 0) / rows);
      column.forEach((y, t) =>
        assertAlmostEquals(x.frames.data[t * cols + d], (y - mean) / scale, 1e-5)
      );
    }
  }
  const one = open({}).dev.take([0]).x.frames, four = open({ stack: 4 }).dev.take([0]).x.frames;
  assertEquals([one.rows, four.rows, four.cols], [10, 3, 4 * 39]);
  assertEquals(four.data.slice(156, 2 * 156), one.data.slice(156, 2 * 156));
});

Deno.test("a sentence is varied by a warp, by chance noise or none, and a ratio of it, drawn in this order", () => {
  const samples = Float64Array.from(spoken.samples, (x) => x / 32768), snr = [5, 25] as const;
  const heard = (samples: Float64Array, warp: number) => {
    const base = mfcc(samples, { sampleRate: 16000, snipEdges: false, warp });
    return Float32Array.from(normalizeUtterance(deltas(base)).data);
  };
  let noisy = 0;
  for (let seed = 0; seed < 20; seed++) {
    const options = completeVoicesOptions({ warps: [0.9, 1.1], noise: { snr, share: 0.25 } });
    const found = featureMaker(options).varied(spoken, new RandomState(seed));
    const rng = new RandomState(seed), warp = [0.9, 1.1][rng.randint(0, 2)];
    const isNoisy = rng.random() < 0.25;
    const due = isNoisy ? addNoise(samples, { snr: rng.uniform(...snr), rng }) : samples;
    assertEquals(Float32Array.from(found.data), heard(due, warp));
    if (isNoisy) noisy++;
  }
  assertEquals(noisy > 0 && noisy < 20, true);
});

Deno.test("batches come from the stream alone; warps and noise are in training, and there alone", () => {
  const options: VoicesOptions = { warps: [0.9, 1, 1.1], noise: { snr: [5, 10], share: 0.5 } };
  const data = open(options), again = open(options);
  const batch = data.train.batch(new RandomState(3), 8);
  assertEquals(again.train.batch(new RandomState(3), 8), batch);
  assertEquals(batch.speakers!.length, 8);
  assertEquals(batch.words!.map((words) => words.flat()), batch.targets);
  assertEquals(batch.alignment!.length, batch.x.frames.rows);
  const kinds = new Set(batch.targets.map((_, b) => sequenceAt(batch.x, b).data.join()));
  assertEquals(kinds.size > 3, true, `${kinds.size} kinds`);

  const plain = open({}).dev.batch(new RandomState(3), 8).x;
  assertEquals(data.dev.batch(new RandomState(3), 8).x, plain);
  assertNotEquals(batch.x.frames.data, plain.frames.data);
  assertEquals(open({}).train.batch(new RandomState(3), 8).x, plain);
  assertThrows(() => data.dev.take([150]), RangeError, "below 150: current value is 150");
  assertThrows(() => data.dev.take([]), RangeError, "size must be a whole number >= 1");
});
