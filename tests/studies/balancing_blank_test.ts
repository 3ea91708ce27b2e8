import { assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { type EvaluationRow, type Run, runName, storeOf, Training } from "lib/experiments/mod.ts";
import { matrix } from "lib/numeric/mod.ts";
import {
  claims,
  EVERY,
  experiment,
  gather,
  ITERS,
  learningCurve,
  measuresOf,
  type Method,
  methods,
  results,
  sweep,
  table15,
  table4,
} from "lib/studies/balancing_blank/mod.ts";
import runs from "../../results/blank-balance.json" with { type: "json" };
import timings from "../../results/separated-blank.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";
import { framewiseOf } from "lib/systems/mod.ts";

const names = Object.keys(methods) as Method[];

/** A run whose label error rate falls from 1 to `per` at step `solved`. */
function run(method: Method, seed: number, { solved = 200, per = 0.05, tse = 1 } = {}): Run {
  const row = (every: number, iter: number): EvaluationRow => {
    return { every, iter, nll: 1, per: iter < solved ? 1 : per, seqAcc: 0, infeasible: 0 };
  };
  const aligned = (tse: number): EvaluationRow => ({
    ...row(ITERS, ITERS),
    alignment: {
      frameCe: 1,
      blankPosterior: 0.4,
      tse,
      tseCenter: tse / 2,
      silenceRatio: 0.4,
      unaligned: 0,
    },
  } as EvaluationRow);
  return {
    experiment: experiment(method, seed),
    rows: [
      ...Array.from({ length: ITERS / EVERY }, (_, n) => row(EVERY, EVERY * (n + 1))),
      aligned(2 * tse),
      aligned(tse),
    ],
  };
}

Deno.test("balancing blank: every method at ten seeds, each buildable, under a name of its own", () => {
  assertEquals(sweep.seeds, 10);
  const all = sweep.entries([0, 1]).map(({ experiment }) => experiment);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * names.length);
  for (const { name } of all) assertMatch(name, /^blank-balance-[a-z0-9-]+-seed[01]$/);
});

Deno.test("balancing blank: methods differ in the criterion, or in how blank starts", () => {
  const { model: base, name: _, criterion: __, ...others } = experiment("baseline", 4);
  for (const method of names) {
    const { model, name: _, criterion: __, ...rest } = experiment(method, 4);
    assertEquals(rest, others);
    assertEquals({ ...base, ...model }, model);
  }
});

Deno.test("balancing blank: each control starts with the other's probability of blank", () => {
  const controls = [
    ["blank from 1/2", "separated blank"],
    ["separated, blank from 1/11", "baseline"],
  ] as const;
  for (const [control, like] of controls) {
    const [a, b] = [control, like].map((method) => {
      const training = new Training(experiment(method, 4));
      const { params, data } = training, { layer, criterion } = framewiseOf(training);
      const { "1.b": bias, ...weights } = params;
      const alone = criterion.output.logProbs(matrix(1, data.labels, bias.data));
      return { blank: Math.exp(alone.data[0]), weights, inputs: layer.inputs };
    });
    assertAlmostEquals(a.blank, b.blank, 1e-15);
    assertEquals(a.weights, b.weights);
  }
});

Deno.test("measuresOf() reads both alignments, and the first step at 10 %", () => {
  const one = run("separated blank", 3, { solved: 175 });
  assertEquals(learningCurve(one).at(-1), [600, 0.05]);
  assertEquals(measuresOf(one), {
    per: 5,
    tse: 2,
    tseAgainstBlank: 1,
    tseCenter: 0.5,
    silence: 40,
    solved: 175,
  });
  assertEquals(measuresOf(run("baseline", 3, { solved: 700 })).solved, Infinity);
});

Deno.test("gather() keeps methods apart and seeds in order", () => {
  const runs = sweep.entries([0, 1]).map(({ key }) => {
    const solved = key.method === "baseline" ? 100 * (key.seed + 1) : 300;
    return { key, run: run(key.method, key.seed, { solved }) };
  });
  const { measures, curves } = gather(runs);
  assertEquals(measures.baseline.solved, [100, 200]);
  assertEquals(measures["separated blank"].solved, [300, 300]);
  assertEquals(curves.baseline.length, 2);
});

Deno.test("balancing blank: the stored runs give the stated verdicts, and every row can fail", async () => {
  const store = storeOf({ "blank-balance": runs, "separated-blank": timings });
  assertEveryRowCanFail(claims, await results(store));
});

Deno.test("Tables 3, 4 and 15 are, figure by figure, what our copy of the paper prints", () => {
  const { "3 and 4": balance, "15": speed } = printed;
  assertEquals(table4, balance);
  assertEquals(table15, speed);
});

/** Copied by hand from the paper: Table 3, the rows of 10,000 subwords of Table 4, and Table 15. */
const printed = {
  "3 and 4": {
    "baseline": { tse: 68.2, tseCenter: 52.0, silence: 21.8, wer: 6.03 },
    "normalised, batch": { tse: 78.9, tseCenter: 66.7, silence: 22.7, wer: 5.87 },
    "normalised, batch, from 0.1": { tse: 154.7, tseCenter: 151.9, silence: 22.3, wer: 6.55 },
    "normalised, sequence": { tse: 70.7, tseCenter: 54.6, silence: 23.7, wer: 5.91 },
    "separated blank": { tse: 84.4, tseCenter: 75.4, silence: 26.6, wer: 6.02 },
    "separated, normalised": { tse: 72.9, tseCenter: 58.8, silence: 28.8, wer: 6.08 },
  },
  "15": {
    "Greedy decode only labels": 2.2,
    "Greedy decode with probs.": 3.0,
    "Framewise training": 6.5,
  },
};
