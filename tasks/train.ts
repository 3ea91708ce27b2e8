/**
 * Trains one model on the synthetic phoneme corpus, or on speech.
 *
 * @module
 */
import {
  buildSystem,
  checkpointsIn,
  type EvaluationRow,
  type Experiment,
  type Outcome,
  requireMemory,
  speechCorpora,
  type SpeechCorpus,
  speechExperiment,
  speechStacks,
  speechSteps,
  trainableSystems,
  withSystem,
  writeUpExperiment,
} from "lib/experiments/mod.ts";
import { openRecordings, sizesOf, unopenedDataSet } from "lib/corpora/mod.ts";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { writeWhole } from "lib/write_whole.ts";
import {
  choice,
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
import { folderOptions, requireFolders } from "./folders.ts";
import { kernelsOption, useKernelsOption } from "./kernels_option.ts";
import { makeCorpora } from "./make_corpora.ts";
import { print } from "./print.ts";
import { Failure, runTask } from "./run_task.ts";
import { requireWritable } from "./writable.ts";
import { createProgress, duration } from "./progress.ts";
import { phonemeLines, speechLines } from "./train_rows.ts";

const options = parseOptions(
  "train",
  "Trains one model, with CTC or another system, on the synthetic phoneme corpus or on speech, and " +
    "prints every evaluation.",
  {
    system: choice(trainableSystems, {
      default: "ctc" as const,
      help: "what stands on the encoder",
    }),
    corpus: choice(["phonemes", ...speechCorpora], {
      default: "phonemes" as const,
      help: "what is heard; speech with its mel axis warped, noise, and dropout of 0.2 and 0.4",
    }),
    ...folderOptions,
    unit: choice(["phones", "words", "characters"], {
      help: "what the labels of recordings are, phones by default",
    }),
    seed: integer({ default: 0, ...seedRange, help: "seed of corpus, weights and streams" }),
    lstm: flag({ help: "one-directional LSTM instead of BLSTM" }),
    iters: integer({
      min: 1,
      help: `number of steps; defaults to 1500, of speech to ${byCorpus(speechSteps)}`,
    }),
    hidden: integer({ min: 1, help: "cells per direction; defaults to 24, of speech to 100" }),
    stack: integer({
      min: 1,
      max: 8,
      help:
        "frames of 10 ms that make one of the model: 2 recognises phones best, 4 places words " +
        `best; defaults to ${byCorpus(speechStacks)}`,
    }),
    batch: integer({ default: 16, min: 1, unit: "sequences", help: "sequences per step" }),
    lr: number({
      above: 0,
      help: "learning rate of Adam; defaults to 3e-3, of speech to 7e-3, its peak",
    }),
    evalEvery: integer({ default: 100, min: 1, unit: "steps", help: "evaluate this often" }),
    checkpointEvery,
    pieces: integer({
      min: 1,
      help: "cut every batch into so many, each a unit of work for a worker; defaults to 1, of " +
        "speech to 4",
    }),
    workers: integer({
      min: 1,
      max: mostWorkers,
      help: "take the pieces of a batch on so many cores: the same bits whatever their number; " +
        "defaults to 1, of speech to all cores",
    }),
    kernels: kernelsOption,
    save: text({ placeholder: "FILE", help: "write the weights there, as safetensors" }),
    json: flag({ help: "print one line of JSON per evaluation; progress goes to stderr alone" }),
  },
);

const { corpus, system, unit, seed, kernels, save, json, timit, fsdd, recordings } = options;
const { stack, hidden = corpus === "phonemes" ? 24 : 100 } = options;
const folders = { timit, fsdd, recordings };
const { pieces = corpus === "phonemes" ? 1 : Math.min(4, options.batch) } = options;
const workers = options.workers ??
  (corpus === "phonemes" ? 1 : Math.min(pieces, navigator.hardwareConcurrency));
/** Where `deno task run` keeps its own, too. */
const checkpoints = { folder: "results/mine", every: options.checkpointEvery };

await runTask("train", async () => {
  requireAtMost({ workers }, { pieces });
  requireAtMost({ pieces }, { batch: options.batch });
  requireFolders(folders, [corpus]);
  if (unit !== undefined && corpus !== "recordings") {
    throw new UsageError(`--unit is of recordings, and the corpus is ${corpus}`);
  }
  if (stack !== undefined && corpus === "phonemes") {
    throw new UsageError("--stack is of speech, and the corpus is phonemes");
  }
  const experiment = withSystem(await asked(), system, hidden);
  requireMemory(experiment);
  useKernelsOption(kernels);
  await makeCorpora([experiment], { task: "train", workers: navigator.hardwareConcurrency });
  // Before an hour of training, not after: can the weights, which keep their size, be written at all?
  if (save !== undefined) await requireWritable("save", save, untrainedModel(experiment).length);
  await train(experiment);
});

/** The experiment that the flags describe; of recordings it names all their labels. */
async function asked(): Promise<Experiment> {
  const { lstm, iters, batch, lr, evalEvery } = options;
  const model = lstm ? "lstm" : "blstm";
  const overrides = { iters, hidden, batch, lr, evalEvery, pieces };
  if (corpus === "phonemes") {
    const writeUp = writeUpExperiment(model, seed, overrides);
    return {
      ...writeUp,
      ...(pieces > 1 && { pieces }),
      evaluations: writeUp.evaluations.map((grid) => ({ ...grid, blanks: true })),
    };
  }
  const speech = { ...overrides, model, stack } as const;
  if (corpus !== "recordings") return speechExperiment(corpus, seed, speech);
  const { names, knows } = await openRecordings(recordings!, seed, { unit });
  return speechExperiment(corpus, seed, {
    ...speech,
    recordings: { unit, labels: names.slice(1) },
    timed: knows.includes("alignment"),
  });
}

async function train(experiment: Experiment): Promise<void> {
  const [from] = await resumable("train", checkpoints, [experiment], folders);
  const lines = corpus === "phonemes" ? phonemeLines(experiment) : speechLines(experiment);
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
  const tell = (row: EvaluationRow) => print(json ? lines.json(row) : lines.line(row));
  const unlessGone = (say: () => void) => {
    try {
      say();
    } catch (error) {
      gone.reject(error);
    }
  };
  // Not before its corpus is open: a folder that cannot be used is one line alone.
  const onBegun = () =>
    unlessGone(() => {
      const seconds = estimateSeconds(experiment);
      if (seconds > 60) console.error(`train: this takes about ${duration(1000 * seconds)}`);
      if (!json) print(lines.head);
      from?.rows.forEach(tell);
    });
  const onRow = (_: number, row: EvaluationRow) =>
    unlessGone(() => {
      tell(row);
      bar?.update(row.iter, `PER ${row.per.toFixed(3)}`);
    });
  const advice = ([outcome]: readonly Ended[]) => adviceOf(experiment, outcome);
  // Ctrl-C is heard from here on, before anything is said.
  const trained = poolUntilStopped("train", advice, [experiment], {
    workers,
    onBegun,
    onRow,
    onOutcome,
    checkpoints,
    folders,
  });
  const [outcome] = await Promise.race([trained, gone.promise]);
  if (!outcome.ok) {
    throw outcome.refused ? new RangeError(outcome.error) : new Failure(outcome.error);
  }
  progress?.stop();
  if (save !== undefined) console.error(`train: wrote the weights to ${save}`);
}

function adviceOf(experiment: Experiment, outcome: Ended | undefined): string {
  if (outcome === undefined) {
    return "nothing is saved before the last step, unless --checkpoint-every says so: run it again, " +
      "or with fewer --iters";
  }
  return `step ${outcome.stoppedAt} of ${experiment.iters} is in ` +
    `${checkpointsIn(checkpoints.folder).fileOf(experiment)}: the same command goes on from there`;
}

function untrainedModel(experiment: Experiment): Uint8Array {
  const system = buildSystem(experiment, unopenedDataSet(experiment.corpus));
  const params = system.init(new RandomState(seed));
  return encodeCheckpoint(params, { experiment: JSON.stringify(experiment) });
}

/** A rough guess from the encoder's weights, each in six operations a frame; a decoder doubles it. */
function estimateSeconds({ corpus, batch, iters, precision }: Experiment): number {
  const { features, labels, frames: longest } = sizesOf(corpus);
  const frames = corpus.kind === "phonemes" ? 55 : longest / 2;
  const operationsPerSecond = precision === "single" ? 4e9 : 2e9;
  const directions = options.lstm ? 1 : 2;
  const weights = directions * hidden * (4 * (features + hidden + 1) + labels);
  const all = system === "ctc" ? weights : 2 * weights;
  return iters * batch * frames * 6 * all / operationsPerSecond / workers;
}

/** `2 (voices), 2 (timit), …`: a default of every corpus of speech. */
function byCorpus(values: Readonly<Record<SpeechCorpus, number>>): string {
  return speechCorpora.map((name) => `${values[name]} (${name})`).join(", ");
}

/** @throws {UsageError} If one option is larger than the other. */
function requireAtMost(small: Record<string, number>, large: Record<string, number>): void {
  const [[name, value]] = Object.entries(small), [[other, most]] = Object.entries(large);
  if (value <= most) return;
  throw new UsageError(`--${name} cannot be ${value}: expected at most --${other}, ${most}`);
}
