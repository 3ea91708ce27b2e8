import { assertEquals } from "@std/assert";

/** The project's folder. */
export const root: string = new URL("../../", import.meta.url).pathname;

/** How a process ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a task as a person types it, with the permissions that deno.json gives it. */
export function task(name: string, ...args: readonly string[]): Promise<Ended> {
  return deno(["task", "--quiet", name, ...args], root);
}

/** Runs `deno` in a folder. */
export async function deno(args: readonly string[], cwd: string): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

/**
 * Runs several command lines of one task in one process, with the permissions that deno.json gives it:
 * one after the other, each in a task's module of its own over a library that is loaded once.
 *
 * @param cwd Where they are typed; defaults to the project's folder.
 */
export async function lines(
  name: string,
  commandLines: readonly (readonly string[])[],
  cwd: string = root,
): Promise<Ended[]> {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${root}deno.json`));
  const task: string = tasks[name];
  // No wrong line gets as far as the cache.
  const words = task.slice(task.lastIndexOf("deno run")).replaceAll('"$CACHE"', "/no-cache")
    .split(" ");
  const MARK = `end-${crypto.randomUUID()}`;
  const script = `
    const say = (stream, text) => stream.writeSync(new TextEncoder().encode(text));
    const end = Deno.exit;
    setInterval(() => {}, 5); // an import that waits for nothing else would end the process
    class Exit { constructor(code) { this.code = code; } }
    Deno.exit = (code = 0) => { throw new Exit(code); };
    async function line(args, load) {
      Object.defineProperty(Deno, "args", { value: args, configurable: true });
      let code = 0;
      try {
        await load();
      } catch (error) {
        code = error instanceof Exit ? error.code : (console.error(error), 1);
      }
      say(Deno.stdout, ${JSON.stringify(MARK)} + code);
      say(Deno.stderr, ${JSON.stringify(MARK)});
      say(Deno.stdout, ";");
    }
    ${
    commandLines.map((args, n) =>
      `await line(${JSON.stringify(args)}, () => import("file://${root}${words.at(-1)}?${n}"));`
    ).join("\n")
  }
    end(0);
  `;
  const child = new Deno.Command(Deno.execPath(), {
    args: [...words.slice(1, -1), "--config", `${root}deno.json`, "--ext=js", "-"],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(script));
  await writer.close();
  const { stdout, stderr } = await child.output();
  const [outs, errs] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).split(MARK));
  assertEquals(
    [outs.length, errs.length],
    [commandLines.length + 1, commandLines.length + 1],
    errs.join("\n"),
  );
  return commandLines.map((_, n) => ({
    code: parseInt(outs[n + 1]),
    out: outs[n].replace(/^\d+;/, ""),
    err: errs[n],
  }));
}

/** Runs a shell line in the project's folder: pipes, and files that are full. */
export async function shell(line: string): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-c", line],
    cwd: root,
    env: {
      NO_COLOR: "1",
      PATH: `${Deno.execPath().replace(/\/[^/]*$/, "")}:${Deno.env.get("PATH")}`,
    },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

/** A folder below the project's, where tasks may write; it is gone afterwards. */
export async function inProject(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: `${root}tests/system`, prefix: ".tmp-" });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Holds that a task ended in one line on stderr, with nothing on stdout. */
export function assertOneLine({ code, out, err }: Ended, expected: number, part: string): void {
  const lines = err.trimEnd().split("\n").filter((line) => !line.startsWith("Download "));
  assertEquals([code, out, lines.length], [expected, "", 1], err);
  assertEquals(err.includes(part), true, `${JSON.stringify(part)} is not in ${err}`);
}
