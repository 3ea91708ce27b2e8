import type { Twin } from "lib/numeric/kernels/mod.ts";
import type { SiteFiles } from "./deno.ts";
import type { CellError, CellOutput, CellRequest, KernelMessage } from "./messages.ts";

/** What runs the cells of a page, in a worker: the page stays free, and can end it at any time. */
export interface Kernel {
  /** Which kernels it computes with: WebAssembly SIMD, or plain TypeScript. */
  readonly kernels: Twin;
  /**
   * Runs one cell; one at a time.
   *
   * @param onOutput Told of everything that it shows.
   * @returns What ended it before its end, if something did.
   */
  run(code: string, onOutput: (output: CellOutput) => void): Promise<CellError | undefined>;
  /** Ends it at once, and what it runs. */
  stop(): void;
}

/** The error of a cell that was stopped. */
export const STOPPED: CellError = {
  name: "Stopped",
  message: "the kernel was ended; what cells had declared is gone, and what comes next starts anew",
};

/**
 * Starts a kernel.
 *
 * @param script The address of its module.
 * @throws {Error} If it does not start.
 */
export async function startKernel(script: URL, files: SiteFiles): Promise<Kernel> {
  const worker = new Worker(script, { type: "module" });
  let onMessage: (message: KernelMessage) => void = () => {};
  let fail: (error: CellError) => void = () => {};
  worker.onmessage = ({ data }: MessageEvent<KernelMessage>) => onMessage(data);
  worker.onerror = (event) => {
    event.preventDefault();
    fail({ name: "Error", message: event.message || "the kernel could not be loaded" });
  };
  const kernels = await new Promise<Twin>((resolve, reject) => {
    fail = ({ message }) => reject(new Error(`Cannot start the kernel: ${message}`));
    onMessage = (message) => {
      if (message.kind === "listening") worker.postMessage(files);
      else if (message.kind === "ready") resolve(message.kernels);
    };
  });
  fail = () => {};
  let last = 0;
  return {
    kernels,
    run: (code, onOutput) =>
      new Promise((resolve) => {
        const id = ++last;
        fail = resolve;
        onMessage = (message) => {
          if (!("id" in message) || message.id !== id) return;
          if (message.kind === "output") onOutput(message.output);
          else resolve(message.error);
        };
        worker.postMessage({ id, code } satisfies CellRequest);
      }),
    stop() {
      worker.terminate();
      fail(STOPPED);
    },
  };
}
