/// <reference lib="deno.worker" />
import { encodeCheckpoint } from "../models/mod.ts";
import { useKernels } from "../numeric/kernels/mod.ts";
import { openDataSet } from "../corpora/mod.ts";
import { requireExperiment, requireMemory, Training } from "../training/mod.ts";
import { checkpointsIn } from "./checkpoints.ts";
import type { TrainingRequest, WorkerMessage } from "./pool.ts";
import { finishedRun } from "./run.ts";

const say = (message: WorkerMessage) => self.postMessage(message);

const stopping = new AbortController();

self.onmessage = ({ data }: MessageEvent<TrainingRequest | "stop">) =>
  data === "stop" ? stopping.abort() : answer(data);

async function answer(request: TrainingRequest): Promise<void> {
  const { experiment, kernels, workers, checkpoints, folders } = request;
  let begun = false;
  try {
    useKernels(kernels);
    requireExperiment(experiment);
    requireMemory(experiment);
    const data = await openDataSet(experiment.corpus, experiment.seed, folders);
    const { folder, every } = checkpoints ?? {};
    const kept = folder === undefined ? undefined : checkpointsIn(folder);
    const training = await kept?.resume(experiment, { data }) ?? new Training(experiment, { data });
    const onStep = async () => {
      if (training.iter % every! === 0) await kept!.write(training);
    };
    const saving = every === undefined ? {} : { signal: stopping.signal, onStep };
    begun = true;
    say({ kind: "begun" });
    for await (const row of training.rows({ workers, folders, ...saving })) {
      say({ kind: "row", row });
    }
    if (!training.finished) {
      await kept!.write(training);
      return say({ kind: "stopped", iter: training.iter });
    }
    const weights = encodeCheckpoint(training.params, { experiment: JSON.stringify(experiment) });
    say({ kind: "done", run: finishedRun(experiment, training.rowsSoFar), weights });
  } catch (error) {
    const refused = !begun && (error instanceof SyntaxError || error instanceof RangeError);
    say({ kind: "failed", error: error instanceof Error ? error.message : String(error), refused });
  }
}
self.postMessage("listening");
