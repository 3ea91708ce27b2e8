import { assertEquals } from "@std/assert";
import {
  type Experiment,
  type ModelOptions,
  systemOf,
  trainableSystems,
  withSystem,
  writeUpExperiment,
} from "lib/experiments/mod.ts";

const experiment = writeUpExperiment("blstm", 0, { hidden: 7 }) as Experiment & {
  readonly model: ModelOptions;
};

Deno.test("withSystem() gives every system the cells that are asked for, and its stated settings", () => {
  const attention = { kind: "location", width: 7, reach: 8 };
  assertEquals(
    trainableSystems.map((system) => withSystem(experiment, system, 7).criterion as unknown),
    [
      experiment.criterion,
      { kind: "transducer", prediction: { kind: "lstm", hidden: 7 }, joint: 7 },
      { kind: "attention", hidden: 7, attention },
      { kind: "attention", hidden: 7, attention, ctcWeight: 0.3 },
    ],
  );
});

Deno.test("withSystem() names the experiment after its system, and systemOf() tells which it is", () => {
  for (const system of trainableSystems) {
    const { name, criterion } = withSystem(experiment, system, 7);
    assertEquals(name, system === "ctc" ? experiment.name : `${experiment.name}-${system}`);
    assertEquals(systemOf(criterion), system);
  }
});

Deno.test("withSystem() asks no system without a posterior of frames for what needs one", () => {
  const [grid] = experiment.evaluations;
  const asks = { ...experiment, evaluations: [{ ...grid, blanks: true }] };
  assertEquals(withSystem(asks, "ctc", 7).evaluations, asks.evaluations);
  assertEquals(withSystem(asks, "hybrid", 7).evaluations, [grid]);
});
