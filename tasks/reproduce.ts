/**
 * Reproduces the headline of the write-up: ten trainings, both tables, the figures.
 *
 * @module
 */
import {
  type Experiment,
  firstDifference,
  headlineTable,
  markdownTable,
  type Outcome,
  perTable,
  type Run,
  runName,
  runPool,
  runStore,
  writeUpExperiment,
} from "lib/experiments/mod.ts";
import { integer, integers, parseOptions, seedRange } from "./args.ts";
import { writeFigures } from "./figures.ts";
import { createProgress } from "./progress.ts";

const SEEDS = [0, 1, 2, 3, 4];
const ITERS = 1500;
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

const { seeds, iters, workers } = parseOptions(
  "reproduce",
  "Trains BLSTM and LSTM at every seed, prints the write-up's tables beside ours, draws the figures.",
  {
    seeds: integers({ default: SEEDS, ...seedRange, help: "seeds to train at" }),
    iters: integer({ default: ITERS, min: 1, unit: "steps", help: "number of steps" }),
    workers: integer({
      default: navigator.hardwareConcurrency,
      min: 1,
      help: "trainings at a time",
    }),
  },
);
const experiments = (["blstm", "lstm"] as const).flatMap((kind) =>
  seeds.map((seed) => writeUpExperiment(kind, seed, { iters, fineEvery: 10 }))
);

const store = runStore("results");
const comparisons: string[] = [];
const progress = createProgress({ overall: "all trainings" });
const bars = experiments.map((experiment) => progress.add(experiment.name, iters));
const outcomes = await runPool(experiments, {
  workers,
  onRow: (n, { iter, per }) => bars[n].update(iter, `PER ${per.toFixed(3)}`),
  onOutcome: async (n, outcome) => {
    bars[n].done(outcome.ok ? undefined : "failed");
    if (outcome.ok) comparisons[n] = await keep(outcome);
  },
});
progress.stop();

const runs = outcomes.filter((outcome) => outcome.ok).map((outcome) => outcome.run);
const failures = outcomes.filter((outcome) => !outcome.ok);
if (failures.length === 0) printTables(runs);
console.log("Against the runs in results/:\n");
experiments.forEach((experiment, n) => {
  console.log(`- ${experiment.name}: ${comparisons[n] ?? "failed"}`);
});
for (const { experiment, error } of failures) {
  console.error(`reproduce: ${experiment.name} failed: ${error}`);
}
let complete = true;
if (failures.length === 0 && runs.length === experiments.length && isHeadline(experiments)) {
  console.log("\nFigures:\n");
  complete = await writeFigures(FIGURES);
}
const differs = comparisons.some((text) => text.startsWith("DIFFERS"));
if (failures.length > 0 || differs || !complete) Deno.exit(1);

/** Writes a new run, or compares with the one that is there, which stays as it is. */
async function keep({ run, weights }: Outcome & { ok: true }): Promise<string> {
  const committed = await store.read(run.experiment);
  if (committed === undefined) {
    await store.write(run, weights);
    return `written to results/${runName(run.experiment)}.json`;
  }
  const difference = firstDifference(run, committed);
  return difference === undefined
    ? "equal bit for bit"
    : `DIFFERS, ${difference} (to keep the new run, delete the old and reproduce again)`;
}

function printTables(runs: readonly Run[]): void {
  console.log("\nIterations to PER <= 0.05 and PER after the last iteration:\n");
  console.log(markdownTable(headlineTable(runs)));
  if (seeds.includes(0)) {
    console.log("\nPER by iteration at seed 0:\n");
    console.log(markdownTable(perTable(runs)));
  }
  console.log();
}

/** Whether the figures' own runs are all here. */
function isHeadline(experiments: readonly Experiment[]): boolean {
  const trained = new Set(experiments.map((experiment) => experiment.seed));
  return iters === ITERS && SEEDS.every((seed) => trained.has(seed));
}
