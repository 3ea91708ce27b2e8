import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { runSpans } from "lib/alignment/mod.ts";
import { wordCorpus, type WordCorpusOptions } from "lib/corpora/mod.ts";
import { RandomState, sequenceAt, spreadOf } from "lib/numeric/mod.ts";

const silenceShare = (options: WordCorpusOptions) => {
  const { alignment } = wordCorpus(options).batch(new RandomState(1), 3000);
  return alignment.filter((label) => label === 0).length / alignment.length;
};

Deno.test("wordCorpus() has 10 letters in alphabetical order, and ε", () => {
  const { names, labels, features } = wordCorpus();
  assertEquals([names.join(""), labels, features], ["εadehloruwy", 11, 11]);
});

Deno.test("wordCorpus() has the shares of silence that the paper's tables state", () => {
  // Table 1 says 21 %, Table 10 50 %, Table 13 17, 14 and 19 %.
  const one = { wordsPerSequence: [1, 1] } as const;
  assertAlmostEquals(silenceShare({}), 0.21, 0.005);
  const long = { ...one, framesPerLetter: [10, 10] } as const;
  assertAlmostEquals(silenceShare({ ...long, silenceFactor: [1, 1] }), 0.5, 1e-12);
  assertAlmostEquals(silenceShare({ ...long, silenceFactor: [0.2, 0.2] }), 1 / 6, 1e-12);
  assertAlmostEquals(silenceShare({ ...one, silenceFactor: [0.2, 0.2] }), 0.14, 0.005);
  assertAlmostEquals(silenceShare({ ...one, silenceFactor: [0.3, 0.3] }), 0.19, 0.005);
});

Deno.test("wordCorpus() gives target, words, spans and alignment that agree", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
    const corpus = wordCorpus({
      words: ["foo", "bar", "of"],
      wordsPerSequence: [1, 4],
      framesPerLetter: [1, 3],
      silenceFactor: [0, 1],
    });
    const { x, targets, alignment, words, spans } = corpus.batch(new RandomState(seed), 3);
    targets.forEach((target, b) => {
      assertEquals(words[b].flat(), target);
      for (const word of words[b]) {
        assert(corpus.options.words.includes(word.map((k) => corpus.names[k]).join("")));
      }
      const labels = alignment.subarray(x.offsets[b], x.offsets[b + 1]);
      const painted = new Int32Array(labels.length);
      spans[b].forEach(({ index, label, start, end }, n) => {
        assertEquals([index, label], [n, target[n]]);
        assert(end - start >= 1 && end - start <= 3);
        painted.fill(label, start, end);
      });
      assertEquals(painted, labels);
      // Silence stands only between words: letters of one word touch.
      let at = 0;
      for (const word of words[b]) {
        for (let l = 1; l < word.length; l++) {
          assertEquals(spans[b][at + l].start, spans[b][at + l - 1].end);
        }
        at += word.length;
      }
    });
  }));
});

Deno.test("wordCorpus() without noise is one-hot; with noise it has eq. 26's mean and deviation", () => {
  const clean = wordCorpus().batch(new RandomState(3), 5);
  clean.alignment.forEach((label, t) => {
    const row = clean.x.frames.data.subarray(t * 11, (t + 1) * 11);
    assertEquals([...row], Array.from({ length: 11 }, (_, k) => k === label ? 1 : 0));
  });
  const noise = 0.4;
  const { x, alignment } = wordCorpus({ noise }).batch(new RandomState(3), 400);
  let mean = 0, square = 0;
  x.frames.data.forEach((value, i) => {
    const rest = value - (alignment[Math.floor(i / 11)] === i % 11 ? 1 - noise : 0);
    mean += rest / x.frames.data.length;
    square += rest * rest / x.frames.data.length;
  });
  assertAlmostEquals(mean, 0, 0.01);
  assertAlmostEquals(Math.sqrt(square), noise, 0.01);
});

Deno.test("wordCorpus() puts silence in every one of the N + 1 places alike", () => {
  const corpus = wordCorpus({ words: ["ab"], wordsPerSequence: [2, 2], silenceFactor: [1, 1] });
  const { x, spans } = corpus.batch(new RandomState(5), 4000);
  const places = [0, 0, 0];
  spans.forEach((s, b) => {
    places[0] += s[0].start;
    places[1] += s[2].start - s[1].end;
    places[2] += sequenceAt(x, b).rows - s[3].end;
  });
  for (const n of places) assertAlmostEquals(n / 4000, 8 / 3, 0.06);
});

Deno.test("runSpans() of the reference are its spans where no equal letters touch", () => {
  const { x, alignment, spans } = wordCorpus().batch(new RandomState(9), 50);
  spans.forEach((s, b) => {
    assertEquals(runSpans(alignment.subarray(x.offsets[b], x.offsets[b + 1])), s);
  });
});

Deno.test("wordCorpus() shifts all frames of a sequence alike where its noise is drawn once a sequence", () => {
  const noisy = wordCorpus({ noise: 0.5, noiseOf: "sequence" });
  const { x: { frames: { data, cols: K }, offsets }, alignment } = noisy.batch(
    new RandomState(4),
    20,
  );
  const shift = (t: number, k: number) => data[t * K + k] - (alignment[t] === k ? 0.5 : 0);
  const drawn: number[] = [];
  for (let b = 0; b < 20; b++) {
    for (let k = 0; k < K; k++) {
      const first = shift(offsets[b], k);
      drawn.push(first / 0.5);
      for (let t = offsets[b]; t < offsets[b + 1]; t++) {
        assertAlmostEquals(shift(t, k), first, 1e-15);
      }
    }
  }
  assertEquals(new Set(drawn).size, 20 * K);
  const { mean, deviation } = spreadOf(drawn);
  assert(Math.abs(mean) < 0.2 && Math.abs(deviation - 1) < 0.2);
});

Deno.test("wordCorpus() draws noise for every frame unless told otherwise", () => {
  const [usual, said] = [{}, { noiseOf: "frame" } as const].map((options) =>
    wordCorpus({ noise: 0.5, ...options }).batch(new RandomState(4), 3)
  );
  assertEquals(usual, said);
});

Deno.test("wordCorpus() names the option that is out of range", () => {
  for (
    const [options, what] of [
      [{ words: [] }, "at least one word"],
      [{ words: ["a", ""] }, 'current value is ["a",""]'],
      [{ wordsPerSequence: [0, 1] }, "wordsPerSequence must be whole numbers"],
      [{ framesPerLetter: [3, 2] }, "framesPerLetter must be whole numbers"],
      [{ framesPerLetter: [1, 1.5] }, "current values are 1 and 1.5"],
      [{ silenceFactor: [-0.1, 1] }, "silenceFactor must be numbers"],
      [{ silenceFactor: [0, Infinity] }, "0 and Infinity"],
      [{ noise: 1.5 }, "noise must be from 0 to 1: current value is 1.5"],
      [{ noise: NaN }, "current value is NaN"],
    ] as [WordCorpusOptions, string][]
  ) {
    assertThrows(() => wordCorpus(options), RangeError, what);
  }
  assertThrows(() => wordCorpus().batch(new RandomState(0), 0), RangeError, "current value is 0");
});
