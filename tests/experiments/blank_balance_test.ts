import { assertEquals, assertMatch } from "@std/assert";
import {
  blankBalanceExperiment,
  type BlankBalanceMethod,
  blankBalanceMethods,
  runName,
  sweeps,
  Training,
} from "lib/experiments/mod.ts";

const methods = Object.keys(blankBalanceMethods) as BlankBalanceMethod[];

Deno.test("blank-balance has every method at ten seeds, each buildable, under a name of its own", () => {
  const { experiments, seeds, keepsWeights } = sweeps["blank-balance"];
  assertEquals([seeds, keepsWeights], [10, true]);
  const all = experiments([0, 1]);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * methods.length);
  for (const { name } of all) assertMatch(name, /^blank-balance-[a-z0-9-]+-seed[01]$/);
});

Deno.test("the methods of blank-balance differ in the criterion, or in how blank starts", () => {
  const { blankBias } = blankBalanceMethods["blank from 1/2"];
  const control = new Training(blankBalanceExperiment("blank from 1/2", 4));
  const baseline = new Training(blankBalanceExperiment("baseline", 4));
  const { "1.b": start, ...weights } = control.params;
  assertEquals([...start.data], [blankBias, ...Array(10).fill(0)]);
  assertEquals({ ...baseline.params, "1.b": start }, { ...weights, "1.b": start });
  const rest = methods.filter((method) => method !== "blank from 1/2").map((method) => {
    const { name: _, criterion: __, ...rest } = blankBalanceExperiment(method, 4);
    return rest;
  });
  for (const other of rest) assertEquals(other, rest[0]);
});
