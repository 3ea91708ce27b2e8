import {
  ConsoleStdout,
  File,
  flite,
  OpenFile,
  PreopenDirectory,
  WASI,
} from "../libraries/flite.js";

/** What a run of flite left behind. */
export interface FliteRun {
  /** What it printed, without the line's end. */
  readonly output: string;
  /** The bytes of its WAV file; undefined where it was not asked for one. */
  readonly wav?: Uint8Array;
}

/**
 * Runs flite's command line in a fresh instance, with files in memory and no permission.
 *
 * flite ends with exit code 0 whatever happened: here whatever it says on stderr is an error, and so
 * is a sound that is not there.
 *
 * @param args What follows `flite`, without `-o`.
 * @param options.wav Whether it makes a sound; defaults to false.
 * @throws {Error} If it traps, ends with another code, says something on stderr, or makes no sound.
 */
export function runFlite(
  args: readonly string[],
  options: { wav?: boolean } = {},
): FliteRun {
  const { wav = false } = options;
  const output: string[] = [], complaints: string[] = [];
  const files = new Map<string, File>();
  const wasi = new WASI(["flite", ...args, "-o", wav ? "/out/wav" : "none"], [], [
    new OpenFile(new File([])),
    ConsoleStdout.lineBuffered((line) => output.push(line)),
    ConsoleStdout.lineBuffered((line) => complaints.push(line)),
    new PreopenDirectory("/out", files),
  ], { debug: false });
  const instance = new WebAssembly.Instance(flite, { wasi_snapshot_preview1: wasi.wasiImport });
  const fail = (how: string, cause?: unknown): never => {
    const said = complaints.length > 0 ? ` (${complaints.join("; ")})` : "";
    throw new Error(`flite ${how}${said}: ${args.join(" ").slice(0, 200)}`, { cause });
  };
  let code: number;
  try {
    code = wasi.start(instance as Parameters<typeof wasi.start>[0]);
  } catch (error) {
    return fail("trapped", error);
  }
  if (code !== 0) return fail(`ended with exit code ${code}`);
  if (complaints.length > 0) return fail("complained");
  const sound = files.get("wav")?.data;
  if (wav && sound === undefined) return fail("made no sound");
  return { output: output.join("\n").trim(), wav: sound };
}
