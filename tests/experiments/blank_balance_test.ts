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

Deno.test("blank-balance has every method at five seeds, each buildable, under a name of its own", () => {
  const { experiments, seeds, keepsWeights } = sweeps["blank-balance"];
  assertEquals([seeds, keepsWeights], [5, true]);
  const all = experiments([0, 1]);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * methods.length);
  for (const { name } of all) assertMatch(name, /^blank-balance-[a-z0-9-]+-seed[01]$/);
});

Deno.test("the methods of blank-balance differ in the criterion and nothing else", () => {
  const rest = methods.map((method) => {
    const { name: _, criterion: __, ...rest } = blankBalanceExperiment(method, 4);
    return rest;
  });
  for (const other of rest) assertEquals(other, rest[0]);
});
