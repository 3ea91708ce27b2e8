// The worker pool and the store of runs. Workers read their modules and the store writes files:
//   deno test --allow-read --allow-write tests/system/experiments.ts
import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import {
  type EvaluationRow,
  type Experiment,
  finishedRun,
  firstDifference,
  type Outcome,
  plainTolerance,
  type Run,
  runName,
  runPool,
  runStore,
  runText,
  Training,
} from "lib/experiments/mod.ts";
import { decodeCheckpoint, encodeCheckpoint } from "lib/models/mod.ts";
import { useKernels } from "lib/numeric/kernels/mod.ts";
import { inFolder } from "../support/folders.ts";
import { smallExperiment } from "../support/experiments.ts";
import { wholeRun } from "../support/stored_runs.ts";

const experiments = [6, 3, 9, 4].map((iters, n) => smallExperiment({ iters, seed: n }));
const broken = smallExperiment({ model: { kind: "blstm", hidden: 0 } });

/** The same training with no worker. */
async function here(experiment: Experiment): Promise<Outcome> {
  const training = new Training(experiment);
  const rows = await Array.fromAsync(training.rows());
  const metadata = { experiment: JSON.stringify(experiment) };
  return {
    ok: true,
    run: finishedRun(experiment, rows),
    weights: encodeCheckpoint(training.params, metadata),
  };
}

Deno.test("runPool() gives the same bits with 1 worker, 2, 4, and none at all, in the order asked", async () => {
  const expected = await Promise.all(experiments.map(here));
  for (const workers of [1, 2, 4]) {
    assertEquals(await runPool(experiments, { workers }), expected);
  }
});

Deno.test("runPool() reports a training that fails, while the others finish", async () => {
  const outcomes = await runPool([experiments[0], broken, experiments[1]], { workers: 2 });
  assertEquals(outcomes.map((outcome) => outcome.ok), [true, false, true]);
  const [, failed] = outcomes;
  assert(!failed.ok);
  assertEquals(failed.experiment, broken);
  assertStringIncludes(failed.error, "hidden must be a whole number >= 1: current value is 0");
});

Deno.test("runPool() tells of every row and outcome, with the experiment's place in the list", async () => {
  const rows: EvaluationRow[][] = experiments.map(() => []);
  const told: (Outcome | undefined)[] = experiments.map(() => undefined);
  const outcomes = await runPool(experiments, {
    workers: 2,
    onRow: (n, row) => rows[n].push(row),
    onOutcome: (n, outcome) => {
      told[n] = outcome;
    },
  });
  assertEquals(told, outcomes);
  assertEquals(rows, outcomes.map((outcome) => outcome.ok ? [...outcome.run.rows] : []));
});

Deno.test("runPool() runs as many trainings at a time as there are workers", async () => {
  const order: number[] = [];
  await runPool(experiments, {
    workers: 1,
    onOutcome: (n) => {
      order.push(n);
    },
  });
  assertEquals(order, [0, 1, 2, 3]);
});

Deno.test("runPool() takes an outcome that cannot be kept for a failure: what is under way ends, nothing more begins", async () => {
  const told: number[] = [];
  const outcomes = await runPool([...experiments, ...experiments], {
    workers: 2,
    onOutcome: (n) => {
      told.push(n);
      if (told.length === 1) throw new Error("no room");
    },
  });
  assertEquals(told.sort(), [0, 1]);
  assertEquals(outcomes.length, 8);
  const failed = outcomes.filter((outcome) => !outcome.ok).map(({ error }) => error);
  assertEquals(
    failed.sort(),
    ["no room", ...Array(6).fill("not begun: no room")].sort(),
  );
  assertEquals(outcomes.filter((outcome) => outcome.ok).length, 1);
});

Deno.test("runPool() takes a listener to rows that throws for a failure of that training", async () => {
  const outcomes = await runPool(experiments.slice(0, 2), {
    workers: 1,
    onRow: (n) => {
      if (n === 0) throw new Error("nobody listens");
    },
  });
  assertEquals(outcomes.map((outcome) => outcome.ok || outcome.error), ["nobody listens", true]);
});

Deno.test("runPool() trains with the kernels in use here, and a run says so where they are plain", async () => {
  const before = useKernels("plain");
  let plain: Outcome[];
  try {
    plain = await runPool([experiments[0]], { workers: 1 });
    assertEquals(plain, [await here(experiments[0])]);
  } finally {
    useKernels(before);
  }
  const [simd] = await runPool([experiments[0]], { workers: 1 });
  assert(plain[0].ok && simd.ok);
  assertEquals(plain[0].run.madeBy, { kernels: "plain", versions: { ...Deno.version } });
  assertEquals(simd.run.madeBy, undefined);
  assertNotEquals(plain[0].weights, simd.weights);
  assertEquals(firstDifference(plain[0].run, simd.run, plainTolerance), undefined);
});

const run: Run = wholeRun(smallExperiment(), { nll: Infinity, infeasible: 3 });

/** A model of the run's experiment, with the weights of a training's first step. */
const modelOf = (experiment: Experiment) =>
  encodeCheckpoint(new Training(experiment).params, { experiment: JSON.stringify(experiment) });

for (
  const [what, place] of [["path", (f: string) => f], [
    "file URL",
    (f: string) => new URL(`file://${f}/`),
  ]] as const
) {
  Deno.test(`runStore() of a ${what} gives back the runs and weights written to it`, () =>
    inFolder(async (folder) => {
      const weights = modelOf(run.experiment);
      const store = runStore(place(`${folder}/deep/inside`));
      await store.write(run, weights);
      const again = runStore(place(`${folder}/deep/inside`));
      assertEquals(await again.read(run.experiment), run);
      assertEquals(await again.readWeights(run.experiment), weights);
    }));
}

Deno.test("runStore() has nothing for an experiment that never ran, nor for one with another seed", () =>
  inFolder(async (folder) => {
    const store = runStore(folder);
    assertEquals(await store.read(run.experiment), undefined);
    await store.write(run);
    assertEquals(await store.read({ ...run.experiment, seed: 99 }), undefined);
    assertEquals(await store.readWeights(run.experiment), undefined);
  }));

Deno.test("within() is the store in a folder of a store", () =>
  inFolder(async (folder) => {
    await runStore(folder).within("sweep").write(run);
    assertEquals(await runStore(`${folder}/sweep`).read(run.experiment), run);
    assertEquals(await runStore(folder).read(run.experiment), undefined);
  }));

Deno.test("runStore() writes files named after the experiment, whole, and leaves no others", () =>
  inFolder(async (folder) => {
    await runStore(folder).write(run, modelOf(run.experiment));
    await runStore(folder).write(run, modelOf(run.experiment));
    const name = runName(run.experiment);
    const files = await Array.fromAsync(Deno.readDir(folder), (entry) => entry.name);
    assertEquals(files.sort(), [`${name}.json`, `${name}.safetensors`]);
    assertEquals(await Deno.readTextFile(`${folder}/${name}.json`), runText(run));
  }));

Deno.test("a run goes from the pool through the store and back, its weights usable", () =>
  inFolder(async (folder) => {
    const store = runStore(folder);
    await runPool([experiments[1]], {
      workers: 1,
      onOutcome: (_, outcome) => {
        assert(outcome.ok);
        return store.write(outcome.run, outcome.weights);
      },
    });
    const [stored, weights] = [
      await store.read(experiments[1]),
      await store.readWeights(experiments[1]),
    ];
    assertEquals(stored?.rows.map((row) => row.iter), [1, 3]);
    const { params, metadata } = decodeCheckpoint(weights!);
    assertEquals(JSON.parse(metadata.experiment), experiments[1]);
    const again = new Training(experiments[1]);
    for (let n = 0; n < 3; n++) again.step();
    assertEquals(params, again.params);
  }));
