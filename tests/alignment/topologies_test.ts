import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcTopology, gradientTopology, hmmTopology, type Topology } from "lib/alignment/mod.ts";
import { fullSum } from "lib/criteria/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import * as arbitrary from "../support/arbitraries.ts";
import { assertMatrixClose, randomMatrix } from "../support/matrices.ts";
import { logTransitions, segmentations, threeCases } from "../support/segmentations.ts";

const list = ({ incoming: { start, state, logWeight } }: Topology) =>
  Array.from({ length: start.length - 1 }, (_, s) =>
    Array.from(
      state.subarray(start[s], start[s + 1]),
      (from, a) => [from, logWeight[start[s] + a]],
    ).sort(([a], [b]) => a - b));

Deno.test("hmmTopology() of 'foo bar' is the automaton of Fig. 3", () => {
  const [f, o, b, a, r] = [1, 2, 3, 4, 5];
  const hmm = hmmTopology([[f, o, o], [b, a, r]], { silence: 0 });
  assertEquals([...hmm.labels], [0, f, o, o, 0, b, a, r, 0]);
  assertEquals([...hmm.index], [-1, 0, 1, 2, -1, 3, 4, 5, -1]);
  const into = list(hmm).map((arcs) => arcs.map(([from]) => from));
  assertEquals(into, [[0], [0, 1], [1, 2], [2, 3], [3, 4], [3, 4, 5], [5, 6], [6, 7], [7, 8]]);
  assertEquals([...hmm.initial.keys()].filter((s) => hmm.initial[s] === 0), [0, 1]);
  assertEquals([...hmm.final.keys()].filter((s) => hmm.final[s] === 0), [7, 8]);
  assertEquals(hmm.minimumFrames, 6);
});

Deno.test("hmmTopology() weighs an arc by the state that it leaves", () => {
  const transitions = { speech: { loop: 0.5 }, silence: { loop: 0.9, forward: 0.04 } };
  const [pauseLoop, letter, pause, next] = list(
    hmmTopology([[1], [2]], { silence: 0, transitions }),
  );
  assertEquals(pauseLoop, [[0, Math.log(0.9)]]);
  assertEquals(letter, [[0, Math.log(0.04)], [1, Math.log(0.5)]]);
  assertEquals(pause, [[1, Math.log(0.5)], [2, Math.log(0.9)]]);
  assertEquals(next, [[1, Math.log(0.5)], [2, Math.log(0.04)], [3, Math.log(0.5)]]);
});

Deno.test("hmmTopology() of no words is silence alone", () => {
  const { labels, initial, final, minimumFrames } = hmmTopology([], { silence: 3 });
  assertEquals([[...labels], [...initial], [...final], minimumFrames], [[3], [0], [0], 1]);
});

Deno.test("gradientTopology() lets any two labels touch, equal ones too", () => {
  const arcs = list(gradientTopology([1, 1])).map((into) => into.map(([from]) => from));
  assertEquals(arcs, [[0], [0, 1], [1, 2], [1, 2, 3], [3, 4]]);
  assertEquals(gradientTopology([1, 2]), ctcTopology([1, 2]));
});

Deno.test("topologies refuse a wrong label, an empty word and a probability out of range", () => {
  for (const bad of [0, -1, 1.5, NaN]) {
    assertThrows(() => gradientTopology([1, bad]), RangeError, `label 1 is ${bad}`);
    assertThrows(() => hmmTopology([[1], [bad]], { silence: 0 }), RangeError, `label 1 is ${bad}`);
  }
  assertThrows(() => hmmTopology([[1]], { silence: 0.5 }), RangeError, "silence must be a whole");
  assertThrows(() => hmmTopology([[1], []], { silence: 0 }), RangeError, "word 1 has none");
  assertThrows(() => hmmTopology([[], [1]], { silence: 0 }), RangeError, "word 0 has none");
  const speech = { loop: 0.5 };
  for (const [silence, what] of [[{ loop: 0 }, "loop"], [{ loop: 1 }, "forward"]] as const) {
    assertThrows(
      () => hmmTopology([[1]], { silence: 0, transitions: { speech, silence } }),
      RangeError,
      `${what} of silence is 0`,
    );
  }
  assertThrows(
    () =>
      hmmTopology([[1]], { silence: 0, transitions: { speech: { loop: NaN }, silence: speech } }),
    RangeError,
    "loop of speech is NaN",
  );
});

Deno.test("every topology has exactly the paths of its pattern, and its minimum of frames", () => {
  fc.assert(fc.property(arbitrary.words(3), fc.integer({ min: 1, max: 6 }), (words, T) => {
    for (const { name, topology, pattern } of threeCases(words)) {
      const paths = [...segmentations(pattern, T)].length;
      const { logScore } = fullSum(matrix(T, 3), topology);
      assertAlmostEquals(Math.exp(logScore), paths, 1e-9 * paths, name);
      assertEquals(topology.minimumFrames <= T, paths > 0, name);
    }
  }));
});

Deno.test("fullSum() and its occupancy equal enumeration for all three topologies and all scales", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      arbitrary.words(4),
      fc.integer({ min: 1, max: 6 }),
      fc.tuple(arbitrary.scale, arbitrary.scale, arbitrary.scale),
      arbitrary.transitions,
      (seed, words, T, [posteriorScale, priorScale, transitionScale], transitions) => {
        const K = 4, rng = new RandomState(seed);
        const logProbs = randomMatrix(rng, T, K), logPrior = randomMatrix(rng, 1, K).data;
        for (const { name, topology, pattern } of threeCases(words, transitions)) {
          const occupancy = matrix(T, K);
          let total = 0;
          for (const path of segmentations(pattern, T)) {
            let log = name === "HMM"
              ? transitionScale * logTransitions(path, pattern, transitions)
              : 0;
            path.forEach((slot, t) => {
              const k = pattern[slot].label;
              log += posteriorScale * logProbs.data[t * K + k] - priorScale * logPrior[k];
            });
            total += Math.exp(log);
            path.forEach((slot, t) => occupancy.data[t * K + pattern[slot].label] += Math.exp(log));
          }
          if (total > 0) occupancy.data.forEach((v, i) => occupancy.data[i] = v / total);
          const ours = fullSum(logProbs, topology, {
            posteriorScale,
            logPrior,
            priorScale,
            transitionScale,
          });
          const expected = Math.log(total);
          assertEquals(ours.logScore === -Infinity, total === 0, name);
          if (total > 0) {
            assertAlmostEquals(ours.logScore, expected, 1e-10 * Math.max(1, Math.abs(expected)));
          }
          assertMatrixClose(ours.occupancy, occupancy, 1e-10, name);
        }
      },
    ),
    { numRuns: 150 },
  );
});

Deno.test("topologies say what is no list, and what is missing", () => {
  const wrong = (value: unknown) => value as never;
  assertThrows(() => ctcTopology(wrong(undefined)), TypeError, "list of labels: it is undefined");
  assertThrows(() => gradientTopology(wrong(7)), TypeError, "it is 7");
  assertThrows(() => hmmTopology(wrong([1, 2]), { silence: 0 }), TypeError, "word 0 as it must be");
  assertThrows(() => hmmTopology([[1]], wrong(undefined)), TypeError, "which label is silence");
  const speech = { loop: 0.5 };
  assertThrows(
    () => hmmTopology([[1]], { silence: 0, transitions: wrong({ speech }) }),
    TypeError,
    "those of silence are missing",
  );
});

Deno.test("words may be typed arrays", () => {
  const typed = hmmTopology([Int32Array.of(1, 2), Int32Array.of(3)] as never, { silence: 0 });
  assertEquals(typed, hmmTopology([[1, 2], [3]], { silence: 0 }));
});
