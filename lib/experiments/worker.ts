/// <reference lib="deno.worker" />
import { encodeCheckpoint } from "../models/mod.ts";
import { useKernels } from "../numeric/kernels/mod.ts";
import { openDataSet } from "../corpora/mod.ts";
import { type EvaluationRow, requireExperiment, requireMemory, Training } from "../training/mod.ts";
import type { TrainingRequest, WorkerMessage } from "./pool.ts";
import { finishedRun } from "./run.ts";

const say = (message: WorkerMessage) => self.postMessage(message);

self.onmessage = async ({ data: { experiment, kernels } }: MessageEvent<TrainingRequest>) => {
  try {
    useKernels(kernels);
    requireExperiment(experiment);
    requireMemory(experiment);
    const data = await openDataSet(experiment.corpus, experiment.seed);
    const training = new Training(experiment, { data });
    const rows: EvaluationRow[] = [];
    for await (const row of training.rows()) {
      rows.push(row);
      say({ kind: "row", row });
    }
    const weights = encodeCheckpoint(training.params, { experiment: JSON.stringify(experiment) });
    say({ kind: "done", run: finishedRun(experiment, rows), weights });
  } catch (error) {
    say({ kind: "failed", error: error instanceof Error ? error.message : String(error) });
  }
};
self.postMessage("listening");
