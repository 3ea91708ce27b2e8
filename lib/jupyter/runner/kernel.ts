import { randomUUID } from "node:crypto";
import { Channels } from "./channels.ts";
import { createConnection } from "./connection.ts";
import { findMark, flushCode, PRELUDE, SETTLE, type StrayError } from "./prelude.ts";
import { supervise, type Supervised } from "./supervised.ts";
import { sleep, within } from "./timer.ts";
import type { Message } from "./wire.ts";

/** An error as the kernel reports it. */
export interface KernelError {
  name: string;
  message: string;
  /** The stack, or "" where there is none. */
  stack: string;
}

/**
 * How the execution of one cell ended. An error is `shown` if it stands among the cell's outputs,
 * and nothing else went wrong beside it.
 */
export type Execution =
  | { status: "ok" }
  | { status: "error"; error: KernelError; shown: boolean }
  | { status: "timeout"; seconds: number; heartbeat: boolean }
  | { status: "died"; code: number; log: string };

/** A kernel that does not start. */
export class KernelStartError extends Error {
  override readonly name = "KernelStartError";
}

/** Options of {@linkcode startKernel}. */
export interface KernelOptions {
  /** Directory the kernel runs in: the notebook's own, as in JupyterLab. */
  cwd: string;
  /** Seconds to wait for a kernel to answer, defaults to 60. */
  startTimeout?: number;
}

/**
 * Starts Deno's own Jupyter kernel and waits until it answers.
 *
 * @param options See {@linkcode KernelOptions}.
 * @returns The running kernel; call `stop` when done.
 * @throws {KernelStartError} If three kernels in a row end, or do not answer in time.
 */
export async function startKernel(options: KernelOptions): Promise<Kernel> {
  const { cwd, startTimeout = 60 } = options;
  for (let attempt = 1;; attempt++) {
    const kernel = await Kernel.spawn(cwd);
    const problem = await kernel.ready(startTimeout);
    if (problem === null) return kernel;
    await kernel.stop(); // perhaps one of its ports had been taken meanwhile: others are tried
    if (attempt === 3) {
      throw new KernelStartError(`Cannot start the Deno kernel: ${problem}`);
    }
  }
}

/** A running kernel; executes one cell at a time. */
export class Kernel {
  readonly #process: Supervised;
  readonly #channels: Channels;
  #status: Deno.CommandStatus | undefined;

  private constructor(process: Supervised, channels: Channels) {
    this.#process = process;
    this.#channels = channels;
    process.status.then((status) => this.#status = status);
  }

  /** Starts the process in `cwd`; it reads its connection from a pipe, so that no file holds it. */
  static async spawn(cwd: string): Promise<Kernel> {
    const connection = await createConnection();
    const process = supervise({
      args: ["jupyter", "--kernel", "--conn", "/dev/stdin"],
      cwd,
      stdin: JSON.stringify(connection),
    });
    return new Kernel(process, new Channels(connection));
  }

  /** Waits until both shell and iopub are connected; says what went wrong, or `null`. */
  async ready(seconds: number): Promise<string | null> {
    const deadline = performance.now() + seconds * 1000;
    let heard = false;
    this.#channels.onIopub = () => heard = true;
    const ended = this.#process.status;
    await within(Promise.race([this.#channels.ping(), ended]), seconds * 1000);
    while (!heard) {
      if (this.#status) {
        return `it ended with code ${this.#status.code}: ${await this.#process.log()}`;
      }
      if (performance.now() > deadline) return `it does not answer within ${seconds} s`;
      const info = this.#channels.request("shell", "kernel_info_request", {});
      await within(Promise.race([info.then(() => sleep(20)), ended]), 200);
    }
    const prelude = await this.execute(PRELUDE, { timeout: seconds });
    return prelude.status === "ok" ? null : `its prelude failed: ${JSON.stringify(prelude)}`;
  }

  /**
   * Executes one cell and waits until all of its output is there. An error that nobody caught
   * (an un-awaited promise, a timer) counts as the cell's. After a time-out the kernel is dead.
   *
   * @param code The cell's source.
   * @param options `timeout` in seconds; `onOutput`, called with each iopub message.
   * @returns How it ended.
   */
  async execute(
    code: string,
    options: { timeout: number; onOutput?: (message: Message) => void },
  ): Promise<Execution> {
    const run = this.#run(code, options.onOutput ?? (() => {}));
    const first = await within(Promise.race([run, this.#process.status]), options.timeout * 1000);
    if (first === undefined) return await this.#abandon(options.timeout);
    if ("status" in first) return first;
    return { status: "died", code: first.code, log: (await this.#process.log()).trim() };
  }

  /**
   * Waits for what the last cell has left to timers, for some seconds at most: an error in there is
   * the cell's, though it comes after its end.
   *
   * @returns How that ended.
   */
  async settle(): Promise<Execution> {
    return await this.execute(SETTLE, { timeout: 30 });
  }

  /** Whether the kernel has ended. */
  get ended(): boolean {
    return this.#status !== undefined;
  }

  /** Ends the kernel with everything that its cells have started, and closes the sockets. */
  async stop(): Promise<void> {
    await this.#process.end();
    await this.#channels.close();
  }

  /** Executes code and then flushes: all output up to the flush's marks goes to `take`. */
  async #run(code: string, take: (message: Message) => void): Promise<Execution> {
    const mark = `flush-${randomUUID()}`;
    const strays: StrayError[] = [];
    let marks = 0;
    let shown: KernelError | undefined;
    const flushed = new Promise<void>((resolve) => {
      this.#channels.onIopub = (message) => {
        const found = findMark(message, mark);
        if (!found) {
          if (message.header.msg_type === "error") shown ??= errorOf(message);
          return take(message);
        }
        strays.push(...found);
        if (++marks === 2) resolve();
      };
    });
    const reply = await this.#channels.request("shell", "execute_request", executeRequest(code));
    await this.#channels.request("shell", "execute_request", executeRequest(flushCode(mark), true));
    await flushed;
    if (strays.length > 0) {
      const { name, message, stack } = strays[0];
      const error = { name, message: `${message} (${UNCAUGHT})`, stack };
      return { status: "error", error, shown: false };
    }
    const error = reply.content.status === "ok" ? shown : errorOf(reply);
    return error ? { status: "error", error, shown: shown !== undefined } : { status: "ok" };
  }

  /** Kills a kernel whose cell does not end, after asking whether it is alive at all. */
  async #abandon(seconds: number): Promise<Execution> {
    const heartbeat = await within(this.#channels.ping().then(() => true), 500) ?? false;
    await this.#process.end();
    return { status: "timeout", seconds, heartbeat };
  }
}

/** What a reply or an output says of an error. */
function errorOf({ content }: Message): KernelError {
  const { ename, evalue, traceback = [] } = content as Record<string, unknown>;
  return { name: `${ename}`, message: `${evalue}`, stack: (traceback as string[]).join("\n") };
}

const UNCAUGHT = "nobody caught it: a promise that is not awaited, or a timer";

function executeRequest(code: string, silent = false): Record<string, unknown> {
  return { code, silent, store_history: !silent, allow_stdin: false, stop_on_error: true };
}
