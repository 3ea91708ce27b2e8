import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  ctcTopology,
  hmmTopology,
  statePaths,
  topology,
  viterbi,
  type ViterbiOptions,
} from "lib/alignment/mod.ts";
import { fullSum } from "lib/criteria/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import * as arbitrary from "../support/arbitraries.ts";
import { fromRows, randomMatrix } from "../support/matrices.ts";
import { logTransitions, segmentations, threeCases } from "../support/segmentations.ts";

/** Spans as [index, label, start, end]. */
const short = ({ spans }: ReturnType<typeof viterbi>) =>
  spans.map(({ index, label, start, end }) => [index, label, start, end]);

Deno.test("viterbi() equals enumeration for all three topologies, all scales, shift and prior", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      arbitrary.words(4),
      fc.integer({ min: 1, max: 6 }),
      fc.tuple(arbitrary.scale, arbitrary.scale, arbitrary.scale),
      fc.double({ min: -3, max: 3, noNaN: true }),
      arbitrary.transitions,
      (seed, words, T, [posteriorScale, priorScale, transitionScale], blankShift, transitions) => {
        const K = 4, rng = new RandomState(seed);
        const logProbs = randomMatrix(rng, T, K), logPrior = randomMatrix(rng, 1, K).data;
        for (const { name, topology, pattern } of threeCases(words, transitions)) {
          const frame = (t: number, slot: number) => {
            const k = pattern[slot].label;
            return posteriorScale * logProbs.data[t * K + k] - priorScale * logPrior[k] +
              (k === 0 ? blankShift : 0);
          };
          const total = (path: readonly number[]) =>
            path.reduce((sum, slot, t) => sum + frame(t, slot), 0) +
            (name === "HMM" ? transitionScale * logTransitions(path, pattern, transitions) : 0);
          const best = [...segmentations(pattern, T)].map(total).reduce(
            (a, b) => Math.max(a, b),
            -Infinity,
          );
          const ours = viterbi(logProbs, topology, {
            posteriorScale,
            logPrior,
            priorScale,
            transitionScale,
            blankShift,
          });
          if (best === -Infinity) {
            assertEquals(ours, { score: -Infinity, labels: new Int32Array(0), spans: [] });
            continue;
          }
          assertAlmostEquals(ours.score, best, 1e-10, name);
          // The spans are a path of that very score, and the labels say the same.
          assertEquals(ours.spans.map(({ index }) => index), [...words.flat().keys()]);
          const slots = Array<number>(T).fill(-1);
          for (const { index, label, start, end, score } of ours.spans) {
            const slot = pattern.findIndex((s) => s.index === index);
            slots.fill(slot, start, end);
            assertEquals(label, pattern[slot].label);
            const sum = slots.reduce((a, s, t) => t >= start && t < end ? a + frame(t, s) : a, 0);
            assertAlmostEquals(score, sum, 1e-12);
          }
          slots.forEach((slot, t) => {
            // A blank after slot s is slot s + 1, one before all labels slot 0.
            if (slot < 0) {
              slots[t] = t === 0 ? 0 : slots[t - 1] + (pattern[slots[t - 1]].index < 0 ? 0 : 1);
            }
          });
          assertAlmostEquals(total(slots), best, 1e-10, name);
          assertEquals([...ours.labels], slots.map((slot) => pattern[slot].label));
        }
      },
    ),
    { numRuns: 150 },
  );
});

Deno.test("viterbi() of equal paths takes the one in the earlier state where they last differ", () => {
  fc.assert(
    fc.property(
      arbitrary.words(3),
      fc.integer({ min: 1, max: 5 }),
      fc.infiniteStream(fc.integer({ min: -1, max: 0 })),
      (words, T, values) => {
        const logProbs = fromRows(
          Array.from({ length: T }, () => [...values.take(3)]),
        );
        for (const { name, topology, pattern } of threeCases(words)) {
          const scored = [...segmentations(pattern, T)].map((path) => ({
            path,
            score: path.reduce((sum, s, t) => sum + logProbs.data[t * 3 + pattern[s].label], 0),
          }));
          if (scored.length === 0) continue;
          const top = Math.max(...scored.map(({ score }) => score));
          // Slots are numbered as states are: compare from the last frame backwards.
          const reversed = (path: readonly number[]) => [...path].reverse();
          const [first] = scored.filter(({ score }) => score === top)
            .map(({ path }) => path)
            .sort((a, b) => {
              const [x, y] = [reversed(a), reversed(b)];
              const t = x.findIndex((s, n) => s !== y[n]);
              return t < 0 ? 0 : x[t] - y[t];
            });
          const { labels } = viterbi(logProbs, topology);
          assertEquals([...labels], first.map((slot) => pattern[slot].label), name);
        }
      },
    ),
    { numRuns: 100 },
  );
});

Deno.test("viterbi() keeps equal neighbours apart, with a blank between them and without", () => {
  const ctc = fromRows([[0, -9], [-9, 0], [0, -9], [-9, 0], [-9, 0]]);
  assertEquals(short(viterbi(ctc, ctcTopology([1, 1]))), [[0, 1, 1, 2], [1, 1, 3, 5]]);
  const hmm = fromRows([[-9, 0], [-9, 0], [0, -9]]);
  assertEquals(short(viterbi(hmm, hmmTopology([[1, 1]], { silence: 0 }))), [
    [0, 1, 0, 1],
    [1, 1, 1, 2],
  ]);
  const words = hmmTopology([[2, 1], [1]], { silence: 0 });
  assertEquals(short(viterbi(matrix(3, 3), words)), [[0, 2, 0, 1], [1, 1, 1, 2], [2, 1, 2, 3]]);
});

Deno.test("viterbi() of a target that does not fit is -Infinity, without labels or spans", () => {
  const nothing = { score: -Infinity, labels: new Int32Array(0), spans: [] };
  assertEquals(viterbi(matrix(2, 2), ctcTopology([1, 1])), nothing);
  const impossible = fromRows([[-Infinity, -Infinity], [0, 0]]);
  assertEquals(viterbi(impossible, ctcTopology([1])), nothing);
});

Deno.test("viterbi() spreads labels as blanks are made dearer", () => {
  const logProbs = fromRows(Array.from({ length: 6 }, (_, t) => t === 2 ? [-3, -0.1] : [-0.1, -3]));
  const width = (options: ViterbiOptions) => {
    const [{ start, end }] = viterbi(logProbs, ctcTopology([1]), options).spans;
    return end - start;
  };
  assertEquals([0, -2, -4].map((blankShift) => width({ blankShift })), [1, 1, 6]);
  const logPrior = Float64Array.from([Math.log(0.95), Math.log(0.05)]);
  assertEquals(width({ logPrior }), 1); // priorScale defaults to 0
  assertEquals([0.5, 1].map((priorScale) => width({ logPrior, priorScale })), [1, 6]);
});

Deno.test("viterbi() names what is out of range", () => {
  const align = (options: ViterbiOptions) => () => viterbi(matrix(2, 2), ctcTopology([1]), options);
  assertThrows(align({ blankShift: NaN }), RangeError, "blankShift must be finite: it is NaN");
  assertThrows(align({ priorScale: NaN }), RangeError, "Cannot align as priorScale must be finite");
  assertThrows(align({ logPrior: new Float64Array(3) }), RangeError, "K = 2 entries: it has 3");
  assertThrows(align({ priorScale: 0.5 }), RangeError, "a priorScale of 0.5 needs a logPrior");
  assertThrows(align({ posteriorScale: -1 }), RangeError, "must be >= 0: current value is -1");
  assertThrows(() => viterbi(matrix(0, 2), ctcTopology([1])), RangeError, "T is 0");
  assertThrows(() => viterbi(matrix(2, 2), ctcTopology([2])), RangeError, "state 1 emits 2");
  assertThrows(
    () => viterbi(fromRows([[0, 0], [0, NaN]]), ctcTopology([1])),
    RangeError,
    "frame 1, label 1 is NaN",
  );
});

Deno.test("viterbi() equals enumeration over any automaton, every weight scaled, places shifted", () => {
  let feasible = 0;
  const K = 3, size = (min: number, max: number) => fc.integer({ min, max });
  fc.assert(
    fc.property(size(0, 1e6), size(1, 4), size(1, 4), arbitrary.scale, (seed, T, S, γ) => {
      const rng = new RandomState(seed);
      const maybe = () => rng.random() < 0.6 ? rng.randn() : undefined;
      const states = Array.from({ length: S }, (_, s) => ({
        label: rng.randint(0, K),
        index: rng.random() < 0.5 ? -1 : s, // whatever the label
        initial: maybe(),
        final: maybe(),
      }));
      // Parallel arcs, so that a state has up to 20 and more of them.
      const arcs = Array.from(
        { length: rng.randint(0, 3) === 0 ? 24 * S : 2 * S },
        () => [rng.randint(0, S), rng.randint(0, S), rng.randn()] as const,
      );
      const automaton = topology(states, arcs), logProbs = randomMatrix(rng, T, K);
      const blankShift = rng.randn();
      const scoreOf = (path: readonly number[]) =>
        path.reduce((sum, s, t) => {
          const { label, index, initial } = states[s];
          const before = t === 0 ? γ * initial! : Math.max(
            ...arcs.filter(([r, q]) => r === path[t - 1] && q === s).map(([, , w]) => γ * w),
          );
          return sum + before + logProbs.data[t * K + label] + (index < 0 ? blankShift : 0);
        }, γ * (states[path[T - 1]].final ?? 0));
      const simple = topology(states, [
        ...new Map(arcs.map((arc) => [`${arc[0]},${arc[1]}`, arc])).values(),
      ]);
      const paths = [...statePaths(simple, T)];
      const best = paths.map(scoreOf).reduce((a, b) => Math.max(a, b), -Infinity);
      const ours = viterbi(logProbs, automaton, { blankShift, transitionScale: γ });
      if (paths.length === 0) return assertEquals(ours.score, -Infinity);
      feasible++;
      assertAlmostEquals(ours.score, best, 1e-10);
      const labels = (path: readonly number[]) => path.map((s) => states[s].label).join();
      const found = paths.filter((path) => scoreOf(path) > best - 1e-10).map(labels);
      assert(found.includes([...ours.labels].join()), `${ours.labels} is not among ${found}`);
    }),
    { numRuns: 200, seed: 3 },
  );
  assert(feasible > 80, `only ${feasible} cases had a path`);
});

Deno.test("viterbi() finds its way back through states with 4, 5, 16, 17 and 70 arcs", () => {
  for (const A of [1, 4, 5, 16, 17, 70]) {
    // A states lead to one in the middle, and that to all of them; every frame prefers one of them.
    const states = Array.from(
      { length: A + 1 },
      (_, s) => ({ label: s, index: s, initial: 0, final: 0 }),
    );
    const arcs = states.slice(0, A).flatMap((_, s) => [[s, A], [A, s]] as const);
    const path = Array.from({ length: 2 * A }, (_, t) => t % 2 === 1 ? A : (7 * t + 3) % A);
    const logProbs = matrix(2 * A, A + 1);
    path.forEach((s, t) => logProbs.data[t * (A + 1) + s] = 1);
    const { labels, score } = viterbi(logProbs, topology(states, arcs));
    assertEquals([[...labels], score], [path, 2 * A]);
  }
});

Deno.test("blankShift moves what has no place in the target, whatever its label", () => {
  const logProbs = fromRows([[-1, -2], [-1, -2], [-1, -2]]);
  const shifted = (blank: number, blankShift: number) =>
    viterbi(logProbs, ctcTopology([1 - blank], { blank }), { blankShift }).score;
  assertEquals([shifted(0, 0), shifted(0, 10)], [-4, 16]);
  assertEquals([shifted(1, 0), shifted(1, 10)], [-3, 15]); // label 0 is the label, and not shifted
  const hmm = hmmTopology([[0]], { silence: 1 });
  assertEquals(viterbi(logProbs, hmm, { blankShift: 10 }).score, 15);
});

Deno.test("an hour against a book is refused by its size before anything is allocated", () => {
  const target = Array.from({ length: 50_000 }, (_, i) => 1 + i % 2), logProbs = matrix(360_000, 3);
  const automaton = ctcTopology(target);
  const parts = [
    "360000 frames and 100001 states",
    "at most 8.0 GiB",
    "Cut the recording at pauses",
  ];
  for (
    const [align, bytes] of [
      [() => viterbi(logProbs, automaton), "they take 8.4 GiB"],
      [() => fullSum(logProbs, automaton), "they take 804.7 GiB"],
    ] as const
  ) {
    const { message } = assertThrows(align, RangeError);
    for (const part of [...parts, bytes]) assert(message.includes(part), message);
  }
});
