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
import { amount } from "lib/training/measures/value_kinds.ts";
import { smallExperiment } from "../../support/experiments.ts";

const everything = {
  alignment: {},
  alignments: [{}],
  frames: { places: 2 },
  blanks: true,
  timing: { at: [{}, { blankShift: -1 }] },
  errors: { decoders: [{ kind: "greedy" }, { kind: "beam", width: 2 }] },
} as const;
const experiment = smallExperiment({
  evaluations: [{ every: 5, sequences: 7, stream: 1000003, ...everything }],
});
const data = { ...dataSet(experiment.corpus, experiment.seed), frameSeconds: 0.01 };
const system = buildSystem(experiment, data);

Deno.test("askedMeasures() has what a grid asks for, and not what it declines", () => {
  assertEquals(askedMeasures({}), []);
  assertEquals(askedMeasures({ blanks: false, frames: {} }), ["frames"]);
  assertEquals(askedMeasures(everything), [...measureNames]);
});

Deno.test("every measure finds what its form of a row holds, under its own name", () => {
  const training = new Training(experiment, { data });
  const { per: _, seqAcc: __, ...found } = training.evaluate(experiment.evaluations[0]);
  assertEquals(Object.keys(found), [...measureNames]);
  for (const name of measureNames) {
    assertEquals(measureRowForms[name].holds(found[name]), true, name);
    const more = (value: object) => ({ ...value, more: 1 });
    const longer = Array.isArray(found[name]) ? found[name].map(more) : more(found[name]!);
    assertEquals(measureRowForms[name].holds(longer), false, name);
    assertEquals(measureRowForms[name].holds({}), false, name);
  }
});

Deno.test("measured() measures what is asked for alone", () => {
  const recognised = { labels: [], targets: [] };
  assertEquals(measured({}, [], { system, params: {}, data, recognised }), {});
});

Deno.test("a measure that cannot be made is refused by its name, before anything runs", () => {
  for (const name of measureNames) {
    const grid = { [name]: everything[name] };
    requireMeasurable(grid, { system, data });
    const needs = name === "errors" ? '"errors" with a beam' : `"${name}"`;
    assertThrows(
      () => requireMeasurable(grid, { system: { ...system, posterior: undefined }, data }),
      RangeError,
      `Cannot measure ${needs} as the system must have posterior()`,
    );
    if (name === "errors") continue;
    assertThrows(
      () => requireMeasurable(grid, { system, data: { ...data, knows: [] } }),
      RangeError,
      `Cannot measure "${name}" as the data set must have a reference alignment`,
    );
    if (name === "timing") continue;
    assertThrows(
      () => requireMeasurable(grid, { system: { ...system, frames: (T) => T >> 1 }, data }),
      RangeError,
      `Cannot measure "${name}" as the model must have an output for every frame: it has 500`,
    );
  }
  requireMeasurable({}, { system: { ...system, posterior: undefined }, data });
  requireMeasurable({ errors: {} }, { system: { ...system, frames: (T) => T >> 1 }, data });
});

Deno.test("an amount is any number that a measure may find: NaN of nothing, and no log of zero", () => {
  const values = [0, -1.5, NaN, Infinity, -Infinity, "1", undefined];
  assertEquals(values.map(amount.holds), [true, true, true, true, false, false, false]);
});
