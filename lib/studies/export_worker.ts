/// <reference lib="deno.worker" />
import { DamagedRunError, MissingRunError, type RunStore, runStore } from "../experiments/mod.ts";
import type { Drawing, ExportRequest } from "./export_pool.ts";
import { figuresOf } from "./all.ts";
import type { Study } from "./study.ts";

const figures = new Map<string, ReturnType<typeof figuresOf>>();
const stores = new Map<string, RunStore>();
const say = (drawing: Drawing) => self.postMessage(drawing);

self.onmessage = async ({ data: { file, module, results } }: MessageEvent<ExportRequest>) => {
  try {
    const draw = (await figuresIn(module))[file];
    say({ kind: "drawn", bytes: await draw(storeAt(results)) });
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

/** The figures of a study, made once, so that they share their results. */
async function figuresIn(module: string): Promise<ReturnType<typeof figuresOf>> {
  const { study }: { study: Study } = await import(module);
  if (!figures.has(module)) figures.set(module, figuresOf(study));
  return figures.get(module)!;
}

function stackOf(error: unknown): string {
  return error instanceof Error && error.stack !== undefined ? error.stack : String(error);
}
