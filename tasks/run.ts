/**
 * Runs experiments from a file, stores them, and prints their rows.
 *
 * @module
 */
import {
  checkpointsIn,
  type EvaluationRow,
  type Experiment,
  requireExperiment,
  requireMemory,
  type Run,
  runName,
  runStore,
} from "lib/experiments/mod.ts";
import { flag, integer, mostWorkers, parseOptions, positionals, text, UsageError } from "./args.ts";
import { readBrought, textOf } from "./brought.ts";
import { checkpointEvery, keptIn } from "./checkpoints.ts";
import { folderOptions, requireFolders } from "./folders.ts";
import { kernelsOption, useKernelsOption } from "./kernels_option.ts";
import { makeCorpora } from "./make_corpora.ts";
import { print } from "./print.ts";
import { reasonOf, runTask } from "./run_task.ts";
import { exitCodeOf, trainAll } from "./train_all.ts";
import { unlessMissing } from "lib/write_whole.ts";

const {
  out,
  again,
  workers,
  checkpointEvery: every,
  kernels,
  file: given,
  ...folders
} = parseOptions(
  "run",
  "Trains the experiment of a JSON file, or a list of them, stores every run and prints its rows.",
  {
    out: text({
      default: "results/mine",
      placeholder: "FOLDER",
      help: "store the runs and their weights there; one that is there is read, not trained",
    }),
    again: flag({ help: "train also what is stored, and store it anew" }),
    workers: integer({
      default: navigator.hardwareConcurrency,
      min: 1,
      max: mostWorkers,
      help: "trainings at a time; fewer trainings share them for the pieces of their batches",
    }),
    checkpointEvery,
    ...folderOptions,
    kernels: kernelsOption,
    file: positionals({ placeholder: "FILE", help: "JSON: an experiment or a list of them" }),
  },
);

await runTask("run", async () => {
  if (given.length !== 1) {
    throw new UsageError(`found ${given.length} files: expected one, with an experiment as JSON`);
  }
  const expected = "JSON of an experiment, or a list of them";
  const experiments = readBrought(undefined, given[0], expected, readExperiments);
  useKernelsOption(kernels);
  const store = runStore(out);
  const runs: (Run | undefined)[] = again
    ? []
    : await Promise.all(experiments.map((experiment) => store.read(experiment)));
  const left = experiments.flatMap((experiment, n) => runs[n] ? [] : [{ experiment, n }]);
  requireFolders(folders, left.map(({ experiment }) => experiment.corpus.kind));
  if (left.length > 0) await requirePlace(() => store.tryPlace());
  for (const [n, experiment] of experiments.entries()) {
    if (runs[n]) await checkpointsIn(out).remove(experiment); // killed between run and removal
  }

  await makeCorpora(left.map(({ experiment }) => experiment), { task: "run", workers });
  const outcomes = await trainAll(left.map(({ experiment }) => experiment), {
    task: "run",
    overall: given[0],
    advice: keptIn(out, every),
    workers,
    checkpoints: { folder: out, every },
    folders,
    onFinished: (_, { run, weights }) => store.write(run, weights),
  });
  outcomes.forEach((outcome, n) => {
    if (outcome.ok) runs[left[n].n] = outcome.run;
  });
  const failed = outcomes.filter((outcome) => !outcome.ok);
  const trained = new Set(left.map(({ n }) => n));
  for (const [n, experiment] of experiments.entries()) {
    const run = runs[n];
    if (run === undefined) continue;
    const file = `${out}/${runName(experiment)}.json`;
    const isThere = await unlessMissing(Deno.stat(file)) !== undefined;
    const how = trained.has(n)
      ? `stored in ${file}`
      : isThere
      ? `read from ${file}`
      : `read from a run in ${out} that means the same`;
    print(`${experiment.name}: ${how}\n`);
    print(`${rowsTable(run.rows)}\n`);
  }
  for (const { experiment, error } of failed) {
    console.error(`run: ${experiment.name} failed: ${error}`);
  }
  return failed.length > 0 ? exitCodeOf(failed) : 0;
});

/** @throws {SyntaxError | TypeError | RangeError} Saying which experiment is wrong, and where. */
function readExperiments(bytes: Uint8Array): Experiment[] {
  const value: unknown = JSON.parse(textOf(bytes));
  if (!Array.isArray(value)) return [requireOne(value)];
  if (value.length === 0) throw new RangeError("the list is empty");
  return value.map((one, n) => {
    try {
      return requireOne(one);
    } catch (error) {
      throw new RangeError(`experiment ${n + 1} of ${value.length}: ${reasonOf(error)}`);
    }
  });
}

function requireOne(value: unknown): Experiment {
  requireExperiment(value);
  requireMemory(value);
  if (!/^[\w.-]+$/.test(value.name) || value.name.startsWith(".")) {
    throw new RangeError(
      `name must be letters, digits, "_", "-" and ".", as it names a file: ` +
        `current value is ${JSON.stringify(value.name)}`,
    );
  }
  return value;
}

async function requirePlace(tryPlace: () => Promise<void>): Promise<void> {
  try {
    await tryPlace();
  } catch (error) {
    throw new UsageError(
      `--out cannot be ${JSON.stringify(out)}: expected a folder that can be written ` +
        `(${reasonOf(error)})`,
    );
  }
}

function rowsTable(rows: readonly EvaluationRow[]): string {
  const head = "  iter   every       nll     PER  sequence accuracy  targets that did not fit";
  const lines = rows.map(({ iter, every, nll, per, seqAcc, infeasible }) =>
    `${String(iter).padStart(6)} ${String(every).padStart(7)} ${nll.toFixed(4).padStart(9)} ` +
    `${per.toFixed(3).padStart(7)}  ${seqAcc.toFixed(3).padStart(17)}  ` +
    `${String(infeasible).padStart(24)}`
  );
  return [head, ...lines].join("\n");
}
