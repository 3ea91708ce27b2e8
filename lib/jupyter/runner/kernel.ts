import { randomUUID } from "node:crypto";
import { Channels } from "./channels.ts";
import { createConnection } from "./connection.ts";
import { findMark, flushCode, PRELUDE, type StrayError } from "./prelude.ts";
import { sleep, within } from "./timer.ts";
import type { Message } from "./wire.ts";

/** An error as the kernel reports it. */
export interface KernelError {
  name: string;
  message: string;
  /** The stack, or "" where there is none. */
  stack: string;
}

/** How the execution of one cell ended. */
export type Execution =
  | { status: "ok" }
  | { status: "error"; error: KernelError }
  | { status: "timeout"; seconds: number; heartbeat: boolean }
  | { status: "died"; code: number; log: string };

/** Options of {@linkcode startKernel}. */
export interface KernelOptions {
  /** Directory the kernel runs in: the notebook's own, as in JupyterLab. */
  cwd: string;
  /** Seconds to wait for the kernel to answer, defaults to 60. */
  startTimeout?: number;
}

/**
 * Starts Deno's own Jupyter kernel and waits until it answers.
 *
 * @param options See {@linkcode KernelOptions}.
 * @returns The running kernel; call `stop` when done.
 * @throws {Error} If the kernel does not come up, three times over.
 */
export async function startKernel(options: KernelOptions): Promise<Kernel> {
  for (let attempt = 1;; attempt++) {
    const kernel = await Kernel.spawn(options.cwd);
    const problem = await kernel.ready(options.startTimeout ?? 60);
    if (problem === null) return kernel;
    await kernel.stop();
    if (attempt === 3) throw new Error(`Cannot start the Deno kernel: ${problem}`);
  }
}

/** A running kernel; executes one cell at a time. */
export class Kernel {
  readonly #child: Deno.ChildProcess;
  readonly #channels: Channels;
  readonly #file: string;
  readonly #log: Promise<string>;
  readonly #onSignal = () => {
    this.#kill();
    this.#forget();
    Deno.exit(130);
  };
  #exited: Deno.CommandStatus | null = null;

  private constructor(child: Deno.ChildProcess, channels: Channels, file: string) {
    this.#child = child;
    this.#channels = channels;
    this.#file = file;
    this.#log = new Response(child.stderr).text();
    child.status.then((status) => this.#exited = status);
    Deno.addSignalListener("SIGINT", this.#onSignal);
    Deno.addSignalListener("SIGTERM", this.#onSignal);
  }

  /** Starts the process, in `cwd`, with a connection file beside the notebooks. */
  static async spawn(cwd: string): Promise<Kernel> {
    const connection = await createConnection();
    const file = `${cwd}/.kernel-${connection.key.slice(0, 8)}.json`;
    await Deno.writeTextFile(file, JSON.stringify(connection), { mode: 0o600 });
    const child = new Deno.Command(Deno.execPath(), {
      args: ["jupyter", "--kernel", "--conn", file],
      cwd,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    return new Kernel(child, new Channels(connection), file);
  }

  /** Waits until both shell and iopub are connected; says what went wrong, or `null`. */
  async ready(seconds: number): Promise<string | null> {
    const deadline = performance.now() + seconds * 1000;
    let heard = false;
    this.#channels.onIopub = () => heard = true;
    const ended = this.#child.status;
    await within(Promise.race([this.#channels.ping(), ended]), seconds * 1000);
    while (!heard) {
      if (this.#exited) return `it ended with code ${this.#exited.code}: ${await this.#log}`;
      if (performance.now() > deadline) return `it does not answer within ${seconds} s`;
      const info = this.#channels.request("shell", "kernel_info_request", {});
      await within(Promise.race([info.then(() => sleep(20)), ended]), 200);
    }
    this.#forget();
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
    const first = await within(Promise.race([run, this.#child.status]), options.timeout * 1000);
    if (first === undefined) return await this.#abandon(options.timeout);
    if ("status" in first) return first;
    return { status: "died", code: first.code, log: (await this.#log).trim() };
  }

  /** Ends the kernel, by asking first; closes sockets and removes the connection file. */
  async stop(): Promise<void> {
    Deno.removeSignalListener("SIGINT", this.#onSignal);
    Deno.removeSignalListener("SIGTERM", this.#onSignal);
    if (!this.#exited) {
      this.#channels.request("control", "shutdown_request", { restart: false });
      await within(this.#child.status, 1000);
      this.#kill();
    }
    await this.#child.status;
    await this.#log;
    await this.#channels.close();
    this.#forget();
  }

  /** Executes code and then flushes: all output up to the flush's marks goes to `take`. */
  async #run(code: string, take: (message: Message) => void): Promise<Execution> {
    const mark = `flush-${randomUUID()}`;
    const strays: StrayError[] = [];
    let marks = 0;
    const flushed = new Promise<void>((resolve) => {
      this.#channels.onIopub = (message) => {
        const found = findMark(message, mark);
        if (!found) return take(message);
        strays.push(...found);
        if (++marks === 2) resolve();
      };
    });
    const reply = await this.#channels.request("shell", "execute_request", executeRequest(code));
    await this.#channels.request("shell", "execute_request", executeRequest(flushCode(mark), true));
    await flushed;
    if (reply.content.status !== "ok") {
      const { ename, evalue, traceback } = reply.content as Record<string, unknown>;
      const stack = (traceback as string[] ?? []).join("\n");
      return { status: "error", error: { name: `${ename}`, message: `${evalue}`, stack } };
    }
    if (strays.length > 0) {
      const { name, message, stack } = strays[0];
      return { status: "error", error: { name, message: `${message} (${UNCAUGHT})`, stack } };
    }
    return { status: "ok" };
  }

  /** Kills a kernel whose cell does not end, after asking whether it is alive at all. */
  async #abandon(seconds: number): Promise<Execution> {
    const heartbeat = await within(this.#channels.ping().then(() => true), 500) ?? false;
    this.#kill();
    await this.#child.status;
    return { status: "timeout", seconds, heartbeat };
  }

  #kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch { /* it has ended by itself */ }
  }

  /** Removes the connection file, which nobody needs once the kernel has read it. */
  #forget(): void {
    try {
      Deno.removeSync(this.#file);
    } catch { /* removed before */ }
  }
}

const UNCAUGHT = "nobody caught it: a promise that is not awaited, or a timer";

function executeRequest(code: string, silent = false): Record<string, unknown> {
  return { code, silent, store_history: !silent, allow_stdin: false, stop_on_error: true };
}
