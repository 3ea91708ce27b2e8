import { within } from "./timer.ts";

/** A command of the runner's that must not outlive it. */
export interface Job {
  /** Arguments of `deno`. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** All of its input. */
  readonly stdin: string;
  /** Files that exist while it runs, and their texts. */
  readonly files: Readonly<Record<string, string>>;
}

const running = new Set<Supervised>();
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Starts `deno` under the watch of `supervise.ts`, which ends it when the runner ends, by whatever
 * signal, and with it every process that it has started.
 *
 * @param job What to run; without input and files if left out.
 * @returns The running command; call `end` when done.
 */
export function supervise(job: Partial<Job> & Pick<Job, "args" | "cwd">): Supervised {
  return new Supervised({ stdin: "", files: {}, ...job });
}

/** A command under watch. */
export class Supervised {
  /** How the command ended, when nothing that it started is left. */
  readonly status: Promise<Deno.CommandStatus>;
  readonly #log: Promise<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;

  constructor(job: Job) {
    const script = new URL("./supervise.ts", import.meta.url).href;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--allow-all", "--no-config", "--no-lock", script],
      cwd: job.cwd,
      env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
      stdin: "piped",
      stdout: "null",
      stderr: "piped",
      detached: true, // what kills the runner's process group spares the one that clears up
    }).spawn();
    this.#log = new Response(child.stderr).text();
    this.#input = child.stdin.getWriter();
    this.#input.write(new TextEncoder().encode(JSON.stringify(job) + "\n")).catch(() => {});
    running.add(this);
    if (running.size === 1) listen(Deno.addSignalListener);
    this.status = child.status.finally(() => {
      running.delete(this);
      if (running.size === 0) listen(Deno.removeSignalListener);
    });
  }

  /** Kills the command, if it has not ended, and waits until nothing of it is left. */
  async end(): Promise<void> {
    await this.#input.close().catch(() => {}); // closed before, or nobody reads it any more
    await this.status;
  }

  /** What the command has said on its error stream; call it after the end. */
  async log(): Promise<string> {
    return await within(this.#log, 1000) ?? "";
  }
}

function listen(change: typeof Deno.addSignalListener): void {
  for (const [signal, handler] of handlers) change(signal, handler);
}

const handlers = Object.entries(SIGNALS).map(([signal, code]) =>
  [signal as Deno.Signal, async () => {
    await Promise.all([...running].map((command) => command.end()));
    Deno.exit(code);
  }] as const
);
