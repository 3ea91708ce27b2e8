import { askWorker, inLanes, startWorker } from "../workers.ts";
import { allFigures } from "./all.ts";

/**
 * What a worker is asked for: an exported figure of the study in `module`, the only one that it loads,
 * drawn from the runs in the folder `results`.
 */
export interface ExportRequest {
  readonly file: string;
  readonly module: string;
  readonly results: string;
}

/** A figure's bytes, or why it could not be drawn. */
export type Drawing =
  | { readonly kind: "drawn"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "failed"; readonly error: string };

/**
 * Draws exported figures on a pool of workers. One that fails does not stop the others.
 *
 * @param files Names in `allFigures`; begun in this order.
 * @param results The folder of the runs that they are drawn from.
 * @param onDrawing Told of every figure as it comes; where it throws, so does this, after the others.
 * @param workers Defaults to one per core, at most one per figure.
 */
export async function drawFigures(
  files: readonly string[],
  results: string,
  onDrawing: (file: string, drawing: Drawing) => Promise<void>,
  workers: number = navigator.hardwareConcurrency,
): Promise<void> {
  const modules = await allFigures();
  const idle: Worker[] = [];
  const drawn = async (request: ExportRequest): Promise<Drawing> => {
    try {
      const worker = idle.pop() ??
        await startWorker(new URL("./export_worker.ts", import.meta.url));
      const drawing = await askWorker(worker, request, (message: Drawing) => message);
      idle.push(worker);
      return drawing;
    } catch (error) {
      return { kind: "failed", error: (error as Error).message };
    }
  };
  const errors: unknown[] = [];
  await inLanes(files.length, workers, async (n) => {
    const drawing = await drawn({ file: files[n], module: modules[files[n]], results });
    try {
      await onDrawing(files[n], drawing);
    } catch (error) {
      errors.push(error);
    }
  });
  for (const worker of idle) worker.terminate();
  if (errors.length > 0) throw errors[0];
}
