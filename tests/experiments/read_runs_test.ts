import { assertEquals, assertRejects } from "@std/assert";
import {
  type Experiment,
  MissingRunError,
  readRuns,
  readSweep,
  runName,
  type RunStore,
  sweeps,
} from "lib/experiments/mod.ts";
import { smallExperiment } from "../support/experiments.ts";

/** A store that has a run without rows for some experiments. */
function storeOf(has: (experiment: Experiment) => boolean): RunStore {
  return {
    read: (experiment) => Promise.resolve(has(experiment) ? { experiment, rows: [] } : undefined),
    readWeights: () => Promise.resolve(undefined),
    write: () => Promise.resolve(),
    document: () => Promise.reject(new Error("unused")),
    tryPlace: () => Promise.resolve(),
    fold: () => Promise.resolve(false),
    within: (name) => storeOf((experiment) => experiment.name.startsWith(name) && has(experiment)),
  };
}

Deno.test("readRuns() gives the runs in the order of the experiments", async () => {
  const experiments = [4, 2, 3].map((seed) => smallExperiment({ seed }));
  const runs = await readRuns(storeOf(() => true), experiments);
  assertEquals(runs.map(({ experiment }) => experiment.seed), [4, 2, 3]);
});

Deno.test("readRuns() names the first run that is missing, and what makes it", async () => {
  const [one, two] = [smallExperiment(), smallExperiment({ seed: 9 })];
  await assertRejects(
    () => readRuns(storeOf(({ seed }) => seed !== 9), [one, two]),
    MissingRunError,
    `the run ${runName(two)} is not in results/: run \`deno task reproduce\` first`,
  );
});

Deno.test("readSweep() reads every run of a sweep from the sweep's own folder", async () => {
  const runs = await readSweep(storeOf(() => true), "noisy-words");
  assertEquals(
    runs.map(({ experiment }) => experiment),
    sweeps["noisy-words"].experiments([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
  );
  await assertRejects(
    () => readSweep(storeOf(({ seed }) => seed < 3), "noisy-words"),
    MissingRunError,
    "run `deno task sweep noisy-words` first",
  );
  await assertRejects(() => readSweep(storeOf(() => true), "width"), RangeError, '"width"');
});
