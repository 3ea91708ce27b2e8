/**
 * Reproduces the headline of the write-up: ten trainings, both tables, the figures.
 *
 * @module
 */
import {
  type Experiment,
  keepRun,
  type Kept,
  markdownTable,
  type Outcome,
  plainTolerance,
  type Run,
  runName,
  runStore,
} from "lib/experiments/mod.ts";
import { gather } from "lib/studies/write_up/results.ts";
import { headlineExperiment, ITERS, kinds, sweep } from "lib/studies/write_up/sweep.ts";
import { headlineTable, perTable } from "lib/studies/write_up/tables.ts";
import { WriteError } from "lib/write_whole.ts";
import { integer, integers, mostWorkers, parseOptions, seedRange } from "./args.ts";
import { kernelsOption, useKernelsOption } from "./kernels_option.ts";
import { print } from "./print.ts";
import { runTask } from "./run_task.ts";
import { trainAll } from "./train_all.ts";

const SEEDS = [0, 1, 2, 3, 4];
/** The figures that the write-up has too; the longest work first. */
const FIGURES = [
  "ctc-alignment.gif",
  "corpus-signatures.png",
  "corpus-sample.png",
  "training-curves.png",
  "ctc-alignment.png",
  "weight-matrices.png",
  "gradcheck.png",
];

const { seeds, iters, workers, kernels } = parseOptions(
  "reproduce",
  "Trains BLSTM and LSTM at every seed, prints the write-up's tables beside ours, draws the figures.",
  {
    seeds: integers({ default: SEEDS, ...seedRange, help: "seeds to train at" }),
    iters: integer({ default: ITERS, min: 1, unit: "steps", help: "number of steps" }),
    workers: integer({
      default: navigator.hardwareConcurrency,
      min: 1,
      max: mostWorkers,
      help: "trainings at a time",
    }),
    kernels: kernelsOption,
  },
);
const keys = kinds.flatMap((kind) => seeds.map((seed) => ({ kind, seed })));
const experiments = keys.map(({ kind, seed }) => headlineExperiment(kind, seed, iters));

const store = runStore("results").within("write-up");
const comparisons: string[] = [];
const problems: string[] = [];

await runTask("reproduce", async () => {
  useKernelsOption(kernels);
  // Before the trainings, not after: can what they give be written at all?
  await store.tryPlace();
  // Figures take a second to load: not for --help, nor where none are drawn.
  const figures = isHeadline(experiments) ? await import("./figures.ts") : undefined;
  await figures?.tryFigures();
  const outcomes = await trainAll(experiments, {
    task: "reproduce",
    overall: "all trainings",
    advice: () => "what is finished is in results/, and is compared when you start again",
    workers,
    onFinished: async (n, outcome) => {
      comparisons[n] = await keep(outcome);
    },
  });

  const runs = outcomes.filter((outcome) => outcome.ok).map((outcome) => outcome.run);
  const failures = outcomes.filter((outcome) => !outcome.ok);
  for (const problem of problems) console.error(`reproduce: ${problem}`);
  if (failures.length === 0) printTables(runs);
  print("Against the runs in results/:\n");
  experiments.forEach((experiment, n) => {
    print(`- ${experiment.name}: ${comparisons[n] ?? "failed"}`);
  });
  for (const { experiment, error } of failures) {
    console.error(`reproduce: ${experiment.name} failed: ${error}`);
  }
  let complete = true;
  if (failures.length === 0 && isHeadline(experiments)) {
    await store.fold(sweep.entries(SEEDS));
  }
  if (figures !== undefined && failures.length === 0) {
    print("\nFigures:\n");
    complete = await figures.writeFigures(FIGURES);
  }
  const short = comparisons.some((text) => /^(DIFFERS|NOT WRITTEN)/.test(text));
  return failures.length > 0 || short || !complete ? 1 : 0;
});

/** Keeps a finished run, and says how it compares with the one that is there. */
async function keep(outcome: Outcome & { ok: true }): Promise<string> {
  try {
    const kept = await keepRun(store, outcome);
    problems.push(...kept.setAside);
    return comparison(outcome.run, kept);
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    problems.push(error.message);
    return "NOT WRITTEN";
  }
}

function comparison({ experiment }: Run, { run, difference, restored }: Kept): string {
  const also = restored ? ", its missing weights written again" : "";
  switch (run) {
    case "written":
      return `written to results/write-up/${runName(experiment)}.json`;
    case "equal":
      return `equal bit for bit${also}`;
    case "close":
      return `equal within ${plainTolerance}, as plain kernels round otherwise than SIMD${also}`;
    case "different":
      return `DIFFERS, ${difference} (to keep the new run, delete the old and reproduce again)`;
  }
}

function printTables(runs: readonly Run[]): void {
  const found = gather(keys.map((key, n) => ({ key, run: runs[n] })));
  print("\nIterations to PER <= 0.05 and PER after the last iteration:\n");
  print(markdownTable(headlineTable(found)));
  if (seeds.includes(0)) {
    print("\nPER by iteration at seed 0:\n");
    print(markdownTable(perTable(found)));
  }
  print("");
}

/** Whether the figures' own runs are all here. */
function isHeadline(experiments: readonly Experiment[]): boolean {
  const trained = new Set(experiments.map((experiment) => experiment.seed));
  return iters === ITERS && SEEDS.every((seed) => trained.has(seed));
}
