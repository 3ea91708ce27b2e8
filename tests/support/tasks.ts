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
