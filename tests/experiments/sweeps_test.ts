import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  depthCorpora,
  depthExperiment,
  depthModels,
  type Experiment,
  runName,
  scaleExperiment,
  scales,
  smallestScale,
  sweeps,
  Training,
  writeUpExperiment,
} from "lib/experiments/mod.ts";
import { parameterCount } from "lib/models/mod.ts";

/** Weights of an experiment's model for its own corpus. */
function weightsOf(experiment: Experiment): number {
  return parameterCount(new Training(experiment).model);
}

for (const name of ["scale", "depth"]) {
  const { experiments, seeds } = sweeps[name];

  Deno.test(`${name}: every experiment can be built, and has a name and a run of its own`, () => {
    const all = experiments([0, 1]);
    for (const experiment of all) new Training(experiment);
    assertEquals(new Set(all.map(runName)).size, all.length);
    assertEquals(new Set(all.map((experiment) => experiment.name)).size, all.length);
    for (const experiment of all) assertMatch(experiment.name, /^[a-z0-9-]+-seed[01]$/);
  });

  Deno.test(`${name}: a value of its own that JSON gives back, at five seeds`, () => {
    assertEquals(seeds, 5);
    const [experiment] = experiments([3]);
    assertEquals(JSON.parse(JSON.stringify(experiment)), experiment);
    assertEquals(experiment.seed, 3);
  });

  Deno.test(`${name}: optimizer and batch are the write-up's, tuned on no seed`, () => {
    const { optimizer, batch } = writeUpExperiment("blstm", 0);
    for (const experiment of experiments([0])) {
      assertEquals([experiment.optimizer, experiment.batch], [optimizer, batch]);
    }
  });
}

Deno.test("the networks of the depth comparison are within a tenth of the same size", () => {
  for (const corpus of Object.keys(depthCorpora) as (keyof typeof depthCorpora)[]) {
    const expected = weightsOf(depthExperiment("1 layer", corpus, 0));
    for (const name of Object.keys(depthModels) as (keyof typeof depthModels)[]) {
      const found = weightsOf(depthExperiment(name, corpus, 0));
      assert(Math.abs(found / expected - 1) < 0.1, `${corpus}, ${name}: ${found} of ${expected}`);
    }
  }
});

Deno.test("the smallest scale and the base of depth are one training", () => {
  const { name: _, ...one } = scaleExperiment("blstm", smallestScale, 1);
  const { name: __, ...other } = depthExperiment("1 layer", "base", 1);
  assertEquals(other, one);
});

Deno.test("a scale that stands in two lists is run once", () => {
  const listed = Object.values(scales).flat().length;
  assertEquals(sweeps.scale.experiments([0]).length, 2 * (listed - 2));
});

Deno.test("48 phonemes have twice as many iterations, in both sweeps that train on them", () => {
  const [fortyEight] = scales.phonemes.slice(-1);
  assertEquals(scaleExperiment("lstm", smallestScale, 0).iters, 2000);
  assertEquals(scaleExperiment("lstm", fortyEight, 0).iters, 4000);
  const { name: _, ...one } = scaleExperiment("blstm", fortyEight, 1);
  const { name: __, ...other } = depthExperiment("1 layer", "hardest", 1);
  assertEquals(other, one);
});
