/** Exit code of a task whose reader has gone away: a shell's number for the signal SIGPIPE. */
export const READER_GONE: number = 128 + 13;

/**
 * Writes a line, or several, to stdout. A reader that has gone away (`| head -1`) or a full disk is an
 * error here, where `console.log` passes over the first and the work would go on for nobody.
 */
export function print(text: string): void {
  const bytes = new TextEncoder().encode(text + "\n");
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}
