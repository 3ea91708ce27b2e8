/**
 * Runs one command of the runner's and ends with the runner: the first line of its input is a
 * {@linkcode Job}, and the input stays open for as long as the runner wants the command. When the
 * command ends, or the input does, as the runner is done or gone, however it went, every process
 * that the command has started is killed and the job's files are removed. A program of its own,
 * with every permission: a runner that was killed can do none of this.
 *
 * @module
 */
import type { Job } from "./supervised.ts";

const input = Deno.stdin.readable.pipeThrough(new TextDecoderStream()).getReader();
let text = "";
while (!text.includes("\n")) {
  const { value, done } = await input.read();
  if (done) Deno.exit(1);
  text += value;
}
const { args, cwd, stdin, files }: Job = JSON.parse(text);
const dismissed = (async () => {
  while (!(await input.read()).done);
  return undefined;
})();

const mark = crypto.randomUUID();
let code = 1;
try {
  for (const [file, content] of Object.entries(files)) Deno.writeTextFileSync(file, content);
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", RUST_BACKTRACE: "0", UNSEGMENTED_JOB: mark },
    stdin: "piped",
    detached: true,
  }).spawn();
  await feed(child.stdin);
  const status = await Promise.race([child.status, dismissed]);
  code = status?.code ?? 137;
  killAll(child.pid);
} finally {
  for (const file of Object.keys(files)) {
    try {
      Deno.removeSync(file);
    } catch { /* it was never written */ }
  }
}
Deno.exit(code);

async function feed(stream: WritableStream<Uint8Array>): Promise<void> {
  const writer = stream.getWriter();
  try {
    await writer.write(new TextEncoder().encode(stdin));
    await writer.close();
  } catch { /* the command has ended without reading it */ }
}

/** Kills the command's process group and, on Linux, what has left it but carries its mark. */
function killAll(leader: number): void {
  for (let found = true; found;) {
    kill(-leader);
    found = false;
    for (const pid of marked()) found = kill(pid) || found;
  }
}

function kill(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false; // it has ended
  }
}

function* marked(): Generator<number> {
  let processes: Deno.DirEntry[];
  try {
    processes = [...Deno.readDirSync("/proc")];
  } catch {
    return;
  }
  for (const { name } of processes) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (Deno.readTextFileSync(`/proc/${name}/environ`).includes(mark)) yield Number(name);
    } catch { /* it has ended, or is another user's */ }
  }
}
