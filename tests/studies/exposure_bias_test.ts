import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { runName, Training } from "lib/experiments/mod.ts";
import { labelErrorRate } from "lib/metrics/mod.ts";
import { RandomState, sequenceAt, sequences } from "lib/numeric/mod.ts";
import {
  beginnings,
  claims,
  dictation,
  errorAfter,
  experiment,
  figures,
  learnedAt,
  type Results,
  sweep,
} from "lib/studies/exposure_bias/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("exposure bias: every share at five seeds, each buildable, under a name of its own", () => {
  assertEquals(sweep.seeds, 5);
  const all = sweep.entries([0, 1]).map(({ experiment }) => experiment);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * 3);
});

Deno.test("dictation() forces a search through its labels, whatever the model would have said", () => {
  const { system, params, data } = new Training(experiment(0, 0));
  const { x } = data.test.batch(new RandomState(1), 4);
  for (const prefix of [[1], [6, 6], [2, 5, 1]]) {
    const lm = dictation(prefix, data.labels);
    for (let b = 0; b < 4; b++) {
      const one = sequences([sequenceAt(x, b)]);
      const [{ labels }] = system.decode(params, one, { beamWidth: 1, lm }).sequences;
      assertEquals(labels.slice(0, prefix.length), prefix);
    }
  }
});

Deno.test("errorAfter() with nothing dictated is the error of greedy decoding", () => {
  const model = new Training(experiment(0, 0)), { system, params, data } = model;
  for (let n = 0; n < 20; n++) model.step();
  const batch = data.test.batch(new RandomState(2), 6);
  const { sequences: found } = system.decode(params, batch.x);
  const greedy = labelErrorRate(found.map(({ labels }) => labels), batch.targets);
  assertAlmostEquals(errorAfter(model, batch, batch.targets.map(() => [])), greedy, 1e-12);
});

Deno.test("beginnings() differ in the last label alone, which is any other and never blank", () => {
  const { batch, right, wrong } = beginnings(new Training(experiment(0, 0)));
  const seen = new Set<number>();
  right.forEach((labels, b) => {
    assertEquals(labels, batch.targets[b].slice(0, 2));
    assertEquals(wrong[b][0], labels[0]);
    assert(wrong[b][1] !== labels[1] && wrong[b][1] >= 1 && wrong[b][1] <= 6);
    seen.add((wrong[b][1] - labels[1] + 6) % 6);
  });
  assertEquals(seen.size, 5);
});

const curve = (...rates: readonly number[]) => rates.map((per, n) => ({ iter: 100 * n, per }));

Deno.test("learnedAt() is the first evaluation after which the limit is never passed again", () => {
  const of = (...rates: number[]) => learnedAt({ curves: [curve(...rates)] })[0];
  assertEquals(of(0.9, 0.1, 0.3, 0.19, 0.1), 300);
  assertEquals(of(0.9, 0.1, 0.2), Infinity);
  assertEquals(of(0.1), 0);
});

const of = (mistake: number, ...rates: number[]) => ({
  curves: [curve(...rates), curve(...rates)],
  afterTruth: [0.06, 0.05],
  afterMistake: [0.06 + mistake, 0.051 + mistake],
});
const held: Results = [
  of(0.1, 0.9, 0.1, 0.1, 0.1),
  of(0.05, 0.9, 0.1, 0.1, 0.1),
  of(0.001, 0.9, 0.1, 0.1, 0.1),
];

Deno.test("exposure bias: every row can fail, and the verdicts are those stated where all holds", () => {
  assertEveryRowCanFail(claims, held);
});

Deno.test("exposure bias: the figures are drawn of any results", () => {
  for (const draw of Object.values(figures)) assertEquals(draw(held).tagName, "svg");
});
