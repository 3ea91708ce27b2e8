/// <reference lib="deno.worker" />
import { DamagedRunError, MissingRunError, runStore } from "../experiments/mod.ts";
import type { Drawing, ExportRequest } from "./export_pool.ts";
import { allFigures } from "./all.ts";

const figures = await allFigures();
const say = (drawing: Drawing) => self.postMessage(drawing);

self.onmessage = async ({ data: { file, results } }: MessageEvent<ExportRequest>) => {
  try {
    say({ kind: "drawn", bytes: await figures[file](runStore(results)) });
  } catch (error) {
    const known = error instanceof MissingRunError || error instanceof DamagedRunError;
    say({ kind: "failed", error: known ? error.message : stackOf(error) });
  }
};
self.postMessage("listening");

function stackOf(error: unknown): string {
  return error instanceof Error && error.stack !== undefined ? error.stack : String(error);
}
