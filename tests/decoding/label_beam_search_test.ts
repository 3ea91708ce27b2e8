import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { labelBeamSearch, type LabelModel, logAdd, trainNgram } from "lib/decoding/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";

/** What comes next depends on all that was said, by tables drawn from a seed. */
function randomModel(
  seed: number,
  K: number,
): LabelModel & { row(said: readonly number[]): number[] } {
  const row = (said: readonly number[]) => {
    const rng = new RandomState(said.reduce((hash, label) => (7 * hash + label + 1) % 10007, seed));
    const scores = Array.from({ length: K }, () => 2 * rng.randn());
    const norm = scores.reduce(logAdd);
    return scores.map((score) => score - norm);
  };
  let histories: number[][] = [];
  return {
    labels: K,
    row,
    next(parents, said) {
      histories = said.map((label, n) => label === 0 ? [] : [...histories[parents[n]], label]);
      return matrix(said.length, K, histories.flatMap(row));
    },
  };
}

/** Every labelling of at most `most` labels with its log-probability, the best first. */
function enumerated(model: ReturnType<typeof randomModel>, most: number) {
  const found: { labels: number[]; score: number }[] = [];
  const visit = (labels: number[], score: number) => {
    const row = model.row(labels);
    found.push({ labels, score: score + row[0] });
    if (labels.length === most) return;
    for (let k = 1; k < row.length; k++) visit([...labels, k], score + row[k]);
  };
  visit([], 0);
  return found.sort((a, b) => b.score - a.score);
}

Deno.test("labelBeamSearch() without a limit is enumeration, and one of n finds no better", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 2, max: 4 }), fc.nat(4), (seed, K, most) => {
      const model = randomModel(seed, K), all = enumerated(model, most);
      const found = labelBeamSearch(model, { beamWidth: Infinity, maxLabels: most });
      assertEquals(found.map(({ labels }) => labels), all.map(({ labels }) => labels));
      found.forEach(({ score }, n) => assertAlmostEquals(score, all[n].score, 1e-12));
      for (const beamWidth of [1, 2, 3]) {
        const [best] = labelBeamSearch(model, { beamWidth, maxLabels: most });
        if (best !== undefined) assertEquals(best.score <= all[0].score + 1e-12, true);
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("labelBeamSearch() stops early only where nothing better can come", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 1, max: 3 }), (seed, beamWidth) => {
      const stopping = labelBeamSearch(randomModel(seed, 3), { beamWidth, maxLabels: 5 });
      // A bonus of next to nothing keeps it from stopping.
      const going = labelBeamSearch(randomModel(seed, 3), {
        ...{ beamWidth, maxLabels: 5, insertionBonus: 1e-300 },
      });
      assertEquals(stopping, going);
    }),
    { numRuns: 60 },
  );
});

Deno.test("the power of the length ranks by score over (labels + 1)^p", () => {
  const model = randomModel(11, 3), options = { beamWidth: Infinity, maxLabels: 3 };
  for (const lengthPower of [0.5, 1]) {
    const found = labelBeamSearch(model, { ...options, lengthPower });
    const expected = enumerated(model, 3).map(({ labels, score }) => ({
      labels,
      score,
      rank: score / (labels.length + 1) ** lengthPower,
    })).sort((a, b) => b.rank - a.rank);
    assertEquals(found.map(({ labels }) => labels), expected.map(({ labels }) => labels));
    found.forEach(({ rank }, n) => assertAlmostEquals(rank, expected[n].rank, 1e-12));
  }
});

Deno.test("a threshold keeps a hypothesis from ending before its end is likely enough", () => {
  const next: LabelModel["next"] = (_, said) =>
    matrix(
      said.length,
      2,
      said.flatMap((label) => [0.45 + 0.2 * label, 0.55 - 0.2 * label].map(Math.log)),
    );
  const best = (endThreshold?: number) =>
    labelBeamSearch({ labels: 2, next }, { beamWidth: 9, maxLabels: 9, endThreshold })[0].labels;
  assertEquals(best(), []);
  assertEquals(best(1), [1]); // log 0.45 < log 0.55, but log 0.65 > log 0.35
  assertEquals(best(1.5), []); // log 0.45 > 1.5 log 0.55
});

Deno.test("a language model and a bonus for every label are added to the score", () => {
  const lm = trainNgram([[1, 2], [1, 2, 1]], { labels: 3, order: 2 });
  const model = randomModel(5, 3), options = { beamWidth: Infinity, maxLabels: 2 };
  const plain = labelBeamSearch(model, options);
  const found = labelBeamSearch(model, { ...options, lm, lmWeight: 0.7, insertionBonus: 0.3 });
  for (const { labels, score } of found) {
    let state = lm.start(), sum = 0;
    for (const label of labels) {
      const step = lm.next(state, label);
      sum += step.logProb;
      state = step.state;
    }
    const alone = plain.find((other) => other.labels.join() === labels.join())!.score;
    assertAlmostEquals(score, alone + 0.7 * (sum + lm.end(state)) + 0.3 * labels.length, 1e-12);
  }
  assertEquals(found.length, plain.length);
  const usual = labelBeamSearch(model, { ...options, lm });
  assertEquals(usual, labelBeamSearch(model, { ...options, lm, lmWeight: 1, insertionBonus: 0 }));
});

Deno.test("what never ends gives nothing, and an option out of range is named", () => {
  const never: LabelModel = {
    labels: 2,
    next: (_, said) => matrix(said.length, 2, said.flatMap(() => [-Infinity, 0])),
  };
  assertEquals(labelBeamSearch(never, { maxLabels: 4 }), []);
  assertEquals(labelBeamSearch(never), []);
  const wrong = {
    beamWidth: [0, 1.5, NaN],
    maxLabels: [-1, 0.5, NaN, Infinity, 1e300],
    lengthPower: [-1, 11, NaN],
    endThreshold: [-1, 0, NaN, Infinity],
    lmWeight: [NaN, Infinity],
    insertionBonus: [NaN, Infinity],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      assertThrows(() => labelBeamSearch(never, { maxLabels: 1, [name]: value }), RangeError, name);
    }
  }
  assertThrows(
    () => labelBeamSearch(never, { maxLabels: 1, lm: trainNgram([[1]], { labels: 3, order: 1 }) }),
    RangeError,
    "must know K = 2 labels: it knows 3",
  );
});

Deno.test("a search refuses a model whose scores are no log-probabilities, or not those of its labels", () => {
  const search = (cols: number, value: number) => () =>
    labelBeamSearch({
      labels: 3,
      next: (_, said) => matrix(said.length, cols, Array(said.length * cols).fill(value)),
    }, { beamWidth: 2, maxLabels: 3 });
  assertThrows(search(3, NaN), RangeError, "after 0 labels that of label 0 is NaN");
  assertThrows(search(3, Infinity), RangeError, "must be below Infinity");
  assertThrows(search(2, -1), RangeError, "1 rows of K = 3 log-probabilities: it gives 1 of 2");
});

Deno.test("a bonus keeps a search going past an end that a longer labelling may still beat", () => {
  const ends = [0.8, 0.05, 0.95];
  let step = 0;
  const next: LabelModel["next"] = (_, said) => {
    const p = ends[step++];
    return matrix(said.length, 2, said.flatMap(() => [p, 1 - p].map(Math.log)));
  };
  const [best] = labelBeamSearch({ labels: 2, next }, { maxLabels: 2, insertionBonus: 1 });
  assertEquals(best.labels, [1, 1]);
  assertAlmostEquals(best.score, Math.log(0.2 * 0.95 * 0.95) + 2, 1e-12);
});
