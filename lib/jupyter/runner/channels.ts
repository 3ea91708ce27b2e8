import { randomUUID } from "node:crypto";
import { Dealer, Request, Subscriber } from "./zeromq.ts";
import type { Connection } from "./connection.ts";
import { sleep } from "./timer.ts";
import { createRequest, decodeMessage, encodeMessage, type Message } from "./wire.ts";

/** Milliseconds between two looks at the sockets. */
const INTERVAL = 4;

/**
 * The four sockets of a client, with replies matched to their requests. The sockets are looked
 * at every few milliseconds: zeromq's own waiting rests on `uv_poll`, which misses messages in
 * Deno 2.9.6 (a reply then arrives with the next request, or never).
 */
export class Channels {
  /** Called with every iopub message. */
  onIopub: (message: Message) => void = () => {};
  readonly #connection: Connection;
  readonly #session = randomUUID();
  readonly #shell: Dealer;
  readonly #control: Dealer;
  readonly #iopub: Subscriber;
  readonly #heartbeat: Request;
  readonly #waiting = new Map<string, (reply: Message) => void>();
  readonly #looking: Promise<void>;
  #echo: () => void = () => {};
  #open = true;

  /** Connects to a kernel, which need not be up yet. */
  constructor(connection: Connection) {
    const address = (port: number) => `tcp://${connection.ip}:${port}`;
    const options = { linger: 0, reconnectInterval: 20, receiveTimeout: 0 };
    this.#connection = connection;
    this.#shell = new Dealer({ ...options, routingId: this.#session });
    this.#control = new Dealer({ ...options, routingId: this.#session });
    this.#iopub = new Subscriber({ ...options, receiveHighWaterMark: 0 });
    this.#heartbeat = new Request(options);
    this.#shell.connect(address(connection.shell_port));
    this.#control.connect(address(connection.control_port));
    this.#heartbeat.connect(address(connection.hb_port));
    this.#iopub.connect(address(connection.iopub_port));
    this.#iopub.subscribe();
    this.#looking = this.#look();
  }

  /** Sends a request and waits for its reply, for as long as it takes. */
  async request(
    channel: "shell" | "control",
    type: string,
    content: Record<string, unknown>,
  ): Promise<Message> {
    const request = createRequest(type, content, this.#session);
    const reply = new Promise<Message>((resolve) => {
      this.#waiting.set(request.header.msg_id, resolve);
    });
    const socket = channel === "shell" ? this.#shell : this.#control;
    await socket.send(encodeMessage(request, this.#connection.key));
    return await reply;
  }

  /** Sends one heartbeat and waits for its echo, for as long as it takes. */
  async ping(): Promise<void> {
    const echo = new Promise<void>((resolve) => this.#echo = resolve);
    await this.#heartbeat.send("ping");
    await echo;
  }

  /** Closes all sockets; requests under way stay unanswered. */
  async close(): Promise<void> {
    this.#open = false;
    await this.#looking;
    for (const socket of [this.#shell, this.#control, this.#iopub, this.#heartbeat]) socket.close();
  }

  async #look(): Promise<void> {
    const settle = (reply: Message) => {
      const id = reply.parent.msg_id ?? "";
      this.#waiting.get(id)?.(reply);
      this.#waiting.delete(id);
    };
    while (this.#open) {
      await this.#drain(this.#shell, settle);
      await this.#drain(this.#control, settle);
      await this.#drain(this.#iopub, (message) => this.onIopub(message));
      if (await receiveNow(this.#heartbeat)) this.#echo();
      await sleep(INTERVAL);
    }
  }

  async #drain(socket: Dealer | Subscriber, take: (message: Message) => void): Promise<void> {
    for (let frames; (frames = await receiveNow(socket));) {
      take(decodeMessage(frames, this.#connection.key));
    }
  }
}

/** Receives what is there; `null` if nothing is, or a heartbeat socket has not been sent to. */
async function receiveNow(socket: Dealer | Subscriber | Request): Promise<Uint8Array[] | null> {
  try {
    return await socket.receive();
  } catch (error) {
    if (["EAGAIN", "EFSM"].includes((error as { code?: string }).code ?? "")) return null;
    throw error;
  }
}
