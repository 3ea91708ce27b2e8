import { assertEquals, assertThrows } from "@std/assert";
import { dataSet } from "lib/corpora/mod.ts";
import {
  askedMeasures,
  buildSystem,
  measured,
  measureNames,
  measureRowForms,
  requireMeasurable,
  Training,
} from "lib/training/mod.ts";
import { smallExperiment } from "../../support/experiments.ts";

const everything = { alignment: {}, frames: { places: 2 }, blanks: true };
const experiment = smallExperiment({
  evaluations: [{ every: 5, sequences: 7, stream: 1000003, ...everything }],
});
const data = dataSet(experiment.corpus, experiment.seed);
const system = buildSystem(experiment, data);

Deno.test("askedMeasures() has what a grid asks for, and not what it declines", () => {
  assertEquals(askedMeasures({}), []);
  assertEquals(askedMeasures({ blanks: false, frames: {} }), ["frames"]);
  assertEquals(askedMeasures(everything), [...measureNames]);
});

Deno.test("every measure finds what its form of a row holds, under its own name", () => {
  const training = new Training(experiment);
  const { per: _, seqAcc: __, ...found } = training.evaluate(experiment.evaluations[0]);
  assertEquals(Object.keys(found), [...measureNames]);
  for (const name of measureNames) {
    assertEquals(measureRowForms[name].holds(found[name]), true, name);
    assertEquals(measureRowForms[name].holds({ ...found[name], more: 1 }), false, name);
    assertEquals(measureRowForms[name].holds({}), false, name);
  }
});

Deno.test("measured() measures what is asked for alone", () => {
  assertEquals(measured({}, [], { system, data }), {});
});

Deno.test("a measure that cannot be made is refused by its name, before anything runs", () => {
  for (const name of measureNames) {
    const grid = { [name]: everything[name] };
    requireMeasurable(grid, { system, data });
    assertThrows(
      () => requireMeasurable(grid, { system, data: { ...data, knows: [] } }),
      RangeError,
      `Cannot measure "${name}" as the data set must have a reference alignment`,
    );
    assertThrows(
      () => requireMeasurable(grid, { system: { ...system, posterior: undefined }, data }),
      RangeError,
      `Cannot measure "${name}" as the system must have posterior()`,
    );
    assertThrows(
      () => requireMeasurable(grid, { system: { ...system, frames: (T) => T >> 1 }, data }),
      RangeError,
      `Cannot measure "${name}" as the model must have an output for every frame: it has 500`,
    );
  }
  requireMeasurable({}, { system: { ...system, posterior: undefined }, data });
});
