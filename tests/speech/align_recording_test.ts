import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import {
  alignHeard,
  hearingOf,
  matchingWords,
  type ReadWord,
  recogniseHeard,
  TextMismatchError,
  wordScore,
} from "lib/speech/mod.ts";
import { labelPaths } from "lib/alignment/mod.ts";
import { collapse } from "lib/decoding/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { logSoftmax } from "lib/numeric/kernels/mod.ts";
import { heardAs, untaught } from "../support/speech_models.ts";

const model = untaught({ kind: "voices", stack: 4 });
const { names } = hearingOf({ kind: "voices" }), K = names.length;

/** Words of phones: "d ey". */
function wordsOf(...phones: string[]): { words: ReadWord[]; labels: number[][] } {
  const labels = phones.map((word) => word.split(" ").map((phone) => names.indexOf(phone)));
  const words = phones.map((word) => ({
    text: word.replaceAll(" ", ""),
    spoken: [{ label: word, phones: word.split(" ") }],
  }));
  return { words, labels };
}

/** Frames by the names of their labels, "." for blank: ". . d d . ey". */
const frames = (text: string) =>
  text.split(" ").map((name) => name === "." ? 0 : names.indexOf(name));

function align(heard: string, ...phones: string[]) {
  const { words, labels } = wordsOf(...phones);
  return alignHeard(heardAs(frames(heard), K), words, labels, model, {
    blankShift: 0,
    priorScale: 0,
  });
}

/** Noise that no text fits well, so that every weight counts. */
function heardNoise(T: number, seed: number) {
  const rng = new RandomState(seed), raw = matrix(T, K);
  raw.data.forEach((_, i) => raw.data[i] = 3 * rng.randn());
  const logProbs = Float32Array.from(logSoftmax(new Float64Array(T * K), raw.data, T, K));
  return { ...heardAs([0], K), seconds: T * 0.04, frames: T, logProbs };
}

Deno.test("words and phones lie where they are heard: phones touch, pauses stay", () => {
  const { words, stray, seconds } = align(". . d d . ey . . . . n ih . . r . .", "d ey", "n ih r");
  const inFrames = (x: number) => Math.round(x / 0.02) / 2;
  assertEquals(words.map(({ text, start, end }) => [text, inFrames(start), inFrames(end)]), [
    ["dey", 2, 6],
    ["nihr", 10, 15],
  ]);
  const phones = words.flatMap(({ labels }) => labels);
  assertEquals(phones.map(({ text, start, end }) => [text, inFrames(start), inFrames(end)]), [
    ["d", 2, 4.5],
    ["ey", 4.5, 6],
    ["n", 10, 11],
    ["ih", 11, 13],
    ["r", 13, 15],
  ]);
  assertEquals([stray, seconds], [[], 17 * 0.04]);
  assert(phones.every(({ confidence }) => confidence === 1));
  assert(words.every(({ matches, confidence }) => matches && confidence === 1));
});

Deno.test("words that follow without a pause share the blank between them", () => {
  const { words } = align(". d ey . . n ih r .", "d ey", "n ih r");
  assertEquals(words[0].end, words[1].start);
  assertAlmostEquals(words[0].end, 0.16, 1e-3);
});

Deno.test("a gap of more than a tenth of a second is a pause, and belongs to no word", () => {
  const { words } = align(". d ey . . . n ih r .", "d ey", "n ih r");
  assertAlmostEquals(words[0].end, 0.12, 0.01);
  assertAlmostEquals(words[1].start, 0.24, 0.01);
});

Deno.test("blank by default loses 4 nats and half its prior in CTC, and no label anything elsewhere", () => {
  const { words, labels } = wordsOf("d ey", "n ih r r", "s", "ey ey", "t r iy");
  const heard = heardNoise(60, 1), silent = { ...model, blanks: false };
  const by = (of: typeof model, options = {}) => alignHeard(heard, words, labels, of, options);
  assertEquals(by(model), by(model, { blankShift: -4, priorScale: 0.5 }));
  assertNotEquals(by(model), by(model, { blankShift: -3, priorScale: 0.5 }));
  assertNotEquals(by(model), by(model, { blankShift: -4, priorScale: 0.4 }));
  assertEquals(by(silent), by(silent, { priorScale: 0 }));
  assertNotEquals(by(silent), by(silent, { priorScale: 0.5 }));
});

/** The confidence of the first word's last label, if that scores `at` nats in the second of some frames. */
function confidenceAt(frame: number, at: number, heard: string, ...phones: string[]): number {
  const { words, labels } = wordsOf(...phones), sound = heardAs(frames(heard), K);
  sound.logProbs[frame * K + labels[0].at(-1)!] = at;
  const options = { blankShift: 0, priorScale: 0 };
  return alignHeard(sound, words, labels, model, options).words[0].labels.at(-1)!.confidence;
}

Deno.test("a frame of blank inside a word costs a nat, and one of foreign speech between words three", () => {
  // What costs less is taken: then the label is heard there, at half of that a frame of its two
  for (
    const [cost, heard, ...phones] of [[1, "d . ey n", "d ey", "n"], [
      3,
      "d s n",
      "d",
      "n",
    ]] as const
  ) {
    assertAlmostEquals(
      confidenceAt(1, 0.1 - cost, heard, ...phones),
      Math.exp((0.1 - cost) / 2 / 4),
      1e-6,
    );
    assertEquals(confidenceAt(1, -0.1 - cost, heard, ...phones), 1);
  }
});

Deno.test("silence of a model that has it as a label may lie between words", () => {
  const { words, stray } = align("pau pau d ey pau pau pau pau n ih r pau", "d ey", "n ih r");
  // By frames, which are of 0.04 seconds: where a label is not quite certain its edge moves a little.
  const due = [[0.08, 0.16], [0.32, 0.44]];
  words.forEach(({ start, end }, w) => {
    assertAlmostEquals(start, due[w][0], 0.01);
    assertAlmostEquals(end, due[w][1], 0.01);
  });
  assertEquals(stray, []);
});

Deno.test("labels follow one another and none is empty, whatever is heard", () => {
  for (let n = 0; n < 60; n++) {
    const T = 20 + n, heard = heardNoise(T, n);
    const { words, labels } = wordsOf("d ey", "n ih r r", "s", "ey ey", "t r iy");
    const said = alignHeard(heard, words, labels, model).words.flatMap(({ labels }) => labels);
    let before = 0;
    for (const { start, end } of said) {
      assert(start >= before && end > start + 0.01 && end <= T * 0.04, `${before} ${start} ${end}`);
      before = end;
    }
  }
});

Deno.test("words that the sound does not say are marked, with a low confidence, and the others are not", () => {
  const said = "d ey n ih r s ah n b l uw f ih sh g r iy n t r iy".split(" ");
  const heard = ["d ey", "n ih r", "s ah n", "b l uw", "f ih sh", "g r iy n", "t r iy"];
  const right = align(said.join(" "), ...heard);
  assert(right.words.every(({ matches }) => matches));
  const wrong = align(said.join(" "), ...heard.with(3, "m aw th"));
  assertEquals(wrong.words.map(({ matches }) => matches), [
    true,
    true,
    true,
    false,
    true,
    true,
    true,
  ]);
  assertAlmostEquals(wrong.words[3].confidence, Math.exp(-6 / 4), 1e-6);
  const foreign = align(said.join(" "), "m aw th", "z uh k", "v oy jh");
  assert(foreign.words.every(({ matches }) => !matches));
});

Deno.test("speech that no word stands for is told, and stretches no word", () => {
  const foreign = "s ah m b aa d iy eh l s s p iy k s hh ih r f er s t";
  const { words, stray } = align(`${foreign} . . . d ey . . n ih r .`, "d ey", "n ih r");
  const T = foreign.split(" ").length;
  assertEquals(stray.map(({ start, end }) => [start, Math.round(end / 0.04)]), [[0, T]]);
  assertEquals(Math.round(words[0].start / 0.04), T + 3);
  assertEquals(align(". d ey . . n ih r . s ah m .", "d ey", "n ih r").stray, []);
  // 0.6 seconds of it are 15 frames; what is quiet around them is no part of it
  const strayOf = (n: number) =>
    align(`. pau ${foreign.split(" ").slice(0, n).join(" ")} . . d ey .`, "d ey").stray;
  assertEquals([strayOf(14), strayOf(15)], [[], [{ start: 0.08, end: 0.68 }]]);
});

Deno.test("a text with more phones than the sound has frames is no text of this sound", () => {
  assertThrows(() => align("d ey", "d ey", "n ih r"), TextMismatchError, "5 labels");
});

Deno.test("matchingWords() doubts whole stretches, and single words only where they stand out", () => {
  const words = (n: number, ...labels: number[]) => Array.from({ length: n }, () => labels);
  const doubted = (scores: number[][], whole: number[]) =>
    matchingWords(scores, whole).flatMap((is, w) => is ? [] : [w]);
  const good = words(9, -0.2, -1, -0.4), clear = good.map(() => -0.4), bad = [-3, -4, -3];
  assertEquals(doubted(good, clear), []);
  assertEquals(doubted([...good, bad, ...good], [...clear, -8, ...clear]), [9]);
  assertEquals(doubted([...good, bad, ...good], [...clear, -5, ...clear]), []);
  const poor = clear.map(() => -2.5);
  assertEquals(
    doubted([...good, bad, ...good], [...poor, -8, ...poor]),
    [],
    "a voice hardly known",
  );
  assertEquals(doubted([...good, bad, ...good], [...poor, -10, ...poor]), [9]);
  assertEquals(doubted(words(5, -8, -7, -9), words(5).map(() => -8)), [0, 1, 2, 3, 4]);
  assertEquals(doubted([...good, [-9], ...good], [...clear, -9, ...clear]), [], "one label");
  const wrong = Array.from({ length: 12 }, () => -14), beside = [-2.5, -2.5];
  assertEquals(
    doubted([beside, wrong, ...good], [-2.5, -14, ...clear]),
    [1],
    "a word beside a wrong one",
  );
  assertEquals(doubted([], []), []);
  const one = (score: number) => doubted([...good, bad, ...good], [...clear, score, ...clear]);
  assertEquals([one(-5.4), one(-5.6)], [[], [9]], "a word alone, from 5.5 nats a label on");
  const stretch = (...own: number[]) => doubted(own.map((score) => [score]), own);
  assertEquals([stretch(...Array(5).fill(-4.4)), stretch(...Array(5).fill(-4.6))], [
    [],
    [0, 1, 2, 3, 4],
  ]);
  // Means of what lies within two words: -14/3, -17/4, -25/5, -17/4, -14/3
  assertEquals(stretch(-8, -3, -3, -3, -8), [0, 2, 4]);
  assertEquals([stretch(-8, -8, -1.9, -8, -8), stretch(-8, -8, -2.1, -8, -8)], [
    [0, 1, 3, 4],
    [0, 1, 2, 3, 4],
  ]);
});

Deno.test("wordScore() is the log of the sum over all ways to say a word in its frames, by label", () => {
  const rng = new RandomState(3), K = 4, T = 5;
  const raw = matrix(T, K, Array.from({ length: T * K }, () => rng.randn()));
  const logProbs = Float32Array.from(logSoftmax(new Float64Array(T * K), raw.data, T, K));
  const paths = [...labelPaths(3, K)];
  for (const blanks of [true, false]) {
    const says = (path: number[]) =>
      blanks
        ? collapse(path, { blank: 0 }).join() === "2,3"
        : /^(0,)*(2,)+3(,3)*(,0)*$/.test(path.join());
    const sum = paths.filter(says).reduce(
      (sum, path) => sum + Math.exp(path.reduce((all, k, t) => all + logProbs[(t + 1) * K + k], 0)),
      0,
    );
    const found = wordScore({ logProbs, labels: K }, [2, 3], [1, 4], { blanks });
    assertAlmostEquals(found, Math.log(sum) / 2, 1e-9);
  }
});

Deno.test("recogniseHeard() gives runs of labels, without blank and silence", () => {
  const heard = heardAs(frames("pau d d . d ey ey pau"), K);
  const { labels } = recogniseHeard(heard, model);
  assertEquals(labels.map(({ text, start, end }) => [text, start, end]), [
    ["d", 0.04, 0.12],
    ["d", 0.16, 0.2],
    ["ey", 0.2, 0.28],
  ]);
  assertEquals(labels[0].confidence, 1);
  const unsure = heardAs(frames(". d d ey"), K), d = names.indexOf("d");
  [0.9, 0.5].forEach((p, n) => unsure.logProbs[(n + 1) * K + d] = Math.log(p));
  assertAlmostEquals(recogniseHeard(unsure, model).labels[0].confidence, (0.9 + 0.5) / 2, 1e-6);
});

Deno.test("times end with the sound, though its last frame may not", () => {
  const heard = { ...heardAs(frames("d ey"), K), seconds: 0.07 };
  const { words, labels } = wordsOf("d ey");
  const [word] = alignHeard(heard, words, labels, model).words;
  assertEquals([word.end, word.labels[1].end], [0.07, 0.07]);
  assertEquals(recogniseHeard(heard, model).labels.at(-1)!.end, 0.07);
});

Deno.test("a word's score is the mean of its labels', whose confidence is e to a quarter of it", () => {
  const [word] = align("d iy", "d ey").words;
  const confidences = [word, ...word.labels].map(({ confidence }) => confidence);
  confidences.forEach((confidence, n) =>
    assertAlmostEquals(confidence, Math.exp([-3, 0, -6][n] / 4), 1e-6)
  );
});

Deno.test("a text read backwards lies where the sound played backwards has it", () => {
  const phones = ["d ey", "n ih r r", "s", "ey ey", "t r iy"];
  const backwards = phones.toReversed().map((word) => word.split(" ").reverse().join(" "));
  for (let seed = 0; seed < 10; seed++) {
    const T = 24 + 4 * seed, heard = heardNoise(T, seed);
    const rows = Array.from(
      { length: T },
      (_, t) => [...heard.logProbs.subarray(t * K, (t + 1) * K)],
    );
    const reversed = { ...heard, logProbs: Float32Array.from(rows.reverse().flat()) };
    const said = (heard: Parameters<typeof alignHeard>[0], phones: readonly string[]) => {
      const { words, labels } = wordsOf(...phones);
      return alignHeard(heard, words, labels, model).words.flatMap(({ labels }) => labels);
    };
    const back = said(reversed, backwards).reverse();
    said(heard, phones).forEach(({ text, start, end, confidence }, n) => {
      assertEquals(back[n].text, text);
      assertAlmostEquals(back[n].end, T * 0.04 - start, 1e-6);
      assertAlmostEquals(back[n].start, T * 0.04 - end, 1e-6);
      assertAlmostEquals(back[n].confidence, confidence, 1e-6);
    });
  }
});
