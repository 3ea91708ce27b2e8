/// <reference lib="deno.worker" />
import { encodeCheckpoint } from "../models/mod.ts";
import { type EvaluationRow, type Experiment, Training } from "../training/mod.ts";
import type { WorkerMessage } from "./pool.ts";

const say = (message: WorkerMessage) => self.postMessage(message);

self.onmessage = async ({ data: experiment }: MessageEvent<Experiment>) => {
  try {
    const training = new Training(experiment);
    const rows: EvaluationRow[] = [];
    for await (const row of training.rows()) {
      rows.push(row);
      say({ kind: "row", row });
    }
    const weights = encodeCheckpoint(training.params, { experiment: JSON.stringify(experiment) });
    say({ kind: "done", run: { experiment, rows }, weights });
  } catch (error) {
    say({ kind: "failed", error: error instanceof Error ? error.message : String(error) });
  }
};
self.postMessage("listening");
