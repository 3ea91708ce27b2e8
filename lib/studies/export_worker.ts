/// <reference lib="deno.worker" />
import { DamagedRunError, MissingRunError, type RunStore, runStore } from "../experiments/mod.ts";
import type { Drawing, ExportRequest } from "./export_pool.ts";
import { allFigures } from "./all.ts";

const figures = await allFigures();
const stores = new Map<string, RunStore>();
const say = (drawing: Drawing) => self.postMessage(drawing);

self.onmessage = async ({ data: { file, results } }: MessageEvent<ExportRequest>) => {
  try {
    say({ kind: "drawn", bytes: await figures[file](storeAt(results)) });
  } catch (error) {
    const known = error instanceof MissingRunError || error instanceof DamagedRunError;
    say({ kind: "failed", error: known ? error.message : stackOf(error) });
  }
};
self.postMessage("listening");

/** One store a folder, so that figures of a study share its results. */
function storeAt(folder: string): RunStore {
  if (!stores.has(folder)) stores.set(folder, runStore(folder));
  return stores.get(folder)!;
}

function stackOf(error: unknown): string {
  return error instanceof Error && error.stack !== undefined ? error.stack : String(error);
}
