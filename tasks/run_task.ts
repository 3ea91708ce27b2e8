/**
 * How every task ends: what a person typed, brought or ran out of is one line on stderr; a fault of the
 * program is a stack trace with the request to report it.
 *
 * @module
 */
import { WriteError } from "lib/write_whole.ts";
import { type Terminal, terminal, UsageError } from "./args.ts";
import { READER_GONE } from "./print.ts";

/** How a task ends: its exit code, and what it says on stderr. */
export interface Ending {
  readonly code: number;
  readonly text?: string;
}

/** What a task could not do, with its reason; exit code 1. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** A person stopped the task, and what they want to go on from is written; exit code 130. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** Exit code of a task that a person stopped: a shell's number for the signal SIGINT. */
const STOPPED = 128 + 2;

/**
 * Runs a task to its end.
 *
 * @param name What follows `deno task`.
 * @param work Throws a {@linkcode UsageError} for a mistake of the person's; the number that it
 * returns is the exit code, by default 0.
 */
export async function runTask(
  name: string,
  work: () => Promise<number | void> | number | void,
  io: Terminal = terminal,
): Promise<void> {
  let code: number | void;
  try {
    code = await work();
  } catch (error) {
    const { code, text } = endingOf(name, error);
    if (text !== undefined) io.err(text);
    return io.exit(code);
  }
  if (code) io.exit(code);
}

/**
 * What Ctrl-C says while `work` runs; the task then ends at once, with exit code 130.
 *
 * @param advice What is kept, and what to do next.
 */
export async function untilStopped<T>(
  name: string,
  advice: () => string,
  work: () => Promise<T>,
  io: Terminal = terminal,
): Promise<T> {
  const stop = () => {
    io.err(`\n${name}: stopped: ${advice()}`);
    io.exit(STOPPED);
  };
  Deno.addSignalListener("SIGINT", stop);
  try {
    return await work();
  } finally {
    Deno.removeSignalListener("SIGINT", stop);
  }
}

/** How long one Ctrl-C can take to arrive, in milliseconds: from the terminal, and again from `deno task`. */
const ONE_PRESS = 1000;

/**
 * What Ctrl-C aborts, for work that then has something to write and throws {@linkcode Stopped}.
 * Another, a second later, ends the task at once, with exit code 130.
 */
export function firstCtrlC(io: Terminal = terminal): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  let first = NaN;
  const stop = () => {
    if (performance.now() - first > ONE_PRESS) io.exit(STOPPED);
    if (!controller.signal.aborted) first = performance.now();
    controller.abort();
  };
  Deno.addSignalListener("SIGINT", stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => Deno.removeSignalListener("SIGINT", stop),
  };
}

/**
 * How a task ends that threw `error`: 2 for what a person typed or brought, 1 for what they ran out of
 * and for a fault of the program.
 */
export function endingOf(name: string, error: unknown): Ending {
  if (error instanceof Deno.errors.BrokenPipe) return { code: READER_GONE };
  const line = (code: number, what: string) => ({ code, text: `${name}: ${what}` });
  if (error instanceof UsageError) return line(2, `${error.message} (--help shows all flags)`);
  if (error instanceof Stopped) {
    return { code: STOPPED, text: `\n${name}: stopped: ${error.message}` };
  }
  if (error instanceof Failure) return line(1, error.message);
  if (!(error instanceof Error)) return fault(name, error);
  if (error instanceof Deno.errors.NotCapable) return line(2, reasonOf(error));
  if (ranOutOfMemory(error)) {
    return line(1, `there is not enough memory for this: ask for less (${reasonOf(error)})`);
  }
  if (isOfTheSystem(error) || failures.includes(error.name)) return line(1, reasonOf(error));
  return isOwn(error) ? line(2, reasonOf(error)) : fault(name, error);
}

/**
 * Why something failed, in one line and in the words of the person's world: Deno's advice to give
 * another flag to `deno` is not for one who types `deno task`.
 */
export function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  if (error instanceof WriteError && cause instanceof Deno.errors.NotCapable) {
    return reasonOf(cause);
  }
  const [reason] = message.split("\n");
  if (!(error instanceof Deno.errors.NotCapable)) return reason;
  const [, what] = /^Requires (.*?),/.exec(reason) ?? [undefined, reason];
  return `the task has no permission for ${what}: deno.json says what each task may read and write`;
}

/** Errors of the library that say what failed, rather than what was wrong with a value. */
const failures = ["DivergedError", "WriteError", "DamagedRunError", "MissingRunError"];

function fault(name: string, error: unknown): Ending {
  const trace = error instanceof Error ? error.stack ?? error.message : String(error);
  const request = `${name}: this is a fault of the program, not yours: please report it, with ` +
    `your command and the lines above`;
  return { code: 1, text: `${trace}\n${request}` };
}

/** A disk that is full, a folder that may not be written: an error with the system's own code. */
function isOfTheSystem(error: Error): boolean {
  return typeof (error as { code?: unknown }).code === "string" &&
    /\(os error \d+\)/.test(error.message);
}

function ranOutOfMemory({ message }: Error): boolean {
  return /^(Array buffer allocation failed|Invalid (typed )?array (buffer )?length|Invalid string length|(Map|Set) maximum size exceeded|Maximum call stack size exceeded|WebAssembly\.Memory)/
    .test(message);
}

/**
 * Whether our own code threw it on purpose, and so says what is wrong: a RangeError, SyntaxError or
 * TypeError that neither a built-in function nor the language itself raised.
 */
function isOwn({ name, message, stack = "" }: Error): boolean {
  const [first = ""] = stack.slice(stack.indexOf(message) + message.length).trim().split("\n");
  if (/\(<anonymous>\)$/.test(first)) return false;
  if (["RangeError", "SyntaxError", "CheckpointError"].includes(name)) return true;
  return name === "TypeError" && /^Cannot .+ as .+ must /.test(message);
}
