import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcTopology } from "lib/alignment/mod.ts";
import { fullSum } from "lib/criteria/mod.ts";
import {
  combineModels,
  greedyDecode,
  hotwords,
  type LanguageModel,
  logProbability,
  prefixBeamSearch,
  trainNgram,
} from "lib/decoding/mod.ts";
import { matrix } from "lib/numeric/mod.ts";
import {
  enumerateLabellings,
  labelsOfKey,
  randomLogProbs,
  smallLogProbs,
} from "../support/labellings.ts";

const all = { beamWidth: Infinity };
const lm = trainNgram([[1, 2], [2, 1, 1], [3, 1, 2, 3], [1]], { labels: 4, order: 3 });

/** A model that knows only the labels below K. */
function ofSize(K: number): LanguageModel {
  return { ...lm, labels: K } as LanguageModel;
}

Deno.test("an unpruned beam finds every labelling, with the probability of all its paths", () => {
  fc.assert(
    fc.property(smallLogProbs, (logProbs) => {
      const expected = enumerateLabellings(logProbs);
      const found = prefixBeamSearch(logProbs, all);
      assertEquals(found.map(({ labels }) => labels.join()).sort(), [...expected.keys()].sort());
      for (const { labels, acoustic, score, languageModel, length } of found) {
        assertAlmostEquals(Math.exp(acoustic), expected.get(labels.join())!, 1e-12);
        assertEquals([score, languageModel, length], [acoustic, 0, labels.length]);
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("the same holds with any label as blank", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 1, max: 5 }), fc.nat(3), (seed, T, blank) => {
      const logProbs = randomLogProbs(seed, T, 4);
      const expected = enumerateLabellings(logProbs, blank);
      for (const { labels, acoustic } of prefixBeamSearch(logProbs, { ...all, blank })) {
        assertAlmostEquals(Math.exp(acoustic), expected.get(labels.join())!, 1e-12);
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("hypotheses come best first, and the parts of a score make up the score", () => {
  fc.assert(
    fc.property(
      smallLogProbs,
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.constantFrom(1, 3, 10, Infinity),
      (logProbs, lmWeight, insertionBonus, beamWidth) => {
        const found = prefixBeamSearch(logProbs, {
          beamWidth,
          lm: ofSize(logProbs.cols),
          lmWeight,
          insertionBonus,
        });
        assert(found.length >= 1 && found.length <= beamWidth);
        found.forEach((h, n) => {
          assertEquals(h.length, h.labels.length);
          assertAlmostEquals(h.languageModel, logProbability(lm, h.labels), 1e-12);
          const parts = h.acoustic + lmWeight * h.languageModel + insertionBonus * h.length;
          assertAlmostEquals(h.score, parts, 1e-12);
          if (n > 0) assert(h.score <= found[n - 1].score);
        });
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("unpruned fusion with a language model equals rescoring every labelling", () => {
  fc.assert(
    fc.property(smallLogProbs, (logProbs) => {
      const [best] = prefixBeamSearch(logProbs, {
        ...all,
        lm: ofSize(logProbs.cols),
        lmWeight: 0.7,
        insertionBonus: 0.4,
      });
      const scores = [...enumerateLabellings(logProbs)].map(([key, p]) => {
        const labels = labelsOfKey(key);
        return Math.log(p) + 0.7 * logProbability(lm, labels) + 0.4 * labels.length;
      });
      assertAlmostEquals(best.score, Math.max(...scores), 1e-11);
    }),
    { numRuns: 40 },
  );
});

Deno.test("the acoustic score of a kept labelling is at most its full sum, and equals it unpruned", () => {
  const logProbs = randomLogProbs(3, 12, 4, 2);
  const exact = (labels: number[]) => fullSum(logProbs, ctcTopology(labels)).logScore;
  for (const beamWidth of [1, 2, 4, 16, 64]) {
    for (const { labels, acoustic } of prefixBeamSearch(logProbs, { beamWidth })) {
      assert(acoustic <= exact(labels) + 1e-12);
    }
  }
  const small = randomLogProbs(4, 6, 3);
  for (const { labels, acoustic } of prefixBeamSearch(small, all)) {
    assertAlmostEquals(acoustic, fullSum(small, ctcTopology(labels)).logScore, 1e-12);
  }
});

Deno.test("a beam of one on peaked input is greedy decoding", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(3), { minLength: 1, maxLength: 30 }),
      fc.double({ min: 0.9, max: 1, noNaN: true }),
      (path, peak) => {
        const logProbs = matrix(path.length, 4);
        path.forEach((label, t) => {
          for (let k = 0; k < 4; k++) {
            logProbs.data[t * 4 + k] = Math.log(k === label ? peak : (1 - peak) / 3);
          }
        });
        const [best] = prefixBeamSearch(logProbs, { beamWidth: 1 });
        assertEquals(best.labels, greedyDecode(logProbs));
      },
    ),
  );
});

Deno.test("repeats need a blank between them: aa, aεa and their sums by hand", () => {
  // p(a) = 0.4, p(ε) = 0.6 at each of three frames.
  const logProbs = matrix(3, 2, [0.6, 0.4, 0.6, 0.4, 0.6, 0.4].map(Math.log));
  const found = new Map(
    prefixBeamSearch(logProbs, all).map(({ labels, acoustic }) => [labels.join(), acoustic]),
  );
  assertAlmostEquals(Math.exp(found.get("")!), 0.6 ** 3);
  assertAlmostEquals(Math.exp(found.get("1,1")!), 0.4 * 0.6 * 0.4);
  // aεε εaε εεa aaε εaa aaa
  assertAlmostEquals(Math.exp(found.get("1")!), 3 * 0.4 * 0.36 + 2 * 0.16 * 0.6 + 0.064);
  assertEquals(found.size, 3);
});

Deno.test("wider beams find better labellings, on the average", () => {
  const mean = (beamWidth: number) => {
    let sum = 0;
    for (let seed = 0; seed < 30; seed++) {
      const logProbs = randomLogProbs(seed, 10, 4, 0.7);
      const [{ labels }] = prefixBeamSearch(logProbs, { beamWidth });
      sum += fullSum(logProbs, ctcTopology(labels)).logScore / 30;
    }
    return sum;
  };
  const means = [1, 4, 16, 64].map(mean);
  for (let n = 1; n < means.length; n++) assert(means[n] >= means[n - 1] - 1e-12);
});

Deno.test("prune drops what is far below the best, and keeps all where nothing is", () => {
  const logProbs = randomLogProbs(8, 6, 4);
  assertEquals(
    prefixBeamSearch(logProbs, { ...all, prune: 1e6 }),
    prefixBeamSearch(logProbs, all),
  );
  const few = prefixBeamSearch(logProbs, { ...all, prune: 2 });
  assert(few.length < prefixBeamSearch(logProbs, all).length);
  assert(few.every(({ score }) => score >= few[0].score - 2));
  assertEquals(prefixBeamSearch(logProbs, { ...all, prune: 0 }).length, 1);
});

Deno.test("a hotword wins where its bonus outweighs the sound", () => {
  // The sound prefers "1 2" slightly to "1 3".
  const y = [0.02, 0.96, 0.01, 0.01, 0.96, 0.02, 0.01, 0.01, 0.02, 0.02, 0.5, 0.46];
  const logProbs = matrix(3, 4, y.map(Math.log));
  const best = (bonus: number) =>
    prefixBeamSearch(logProbs, { beamWidth: 8, lm: hotwords([[1, 3]], { labels: 4, bonus }) })[0];
  assertEquals(best(0).labels, [1, 2]);
  const won = best(1);
  assertEquals([won.labels, won.languageModel], [[1, 3], 2]);
});

Deno.test("an impossible label is never decoded; where nothing is possible there is no hypothesis", () => {
  const y = [0.5, 0.5, 0, 0, 1, 0, 0.5, 0, 0.5].map(Math.log);
  for (const { labels } of prefixBeamSearch(matrix(3, 3, y), all)) {
    assert(labels.join() === "1" || labels.join() === "1,2", labels.join());
  }
  assertEquals(prefixBeamSearch(matrix(1, 2, [-Infinity, -Infinity]), { beamWidth: 4 }), []);
});

Deno.test("a language model that forbids a label bars it, unless its weight is 0", () => {
  const forbidding: LanguageModel = {
    labels: 2,
    start: () => 0,
    next: () => ({ logProb: -Infinity, state: 0 }),
    end: () => 0,
  };
  const logProbs = randomLogProbs(1, 4, 2);
  const found = prefixBeamSearch(logProbs, { ...all, lm: forbidding });
  assertEquals(found.map(({ labels }) => labels), [[]]);
  const free = prefixBeamSearch(logProbs, { ...all, lm: forbidding, lmWeight: 0 });
  assertEquals(free.length, prefixBeamSearch(logProbs, all).length);
});

Deno.test("long sequences do not underflow", () => {
  const [best] = prefixBeamSearch(randomLogProbs(2, 2000, 4, 0.1), { beamWidth: 4 });
  assert(Number.isFinite(best.score) && best.score < -800);
});

Deno.test("no frames hold the empty labelling", () => {
  assertEquals(prefixBeamSearch(matrix(0, 3), { beamWidth: 2 }), [
    { labels: [], score: 0, acoustic: 0, languageModel: 0, length: 0 },
  ]);
});

Deno.test("prefixBeamSearch() names the value that is out of range", () => {
  const logProbs = randomLogProbs(0, 3, 4);
  const cases = [
    [{ beamWidth: 0 }, "beamWidth must be a whole number >= 1 or Infinity: current value is 0"],
    [{ beamWidth: 2.5 }, "current value is 2.5"],
    [{ beamWidth: NaN }, "current value is NaN"],
    [{ blank: 4 }, "blank must be a whole number below K = 4: current value is 4"],
    [{ blank: -1 }, "current value is -1"],
    [{ prune: -1 }, "prune must be >= 0: current value is -1"],
    [{ prune: NaN }, "current value is NaN"],
    [{ lmWeight: Infinity }, "lmWeight must be finite: current value is Infinity"],
    [{ insertionBonus: NaN }, "insertionBonus must be finite: current value is NaN"],
    [{ lm: ofSize(5) }, "the language model must know K = 4 labels: it knows 5"],
  ] as const;
  for (const [options, message] of cases) {
    assertThrows(
      () => prefixBeamSearch(logProbs, { beamWidth: 4, ...options }),
      RangeError,
      message,
    );
  }
  for (const value of [NaN, Infinity]) {
    const broken = randomLogProbs(0, 3, 4);
    broken.data[6] = value;
    assertThrows(
      () => prefixBeamSearch(broken, { beamWidth: 4 }),
      RangeError,
      `frame 1, label 2 is ${value}`,
    );
  }
});

/** A uniform model that holds label `never` impossible, and the end after `unended`. */
function barring(K: number, never: number, unended = -1): LanguageModel<number> {
  return {
    labels: K,
    start: () => -1,
    next: (_, label) => ({ logProb: label === never ? -Infinity : -Math.log(K), state: label }),
    end: (last) => last === unended ? -Infinity : -Math.log(K),
  };
}

Deno.test("at any weight but 0, what a model holds impossible is, and all else keeps its score", () => {
  for (const lmWeight of [-1, -0.3, 0.3, 1]) {
    const bar = barring(4, 2, 3), logProbs = randomLogProbs(5, 4, 4);
    const combined = combineModels({ lm, weight: 0.5 }, { lm: bar, weight: lmWeight });
    const expected = [...enumerateLabellings(logProbs)]
      .map(([key, p]) => ({ labels: labelsOfKey(key), p }))
      .filter(({ labels }) => !labels.includes(2) && labels.at(-1) !== 3);
    for (const options of [{ lm: bar, lmWeight }, { lm: combined }]) {
      const found = new Map(
        prefixBeamSearch(logProbs, { ...all, ...options }).map((h) => [h.labels.join(), h.score]),
      );
      assertEquals(found.size, expected.length);
      for (const { labels, p } of expected) {
        const other = options.lm === combined ? 0.5 * logProbability(lm, labels) : 0;
        const score = Math.log(p) + other + lmWeight * logProbability(bar, labels);
        assertAlmostEquals(found.get(labels.join())!, score, 1e-11);
        if (options.lm === combined) {
          assertAlmostEquals(logProbability(combined, labels), score - Math.log(p), 1e-11);
        }
      }
    }
    assertEquals(logProbability(combined, [1, 2, 1]), -Infinity);
  }
  const without = combineModels({ lm, weight: 1 }, { lm: barring(4, 2), weight: 0 });
  assertEquals(logProbability(without, [1, 2, 1]), logProbability(lm, [1, 2, 1]));
});

Deno.test("a score of a language model that is NaN or +Infinity is an error, not an empty beam", () => {
  const logProbs = randomLogProbs(5, 4, 4);
  for (const value of [NaN, Infinity]) {
    const one = { ...barring(4, 0), next: () => ({ logProb: value, state: 0 }) };
    const end = { ...barring(4, 0), end: () => value };
    for (const broken of [one, end]) {
      for (const lmWeight of [-1, 0, 1]) {
        const search = (options: object) => () =>
          prefixBeamSearch(logProbs, { ...all, lm: broken, ...options });
        assertThrows(search({ lmWeight }), RangeError, `must be below Infinity`);
        const combined = combineModels({ lm: broken, weight: lmWeight });
        assertThrows(search({ lm: combined }), RangeError, `${value} times ${lmWeight}`);
      }
    }
  }
  assertThrows(
    () => prefixBeamSearch(logProbs, { ...all, insertionBonus: 1e308 }),
    RangeError,
    "that of a prefix of 2 labels is Infinity",
  );
  assertThrows(
    () => prefixBeamSearch(logProbs, { ...all, lm: barring(4, 0), lmWeight: -1e308 }),
    RangeError,
    "must be below Infinity",
  );
});

Deno.test("labels more than prune below the frame's likeliest start nothing, not even in the beam", () => {
  // Label 1 stays in the beam from the first frame on; the second holds it exp(-2) below the best.
  const logProbs = matrix(2, 2, [-1, -1, 0, -2]);
  const one = (prune: number) =>
    Math.exp(
      prefixBeamSearch(logProbs, { ...all, prune }).find(({ length }) => length === 1)!.acoustic,
    );
  const e = Math.exp;
  // a ε, a a and, where 2 is no more than prune, ε a.
  assertAlmostEquals(one(2.5), e(-1) + e(-3) + e(-3), 1e-12);
  assertAlmostEquals(one(2), e(-1) + e(-3) + e(-3), 1e-12);
  assertAlmostEquals(one(1.99), e(-1) + e(-3), 1e-12);
});

Deno.test("a prefix just prune below the best is kept", () => {
  const kept = (prune: number) =>
    prefixBeamSearch(matrix(1, 2, [0, -2]), { ...all, prune }).map(({ labels }) => labels);
  assertEquals([kept(2), kept(1.99)], [[[], [1]], [[]]]);
});

Deno.test("a beam that would not fit into memory is refused by its size", () => {
  const K = 2 ** 12, logProbs = matrix(2, K);
  for (const beamWidth of [Infinity, 2 ** 22 + 1]) {
    assertThrows(
      () => prefixBeamSearch(logProbs, { beamWidth }),
      RangeError,
      "at most 4194304 prefixes must be kept at a frame: there may be 16777216 at frame 1",
    );
  }
  assertEquals(prefixBeamSearch(matrix(1, K), all).length, K);
});

Deno.test("a beam of one keeps the prefix that is best with its bonus and its language model", () => {
  const kept = (probabilities: number[], options: object) => {
    const logProbs = matrix(1, probabilities.length, probabilities.map(Math.log));
    return prefixBeamSearch(logProbs, { beamWidth: 1, ...options })[0].labels;
  };
  // 0.6 against 0.4 e
  assertEquals(kept([0.6, 0.4], {}), []);
  assertEquals(kept([0.6, 0.4], { insertionBonus: 1 }), [1]);
  // 0.2, 0.35 · 0.9 and 0.45 · 0.1
  const lm = {
    labels: 3,
    start: () => 0,
    next: (_: unknown, label: number) => ({ logProb: Math.log([0, 0.9, 0.1][label]), state: 0 }),
    end: () => 0,
  };
  assertEquals(kept([0.2, 0.35, 0.45], {}), [2]);
  assertEquals(kept([0.2, 0.35, 0.45], { lm, lmWeight: 1 }), [1]);
  assertEquals(kept([0.2, 0.35, 0.45], { lm, lmWeight: 0 }), [2]);
});

Deno.test("label 0 is a label like any other where blank is another", () => {
  const logProbs = matrix(2, 2, [0.8, 0.2, 0.3, 0.7].map(Math.log));
  const [best] = prefixBeamSearch(logProbs, { beamWidth: 4, blank: 1 });
  assertEquals(best.labels, [0]);
  assertAlmostEquals(Math.exp(best.score), 1 - 0.2 * 0.7, 1e-12); // all paths but two blanks
});
