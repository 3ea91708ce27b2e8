import { assertAlmostEquals, assertEquals, assertMatch, assertThrows } from "@std/assert";
import {
  blankBalanceExperiment,
  blankBalanceFigures,
  type BlankBalanceMethod,
  blankBalanceMethods,
  byMethod,
  learningCurve,
  pairedDifference,
  runName,
  sweeps,
  Training,
} from "lib/experiments/mod.ts";
import { matrix } from "lib/numeric/mod.ts";
import { balanceRun } from "../support/balance_runs.ts";

const methods = Object.keys(blankBalanceMethods) as BlankBalanceMethod[];
const controls = [
  ["blank from 1/2", "separated blank"],
  ["separated, blank from 1/11", "baseline"],
] as const;

Deno.test("blank-balance has every method at ten seeds, each buildable, under a name of its own", () => {
  const { experiments, seeds, keepsWeights } = sweeps["blank-balance"];
  assertEquals([seeds, keepsWeights], [10, true]);
  const all = experiments([0, 1]);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * methods.length);
  for (const { name } of all) assertMatch(name, /^blank-balance-[a-z0-9-]+-seed[01]$/);
});

Deno.test("the methods of blank-balance differ in the criterion, or in how blank starts", () => {
  for (const method of methods) {
    const { model, name: _, criterion: __, ...rest } = blankBalanceExperiment(method, 4);
    const { model: base, name: ___, criterion: ____, ...others } = blankBalanceExperiment(
      "baseline",
      4,
    );
    assertEquals(rest, others);
    assertEquals({ ...base, ...model }, model);
  }
});

Deno.test("the controls of blank-balance start with the other's probability of blank", () => {
  for (const [control, like] of controls) {
    const [a, b] = [control, like].map((method) => {
      const { model, params, corpus, criterion } = new Training(blankBalanceExperiment(method, 4));
      const { "1.b": bias, ...weights } = params;
      const alone = criterion.output.logProbs(matrix(1, corpus.labels, bias.data));
      return { blank: Math.exp(alone.data[0]), weights, inputs: model.inputs };
    });
    assertAlmostEquals(a.blank, b.blank, 1e-15);
    assertEquals(a.weights, b.weights);
  }
});

Deno.test("blankBalanceFigures() reads both alignments, and the first step at 10 %", () => {
  const [run] = byMethod([balanceRun("separated blank", 3, 175)])[0].runs;
  assertEquals(learningCurve(run).at(-1), [600, 0.05]);
  assertEquals(blankBalanceFigures(run), {
    ler: 5,
    tse: 2,
    against: 1,
    centre: 0.5,
    silence: 40,
    solved: 175,
  });
  assertEquals(blankBalanceFigures(balanceRun("baseline", 3, 700)).solved, NaN);
});

Deno.test("pairedDifference() is the mean over seeds, with its standard error", () => {
  const { mean, error, distinct } = pairedDifference([1, 2, 3, 4], [1, 1, 1, 1]);
  assertEquals([mean, distinct], [1.5, true]);
  assertAlmostEquals(error, Math.sqrt(5 / 3) / 2, 1e-15);
  assertEquals(pairedDifference([1, -1], [0, 0]).distinct, false);
  assertThrows(() => pairedDifference([1, 2], [1]), RangeError, "2 and 1");
  assertThrows(() => pairedDifference([1], [1]), RangeError, "at least 2");
});
