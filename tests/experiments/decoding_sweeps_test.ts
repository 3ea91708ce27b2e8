import { assertEquals, assertMatch } from "@std/assert";
import {
  blankRateExperiment,
  runName,
  sweeps,
  Training,
  writeUpExperiment,
} from "lib/experiments/mod.ts";

for (const name of ["blank-rate"]) {
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

Deno.test("blank-rate: on the write-up's corpus it is the write-up's training, looked at more", () => {
  const { evaluations: _, name: __, ...ours } = blankRateExperiment("lstm", 3);
  const { evaluations: ___, name: ____, ...theirs } = writeUpExperiment("lstm", 3, { iters: 1000 });
  assertEquals(ours, theirs);
  const { corpus } = blankRateExperiment("blstm", 3, [8, 20]);
  assertEquals(corpus, { kind: "phonemes", framesPerPhone: [8, 20] });
});
