import { randomUUID } from "node:crypto";
import { Dealer } from "./zeromq.ts";

/** What a Jupyter connection file says. */
export interface Connection {
  transport: "tcp";
  ip: string;
  signature_scheme: "hmac-sha256";
  key: string;
  kernel_name: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
}

/**
 * Makes a connection on five free ports of this machine, with a fresh key. The ports are free
 * when asked; another program may take one before the kernel does, then start over.
 *
 * @returns The connection.
 */
export async function createConnection(): Promise<Connection> {
  const sockets = Array.from({ length: 5 }, () => new Dealer({ linger: 0 }));
  try {
    const ports: number[] = [];
    for (const socket of sockets) {
      await socket.bind("tcp://127.0.0.1:*");
      ports.push(Number(socket.lastEndpoint?.split(":").pop()));
    }
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
    return {
      transport: "tcp",
      ip: "127.0.0.1",
      signature_scheme: "hmac-sha256",
      key: randomUUID(),
      kernel_name: "deno",
      shell_port,
      iopub_port,
      stdin_port,
      control_port,
      hb_port,
    };
  } finally {
    for (const socket of sockets) socket.close();
  }
}
