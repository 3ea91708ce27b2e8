/**
 * Recordings that a person brings: one sound, or a folder of them; read in blocks, and what is made of
 * them written beside them or elsewhere.
 *
 * @module
 */
import { basename, dirname, extname, join } from "node:path";
import { type Sound, soundBlocks } from "lib/audio/mod.ts";
import { filesBelow } from "lib/corpora/spoken/folder.ts";
import { readWeights, runStore } from "lib/experiments/mod.ts";
import {
  readSpeechModel,
  recordingEndings,
  type RecordingFormat,
  type SpeechModel,
} from "lib/speech/mod.ts";
import { alignerExperiment } from "lib/studies/human_speech/sweep.ts";
import { unlessMissing, writeWhole } from "lib/write_whole.ts";
import { UsageError } from "./args.ts";
import { readBrought } from "./brought.ts";
import { print } from "./print.ts";
import { Failure, reasonOf } from "./run_task.ts";
import { requireOutput } from "./writable.ts";

/** Where the model that comes along is: the weights of the sweep `aligner`. */
const results = new URL("../results", import.meta.url).pathname;

/** Exit code of an alignment whose text is not what the sound says. */
export const NOT_SAID = 3;

/** The model of `--model`, or the one that comes along. */
export async function speechModelOf(file?: string): Promise<SpeechModel> {
  if (file === undefined) {
    const store = runStore(results).within("aligner");
    return readSpeechModel(await readWeights(store, alignerExperiment(), "sweep aligner"));
  }
  return readBrought(
    "model",
    file,
    "a model of speech, as `deno task run` stores",
    readSpeechModel,
  );
}

/** A sound that was named, or found in a folder that was. */
export interface SoundFile {
  readonly path: string;
  /** Its path from the folder, without the ending; of one sound its name. */
  readonly name: string;
}

/** The sounds of `--audio`. */
export interface Sounds {
  /** Whether a file was named, and not a folder. */
  readonly one: boolean;
  readonly sounds: readonly SoundFile[];
}

/** The sounds of `--audio`, a file or a folder. */
export async function soundsOf(audio: string): Promise<Sounds> {
  const { isFile, isDirectory } = await stat(audio);
  if (isFile) {
    return { one: true, sounds: [{ path: audio, name: basename(audio, extname(audio)) }] };
  }
  if (!isDirectory) cannotBe(audio, "it is no regular file");
  const sounds = (await filesBelow(audio)).filter((path) => /\.(wav|sph)$/i.test(path))
    .map((path) => ({ path: join(audio, path), name: path.replace(/\.[^./]+$/, "") }));
  if (sounds.length === 0) cannotBe(audio, "the folder has no .wav or .sph");
  return { one: false, sounds };
}

async function stat(audio: string): Promise<Deno.FileInfo> {
  try {
    return await Deno.stat(audio);
  } catch (error) {
    return cannotBe(audio, reasonOf(error));
  }
}

function cannotBe(audio: string, reason: string): never {
  throw new UsageError(
    `--audio cannot be ${JSON.stringify(audio)}: expected a WAV or SPHERE file, or a folder of ` +
      `them (${reason})`,
  );
}

/**
 * The blocks of a WAV or SPHERE file, in bounded memory.
 *
 * @throws {SyntaxError} Naming the byte and the field that is wrong.
 */
export async function* blocksOf(path: string): AsyncGenerator<Sound, void, void> {
  const file = await Deno.open(path);
  let mark: Uint8Array = new Uint8Array();
  try {
    yield* soundBlocks(async function* () {
      for await (const chunk of file.readable) {
        if (mark.length === 0) mark = chunk.slice(0, 4);
        yield chunk;
      }
    }());
  } catch (error) {
    if (!(error instanceof SyntaxError) || mark.length === 0 || isKnown(mark)) throw error;
    throw new SyntaxError(
      `${error.message}; convert it first, as in ffmpeg -i ${basename(path)} -ac 1 sound.wav`,
    );
  }
}

function isKnown(bytes: Uint8Array): boolean {
  return /^(RIFF|RF64|RIFX|NIST)/.test(new TextDecoder("latin1").decode(bytes));
}

/** Where what is made of sounds goes. */
export interface Destination {
  readonly format: RecordingFormat;
  /** A folder; defaults to beside the sound, or stdout where there is one sound. */
  readonly output?: string;
  /** Whether files that are there are replaced. */
  readonly overwrite: boolean;
}

/** Where the text of a sound is to be written; undefined for stdout. */
export function placeOf(
  { path, name }: SoundFile,
  one: boolean,
  { format, output }: Destination,
): string | undefined {
  const ending = recordingEndings[format];
  if (output !== undefined) return join(output, name + ending);
  return one ? undefined : join(dirname(path), basename(name) + ending);
}

/** What is made of a sound. */
export interface Made {
  /** What is written; undefined if nothing is. */
  readonly text?: string;
  /** The exit code that it asks for. */
  readonly code: number;
}

/**
 * Does something with every sound. Of one sound what goes wrong is an error; of a folder it is a line
 * on stderr, and the others go on.
 *
 * @returns The exit code: 1 if a sound failed, else the largest that was asked for.
 */
export async function eachSound(
  task: string,
  { one, sounds }: Sounds,
  destination: Destination,
  make: (sound: SoundFile) => Promise<Made>,
): Promise<number> {
  if (destination.output !== undefined) await requireOutput(destination.output);
  let failed = 0, code = 0;
  for (const sound of sounds) {
    try {
      const place = placeOf(sound, one, destination);
      if (place !== undefined && !destination.overwrite) await requireFree(place);
      const made = await make(sound);
      code = Math.max(code, made.code);
      if (made.text === undefined) continue;
      if (place === undefined) print(made.text.trimEnd());
      else {
        await Deno.mkdir(dirname(place), { recursive: true });
        await writeWhole(place, made.text);
      }
    } catch (error) {
      if (one) throw ofOneSound(sound.path, error);
      failed++;
      console.error(`${task}: ${sound.path}: ${reasonOf(error)}`);
    }
  }
  if (!one) print(`${task}: ${sounds.length - failed} of ${sounds.length} recordings done`);
  return failed > 0 ? 1 : code;
}

async function requireFree(place: string): Promise<void> {
  if (await unlessMissing(Deno.lstat(place)) === undefined) return;
  throw new Failure(`${place} is there already: expected --overwrite, or --output FOLDER`);
}

/** What is wrong with a sound's file is a mistake of the command line that named it. */
function ofOneSound(path: string, error: unknown): unknown {
  if (!(error instanceof SyntaxError)) return error;
  return new UsageError(
    `--audio cannot be ${JSON.stringify(path)}: expected a WAV or SPHERE file (${reasonOf(error)})`,
    { cause: error },
  );
}
