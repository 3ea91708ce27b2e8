/// <reference lib="deno.worker" />
import { encodeCheckpoint } from "../models/mod.ts";
import { useKernels } from "../numeric/kernels/mod.ts";
import { type EvaluationRow, Training } from "../training/mod.ts";
import type { TrainingRequest, WorkerMessage } from "./pool.ts";
import { finishedRun } from "./run.ts";

const say = (message: WorkerMessage) => self.postMessage(message);

self.onmessage = async ({ data }: MessageEvent<TrainingRequest>) => {
  const { experiment, kernels, workers } = data;
  try {
    useKernels(kernels);
    const training = new Training(experiment);
    const rows: EvaluationRow[] = [];
    for await (const row of training.rows({ workers })) {
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
