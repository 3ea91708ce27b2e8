// One training by several workers, which read their modules:
//   deno test --allow-read --allow-run tests/system/team.ts
import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { type Experiment, runPool, train } from "lib/experiments/mod.ts";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { useKernels } from "lib/numeric/kernels/mod.ts";
import { DivergedError, Team, Training } from "lib/training/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { deno, root } from "../support/tasks.ts";

/** Rows and weights of a training. */
async function outcomeOf(experiment: Experiment, workers: number) {
  const training = new Training(experiment);
  const rows = await Array.fromAsync(training.rows({ workers }));
  return { rows, weights: encodeCheckpoint(training.params) };
}

/** Phones of one frame, so that halving time leaves too few for some of the targets. */
const crowded = {
  kind: "phonemes",
  framesPerPhone: [1, 2],
  framesPerSilence: [1, 3],
  phonemes: 2,
} as const;
const pyramid = {
  kind: "pyramid",
  layers: [{ kind: "bidirectional", of: { kind: "lstm", hidden: 3 } }, { kind: "linear" }],
} as const;
const dropout = {
  kind: "layers",
  layers: [{ kind: "lstm", hidden: 3 }, { kind: "dropout", rate: 0.4 }, { kind: "linear" }],
} as const;

const changes = fc.record({
  seed: fc.integer({ min: 0, max: 1000 }),
  batch: fc.integer({ min: 3, max: 9 }),
  pieces: fc.integer({ min: 2, max: 5 }),
  precision: fc.constantFrom("double", "single"),
  criterion: fc.constantFrom<Experiment["criterion"]>(
    { kind: "ctc" },
    { kind: "ctc", labelSmoothing: 0.1 },
    { kind: "full-sum", topology: "hmm", prior: { kind: "static", priorScale: 0.3 } },
    { kind: "full-sum", normalizedGradient: { over: "sequence" } },
  ),
  model: fc.constantFrom<Experiment["model"]>(dropout, pyramid),
});

Deno.test("a training gives the same bits with 1 worker, 2, 3 and 4, whatever it trains", async () => {
  let infeasible = 0;
  await fc.assert(
    fc.asyncProperty(changes, async ({ pieces, batch, ...change }) => {
      const experiment = smallExperiment({
        iters: 4,
        corpus: crowded,
        evaluations: [{ every: 3, sequences: 11, stream: 1, blanks: change.model === dropout }],
        ...change,
        batch,
        pieces: Math.min(pieces, batch),
      });
      const alone = await outcomeOf(experiment, 1);
      infeasible += alone.rows.at(-1)!.infeasible;
      for (const workers of [2, 3, 4]) assertEquals(await outcomeOf(experiment, workers), alone);
    }),
    { numRuns: 5, seed: 12, endOnFailure: true },
  );
  assert(infeasible > 0);
});

Deno.test("a checkpoint between the steps of several workers goes on to the same bits, by any number", async () => {
  const experiment = smallExperiment({ iters: 7, batch: 5, pieces: 3, model: dropout });
  const alone = await outcomeOf(experiment, 1);
  for (const [before, after] of [[2, 1], [1, 3], [3, 2]]) {
    const training = new Training(experiment);
    const control = new AbortController();
    const onStep = () => {
      if (training.iter === 4) control.abort();
      return Promise.resolve();
    };
    const options = { workers: before, signal: control.signal, onStep };
    await Array.fromAsync(training.rows(options));
    assertEquals(training.iter, 4);
    const later = Training.resume(training.checkpoint());
    await Array.fromAsync(later.rows({ workers: after }));
    assertEquals(later.rowsSoFar, alone.rows);
    assertEquals(encodeCheckpoint(later.params), alone.weights);
    // What was drawn ahead is not lost to the training itself either.
    await Array.fromAsync(training.rows({ workers: after }));
    assertEquals(encodeCheckpoint(training.params), alone.weights);
  }
});

Deno.test("64 workers for 64 pieces give the bits of one", async () => {
  const evaluations = [{ every: 2, sequences: 3, stream: 1 }];
  const experiment = smallExperiment({ iters: 2, batch: 64, pieces: 64, evaluations });
  assertEquals(await outcomeOf(experiment, 64), await outcomeOf(experiment, 1));
});

Deno.test("a training of pieces computes with the kernels in use here, by workers too", async () => {
  const experiment = smallExperiment({ iters: 3, pieces: 2 });
  const before = useKernels("plain");
  try {
    assertEquals(await outcomeOf(experiment, 2), await outcomeOf(experiment, 1));
  } finally {
    useKernels(before);
  }
});

Deno.test("runPool() gives what workers it has over to the pieces of its trainings: the same bits", async () => {
  const experiment = smallExperiment({ pieces: 3 });
  const one = await runPool([experiment], { workers: 1 });
  assert(one[0].ok);
  assertEquals(await runPool([experiment], { workers: 3 }), one);
  const both = await runPool([experiment, experiment], { workers: 4 });
  assertEquals(both, [one[0], one[0]]);
});

Deno.test("a team has a worker for every piece at most, and must have one", async () => {
  const training = new Training(smallExperiment({ pieces: 2 }));
  using team = await Team.start(training, 5);
  assertEquals(team.size, 2);
  await assertRejects(() => Team.start(training, 0), RangeError, "workers must be a whole number");
});

Deno.test("a training that diverges says the same from within its workers", async () => {
  const messageOf = async (workers: number) => {
    const training = new Training(smallExperiment({ pieces: 3 }));
    training.params["1.b"].data[2] = NaN;
    const error = await assertRejects(
      () => Array.fromAsync(training.rows({ workers })),
      DivergedError,
      "The training diverged at step 1: an output is not finite; lower lr or clip",
    );
    return [error.message, (error as DivergedError).step];
  };
  assertEquals(await messageOf(2), await messageOf(1));
});

/** Trains while the n-th worker that is started, from 0, runs another module; tells who was ended. */
async function withWorker(
  n: number,
  module: string,
  test: () => Promise<void>,
): Promise<{ started: number; ended: number }> {
  const Original = globalThis.Worker;
  let started = 0;
  const ended = new Set<Worker>();
  globalThis.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, started++ === n ? { ...options, name: module } : options);
    }
    override terminate(): void {
      ended.add(this);
      super.terminate();
    }
  };
  try {
    await test();
  } finally {
    globalThis.Worker = Original;
  }
  return { started, ended: ended.size };
}

for (
  const [how, at, says] of [
    ["close", 1, "the worker closed itself"],
    ["close", 2, "the worker closed itself"],
    ["exit", 3, "the worker ended itself with exit code 7"],
    ["throw", 4, "a fault of its own"],
    ["exit", 5, "the worker ended itself with exit code 7"],
  ] as const
) {
  Deno.test(`a worker that dies by ${how} at its request ${at} ends the training, and the others`, async () => {
    const module = new URL(
      `../fixtures/workers/dying_team.ts?how=${how}&at=${at}`,
      import.meta.url,
    );
    const experiment = smallExperiment({ batch: 4, pieces: 4, iters: 1e4 });
    const found = await withWorker(1, module.href, async () => {
      await assertRejects(
        () => Array.fromAsync(train(experiment, { workers: 3 })),
        Error,
        `Cannot go on training as a worker has ended: `,
      ).then(({ message }) => assert(message.includes(says), message));
    });
    assertEquals(found, { started: 3, ended: 3 });
  });
}

Deno.test("a training whose worker does not begin says so, and leaves no other", async () => {
  const broken = new URL("../fixtures/workers/broken.ts", import.meta.url);
  const found = await withWorker(0, broken.href, async () => {
    const rows = train(smallExperiment({ pieces: 2 }), { workers: 2 });
    await assertRejects(() => rows.next(), Error, "no way to begin");
  });
  assertEquals(found, { started: 2, ended: 2 });
});

Deno.test("a training that is done, broken off, stopped or wild leaves no worker: the process ends", async () => {
  const script = "tests/fixtures/workers/teams_end.ts";
  const { code, out, err } = await deno(["run", "--no-check", "--allow-read", script], root);
  assertEquals([code, err], [0, ""]);
  const lines = out.trimEnd().split("\n");
  assertEquals(lines.filter((line) => !line.startsWith("The training diverged")), [
    "done",
    "broken off",
    "stopped after 1 and 5",
    "stopped",
  ]);
  assertEquals(lines.length, 6);
});
