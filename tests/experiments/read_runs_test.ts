import { assertEquals, assertRejects } from "@std/assert";
import {
  type Experiment,
  MissingRunError,
  readRuns,
  readSweep,
  runName,
  type RunStore,
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

Deno.test("readSweep() reads every run of a sweep from its own folder, under its key", async () => {
  const sweep = {
    about: "a test",
    seeds: 3,
    entries: (seeds: readonly number[]) =>
      seeds.map((seed) => ({ key: { seed }, experiment: smallExperiment({ name: "wide", seed }) })),
  };
  const runs = await readSweep(storeOf(() => true), "wide", sweep);
  assertEquals(runs.map(({ key }) => key.seed), [0, 1, 2]);
  assertEquals(runs.map(({ run }) => run.experiment.seed), [0, 1, 2]);
  await assertRejects(
    () => readSweep(storeOf(({ seed }) => seed < 2), "wide", sweep),
    MissingRunError,
    "run `deno task sweep wide` first",
  );
  const shared = { ...sweep, file: "wide" };
  assertEquals((await readSweep(storeOf(() => true), "narrow", shared)).length, 3);
  await assertRejects(
    () => readSweep(storeOf(() => false), "narrow", shared),
    MissingRunError,
    "run `deno task sweep narrow` first",
  );
});
