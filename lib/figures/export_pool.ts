/** What a worker is asked for: an exported figure, drawn from the runs in the folder `results`. */
export interface ExportRequest {
  readonly file: string;
  readonly results: string;
}

/** A figure's bytes, or why it could not be drawn. */
export type Drawing =
  | { readonly kind: "drawn"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "failed"; readonly error: string };

/** What a worker says: first that it listens, then what became of each figure. */
export type ExportMessage = { readonly kind: "ready" } | Drawing;

/**
 * Draws exported figures on a pool of workers. One that fails does not stop the others.
 *
 * @param files Names in `exportedFigures`; begun in this order.
 * @param results The folder of the runs that they are drawn from.
 * @param onDrawing Told of every figure as it comes.
 * @param workers Defaults to one per core, at most one per figure.
 */
export async function drawFigures(
  files: readonly string[],
  results: string,
  onDrawing: (file: string, drawing: Drawing) => Promise<void>,
  workers: number = navigator.hardwareConcurrency,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    const worker = await startWorker();
    try {
      while (next < files.length) {
        const file = files[next++];
        await onDrawing(file, await drawnBy(worker, { file, results }));
      }
    } finally {
      worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, files.length) }, lane));
}

/** A worker that listens: what is sent before is lost, as its modules wait for one another. */
function startWorker(): Promise<Worker> {
  const worker = new Worker(new URL("./export_worker.ts", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve(worker);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
  });
}

function drawnBy(worker: Worker, request: ExportRequest): Promise<Drawing> {
  return new Promise((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Drawing>) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      resolve({ kind: "failed", error: event.message });
    };
    worker.postMessage(request);
  });
}
