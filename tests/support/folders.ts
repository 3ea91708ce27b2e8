/** Runs a test in a folder of its own. */
export async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The names in a folder, in order. */
export function names(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
}

/** How a process ended, and what it said. */
export interface Ending {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs deno where no file can grow beyond some blocks of 1024 bytes: a disk without room, for any user and
 * without a disk of its own. The system says "File too large" where a disk says "No space left".
 */
export async function whenFull(args: string[], cwd: string, blocks = 1): Promise<Ending> {
  const script = `trap "" XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`;
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-c", script, Deno.execPath(), ...args],
    cwd,
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}
