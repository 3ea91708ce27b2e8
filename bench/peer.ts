import type { Contender } from "./contenders.ts";
import { lines } from "./peers/lines.ts";
import type { Hello, Reply, Request } from "./peers/serve.ts";

/** A contender that does not answer, or not what was asked; the message is one line. */
export class PeerError extends Error {
  override readonly name = "PeerError";
}

/** A contender's running process: one JSON value per line, in and out. */
export class Peer implements AsyncDisposable {
  readonly contender: Contender;
  readonly hello: Hello;
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #output: AsyncGenerator<string, void, void>;
  readonly #complaints: Promise<string>;

  private constructor(
    contender: Contender,
    process: Deno.ChildProcess,
    output: AsyncGenerator<string, void, void>,
    complaints: Promise<string>,
    hello: Hello,
  ) {
    this.contender = contender;
    this.#process = process;
    this.#input = process.stdin.getWriter();
    this.#output = output;
    this.#complaints = complaints;
    this.hello = hello;
  }

  /**
   * Starts a contender's process and hears its first line.
   *
   * @param env Its whole environment, but for what the contender adds: nothing else is inherited, so
   * that no setting of a numeric library slips in.
   * @throws {PeerError} If it is not installed.
   */
  static async start(contender: Contender, env: Record<string, string>): Promise<Peer> {
    const { command, args } = contender;
    let process: Deno.ChildProcess;
    try {
      process = new Deno.Command(command, {
        args: [...args],
        env: { ...env, ...contender.env },
        clearEnv: true,
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
    } catch (error) {
      throw new PeerError(`Cannot start ${command}: ${(error as Error).message}`);
    }
    const complaints = new Response(process.stderr).text();
    const output = lines(process.stdout);
    const { value: line } = await output.next();
    if (line === undefined) {
      await process.stdin.close().catch(() => {});
      throw new PeerError(await lastWords(process, complaints));
    }
    const peer = new Peer(contender, process, output, complaints, JSON.parse(line));
    if (peer.hello.absent === undefined) return peer;
    await peer[Symbol.asyncDispose]();
    throw new PeerError(peer.hello.absent);
  }

  /**
   * Sends a request and waits for the reply.
   *
   * @throws {PeerError} If the process ends instead.
   */
  async ask(request: Request): Promise<Reply> {
    await this.#input.write(new TextEncoder().encode(JSON.stringify(request) + "\n"))
      .catch(() => {}); // the reply that does not come says why
    const { value: line } = await this.#output.next();
    if (line === undefined) throw new PeerError(await lastWords(this.#process, this.#complaints));
    return JSON.parse(line);
  }

  /** Ends the process: there are no more requests. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close().catch(() => {});
    for await (const _ of this.#output);
    await this.#complaints;
    await this.#process.status;
  }
}

/** Why a process ended, in one line: Python says it last, Deno first. */
async function lastWords(process: Deno.ChildProcess, complaints: Promise<string>): Promise<string> {
  const said = (await complaints).split("\n").map((line) => line.trim()).filter(Boolean);
  const { code } = await process.status;
  return said.find((line) => /^error: |^\w*Error: /.test(line)) ?? said.at(-1) ??
    `it ended with exit code ${code}`;
}
