/// <reference lib="deno.worker" />
import { runStore } from "../experiments/mod.ts";
import type { ExportMessage, ExportRequest } from "./export_pool.ts";
import { exportedFigures, MissingRunError } from "./exports.ts";

const say = (message: ExportMessage) => self.postMessage(message);

self.onmessage = async ({ data: { file, results } }: MessageEvent<ExportRequest>) => {
  try {
    say({ kind: "drawn", bytes: await exportedFigures[file](runStore(results)) });
  } catch (error) {
    say({
      kind: "failed",
      error: error instanceof MissingRunError ? error.message : stackOf(error),
    });
  }
};
say({ kind: "ready" });

function stackOf(error: unknown): string {
  return error instanceof Error && error.stack !== undefined ? error.stack : String(error);
}
