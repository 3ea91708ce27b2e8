/**
 * Trains one model on the synthetic phoneme corpus.
 *
 * @module
 */
import {
  buildModel,
  checkpointsIn,
  type EvaluationRow,
  type Outcome,
  requireMemory,
  writeUpExperiment,
} from "lib/experiments/mod.ts";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { tryPlace, writeWhole } from "lib/write_whole.ts";
import {
  flag,
  integer,
  mostWorkers,
  number,
  parseOptions,
  seedRange,
  text,
  UsageError,
} from "./args.ts";
import { checkpointEvery, type Ended, poolUntilStopped, resumable } from "./checkpoints.ts";
import { kernelsOption, useKernelsOption } from "./kernels_option.ts";
import { print } from "./print.ts";
import { Failure, reasonOf, runTask } from "./run_task.ts";
import { createProgress, duration } from "./progress.ts";
import { dataSet } from "lib/corpora/mod.ts";

const options = parseOptions(
  "train",
  "Trains one model with CTC on the synthetic phoneme corpus, and prints every evaluation.",
  {
    seed: integer({ default: 0, ...seedRange, help: "seed of corpus, weights and streams" }),
    lstm: flag({ help: "one-directional LSTM instead of BLSTM" }),
    iters: integer({ default: 1500, min: 1, help: "number of steps" }),
    hidden: integer({ default: 24, min: 1, unit: "cells", help: "cells per direction" }),
    batch: integer({ default: 16, min: 1, unit: "sequences", help: "sequences per step" }),
    lr: number({ default: 3e-3, above: 0, help: "learning rate of Adam" }),
    evalEvery: integer({ default: 100, min: 1, unit: "steps", help: "evaluate this often" }),
    checkpointEvery,
    pieces: integer({
      default: 1,
      min: 1,
      help: "cut every batch into so many, each a unit of work for a worker",
    }),
    workers: integer({
      default: 1,
      min: 1,
      max: mostWorkers,
      help: "take the pieces of a batch on so many cores: the same bits whatever their number",
    }),
    kernels: kernelsOption,
    save: text({ placeholder: "FILE", help: "write the weights there, as safetensors" }),
    json: flag({ help: "print one line of JSON per evaluation; progress goes to stderr alone" }),
  },
);

const { seed, lstm, pieces, workers, checkpointEvery: every, kernels, save, json, ...overrides } =
  options;
const writeUp = writeUpExperiment(lstm ? "lstm" : "blstm", seed, overrides);
const experiment = {
  ...writeUp,
  ...(pieces > 1 && { pieces }),
  evaluations: writeUp.evaluations.map((grid) => ({ ...grid, blanks: true })),
};
/** Where `deno task run` keeps its own, too. */
const checkpoints = { folder: "results/mine", every };

await runTask("train", async () => {
  requireAtMost("workers", "pieces");
  requireAtMost("pieces", "batch");
  requireMemory(experiment);
  useKernelsOption(kernels);
  const seconds = estimateSeconds(experiment.iters, options);
  if (seconds > 60) console.error(`train: this takes about ${duration(1000 * seconds)}`);
  // Before an hour of training, not after: can the weights, which keep their size, be written at all?
  if (save !== undefined) await requireWritable(save, untrainedModel().length);
  await train();
});

async function train(): Promise<void> {
  const [from] = await resumable("train", checkpoints, [experiment]);
  // Where the rows go to a terminal they are the progress: bars would tear them apart.
  const progress = Deno.stdout.isTerminal() ? undefined : createProgress({ overall: "training" });
  const bar = progress?.add(experiment.name, experiment.iters, from?.iter);
  // On a worker, so that Ctrl-C is heard at once.
  const gone = Promise.withResolvers<never>();
  const onOutcome = async (_: number, outcome: Outcome) => {
    if (!outcome.ok) return;
    bar?.done();
    if (save !== undefined) await writeWhole(save, outcome.weights); // before its checkpoint goes
  };
  const tell = (row: EvaluationRow) => print(json ? jsonLine(row) : tableLine(row));
  const onRow = (_: number, row: EvaluationRow) => {
    try {
      tell(row);
      bar?.update(row.iter, `PER ${row.per.toFixed(3)}`);
    } catch (error) {
      gone.reject(error);
    }
  };
  // Ctrl-C is heard from here on, before anything is said.
  const trained = poolUntilStopped("train", advice, [experiment], {
    workers,
    onRow,
    onOutcome,
    checkpoints,
  });
  if (!json) {
    print("  iter      nll     PER  blank rate  sequence accuracy  targets that did not fit");
  }
  from?.rows.forEach(tell);
  const [outcome] = await Promise.race([trained, gone.promise]);
  if (!outcome.ok) throw new Failure(outcome.error);
  progress?.stop();
  if (save !== undefined) console.error(`train: wrote the weights to ${save}`);
}

function advice([outcome]: readonly Ended[]): string {
  if (outcome === undefined) {
    return "nothing is saved before the last step, unless --checkpoint-every says so: run it again, " +
      "or with fewer --iters";
  }
  return `step ${outcome.stoppedAt} of ${experiment.iters} is in ` +
    `${checkpointsIn(checkpoints.folder).fileOf(experiment)}: the same command goes on from there`;
}

function untrainedModel(): Uint8Array {
  const { features, labels } = dataSet(experiment.corpus, seed);
  const params = buildModel(experiment.model, features, labels).init(new RandomState(seed));
  return encodeCheckpoint(params, { experiment: JSON.stringify(experiment) });
}

/** A rough guess from the number of weights, each of which takes part in six operations a frame. */
function estimateSeconds(iters: number, { lstm, hidden, batch, workers }: typeof options): number {
  const [bands, labels, frames, operationsPerSecond] = [8, 7, 55, 2e9];
  const directions = lstm ? 1 : 2;
  const weights = directions * hidden * (4 * (bands + hidden + 1) + labels);
  return iters * batch * frames * 6 * weights / operationsPerSecond / workers;
}

/** @throws {UsageError} If one option is larger than the other. */
function requireAtMost(small: "workers" | "pieces", large: "pieces" | "batch"): void {
  if (options[small] <= options[large]) return;
  throw new UsageError(
    `--${small} cannot be ${options[small]}: expected at most --${large}, ${options[large]}`,
  );
}

function jsonLine({ iter, nll, per, seqAcc, infeasible, blanks }: EvaluationRow): string {
  return JSON.stringify({ iter, nll, per, blankRate: blanks!.blankRate, seqAcc, infeasible });
}

function tableLine({ iter, nll, per, seqAcc, infeasible, blanks }: EvaluationRow): string {
  const blankRate = blanks!.blankRate.toFixed(3);
  const figures = [nll.toFixed(4).padStart(8), per.toFixed(3).padStart(6), blankRate];
  const rest = `${" ".repeat(7)}${seqAcc.toFixed(3)}${" ".repeat(14)}${infeasible}`;
  return `${String(iter).padStart(6)} ${figures.join("  ")}${rest}`;
}

async function requireWritable(file: string, size: number): Promise<void> {
  try {
    await tryPlace(file, size);
  } catch (error) {
    throw new UsageError(
      `--save cannot be ${JSON.stringify(file)}: expected a file that can be written ` +
        `(${reasonOf(error)})`,
    );
  }
}
