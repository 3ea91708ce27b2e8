/**
 * Trains one model on the synthetic phoneme corpus.
 *
 * @module
 */
import { Training, writeUpExperiment } from "lib/experiments/mod.ts";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { tryPlace, WriteError, writeWhole } from "lib/write_whole.ts";
import { flag, integer, number, parseOptions, seedRange, text } from "./args.ts";
import { kernelsOption, useKernelsOption } from "./kernels_option.ts";
import { createProgress } from "./progress.ts";
import { writing } from "./writing.ts";

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
    kernels: kernelsOption,
    save: text({ placeholder: "FILE", help: "write the weights there, as safetensors" }),
    json: flag({ help: "print one line of JSON per evaluation; progress goes to stderr alone" }),
  },
);

const { seed, lstm, kernels, save, json, ...overrides } = options;
useKernelsOption("train", kernels);
const writeUp = writeUpExperiment(lstm ? "lstm" : "blstm", seed, overrides);
const experiment = {
  ...writeUp,
  evaluations: writeUp.evaluations.map((grid) => ({ ...grid, blanks: true })),
};
const training = new Training(experiment);
const weights = () => encodeCheckpoint(training.params, { experiment: JSON.stringify(experiment) });
// Before an hour of training, not after: can the weights, which keep their size, be written at all?
if (save !== undefined) await requireWritable(save, weights().length);

// Where the rows go to a terminal they are the progress: bars would tear them apart.
const progress = Deno.stdout.isTerminal() ? undefined : createProgress({ overall: "training" });
const bar = progress?.add(experiment.name, experiment.iters);
if (!json) {
  console.log("  iter      nll     PER  blank rate  sequence accuracy  targets that did not fit");
}
for await (const { iter, nll, per, seqAcc, infeasible, blanks } of training.rows()) {
  const { blankRate } = blanks!;
  bar?.update(iter, `PER ${per.toFixed(3)}`);
  if (json) console.log(JSON.stringify({ iter, nll, per, blankRate, seqAcc, infeasible }));
  else {
    const figures = [nll.toFixed(4).padStart(8), per.toFixed(3).padStart(6), blankRate.toFixed(3)];
    const rest = `${" ".repeat(7)}${seqAcc.toFixed(3)}${" ".repeat(14)}${infeasible}`;
    console.log(`${String(iter).padStart(6)} ${figures.join("  ")}${rest}`);
  }
}
bar?.done();
progress?.stop();
if (save !== undefined) {
  await writing("train", () => writeWhole(save, weights()));
  console.error(`train: wrote the weights to ${save}`);
}

async function requireWritable(file: string, size: number): Promise<void> {
  try {
    await tryPlace(file, size);
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    console.error(
      `train: --save cannot be ${JSON.stringify(file)}: expected a file that can be ` +
        `written (${error.message})`,
    );
    Deno.exit(2);
  }
}
