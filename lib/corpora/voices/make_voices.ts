import { askWorker, inLanes, startWorker } from "../../workers.ts";
import type { ShardScript } from "./script.ts";
import type { ShardFiles } from "./shard.ts";
import { readShard, writeShard } from "./store.ts";
import type { ShardMessage } from "./worker.ts";

/** How the corpus is made, and who is told about it. */
export interface MakeOptions {
  /** Workers; defaults to one per core. */
  readonly workers?: number;
  /** Told how many sentences of how many are spoken: first of none, those that are there left out. */
  readonly onSentence?: (spoken: number, of: number) => void;
}

/**
 * Makes the shards that are missing or damaged, on all cores; those that are whole stay. What is
 * finished stays when it is stopped.
 *
 * @param folder As `voicesFolder` says.
 * @returns How many shards were made.
 * @throws {RangeError} If the number of workers is not a whole number >= 1.
 * @throws {WriteError} If a file cannot be written.
 * @throws {Error} If a sentence cannot be spoken.
 */
export async function makeVoices(
  folder: string,
  scripts: readonly ShardScript[],
  options: MakeOptions = {},
): Promise<number> {
  const { workers = navigator.hardwareConcurrency, onSentence } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RangeError(
      `Cannot make voices as workers must be a whole number >= 1: current value is ${workers}`,
    );
  }
  const left: ShardScript[] = [];
  for (const script of scripts) {
    if ((await readShard(folder, script)).is !== "whole") left.push(script);
  }
  if (left.length === 0) return 0;
  const total = left.reduce((sum, { texts }) => sum + texts.length, 0);
  const spoken = new Array<number>(left.length).fill(0);
  const tell = () => onSentence?.(spoken.reduce((a, b) => a + b), total);
  tell();
  const url = new URL("./worker.ts", import.meta.url);
  const started: Worker[] = [], idle: Worker[] = [];
  let failed = false;
  try {
    await inLanes(left.length, workers, async (n) => {
      if (failed) return;
      try {
        let worker = idle.pop();
        if (worker === undefined) started.push(worker = await startWorker(url, { seconds: 120 }));
        const files = await askWorker<ShardMessage, ShardFiles>(worker, left[n], (message) => {
          if (message.kind === "failed") throw new Error(message.error);
          if (message.kind === "done") return message.files;
          spoken[n] = message.count;
          tell();
        });
        idle.push(worker);
        await writeShard(folder, left[n], files);
      } catch (error) {
        failed = true;
        throw error;
      }
    });
  } finally {
    for (const worker of started) worker.terminate();
  }
  return left.length;
}
