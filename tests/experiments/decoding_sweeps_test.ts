import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  decodingContrast,
  decodingContrasts,
  decodingExperiment,
  developmentSeeds,
  fusionSeeds,
  runName,
  sweeps,
  Training,
  writeUpExperiment,
} from "lib/experiments/mod.ts";

for (const name of ["decoding"]) {
  const { experiments, seeds } = sweeps[name];

  Deno.test(`${name}: every experiment can be built, and has a name and a run of its own`, () => {
    const all = experiments([0, 1]);
    for (const experiment of all) new Training(experiment);
    assertEquals(new Set(all.map(runName)).size, all.length);
    assertEquals(new Set(all.map((experiment) => experiment.name)).size, all.length);
    for (const experiment of all) assertMatch(experiment.name, /^[a-z0-9.-]+-seed\d+$/);
    assertEquals(seeds, 5);
  });

  Deno.test(`${name}: optimizer and batch are the write-up's`, () => {
    const { optimizer, batch } = writeUpExperiment("blstm", 0);
    for (const experiment of experiments([0])) {
      assertEquals([experiment.optimizer, experiment.batch], [optimizer, batch]);
    }
  });
}

Deno.test("decoding: nothing is reported of a seed that something was chosen on", () => {
  const { seeds, experiments, keepsWeights } = sweeps.decoding;
  assert(developmentSeeds.every((seed) => seed >= seeds));
  const all = experiments([0, 1, 2, 3, 4]);
  assertEquals(all.slice(0, 5), [0, 1, 2, 3, 4].map((seed) => decodingExperiment(seed)));
  assertEquals(keepsWeights, true);
  assert(fusionSeeds.every((seed) => seed >= 10) && decodingContrasts.includes(decodingContrast));
});
