/**
 * `deno task align --audio`: recordings and their texts.
 *
 * @module
 */
import {
  alignHeard,
  alignmentText,
  type AlignRecordingOptions,
  hear,
  type Heard,
  posteriorTracks,
  readText,
  type RecordingAlignment,
  type SpeechModel,
  TextMismatchError,
  wordLabels,
} from "lib/speech/mod.ts";
import { writeWhole } from "lib/write_whole.ts";
import { UsageError } from "./args.ts";
import { readBrought, textOf } from "./brought.ts";
import {
  blocksOf,
  type Destination,
  eachSound,
  NOT_SAID,
  type SoundFile,
  soundsOf,
  speechModelOf,
} from "./recordings.ts";
import { reasonOf } from "./run_task.ts";
import { requireWritable } from "./writable.ts";

/** What was asked for. */
export interface AlignRecordings extends AlignRecordingOptions, Destination {
  readonly audio: string;
  readonly model?: string;
  readonly text?: string;
  readonly textFile?: string;
  readonly plot?: string;
}

/**
 * Aligns every recording with its text, and says on stderr what does not match.
 *
 * @returns 0, or 3 where a text is not what the sound says, or 1 where a recording of a folder failed.
 */
export async function alignRecordings(asked: AlignRecordings): Promise<number> {
  const { text, textFile, plot, format } = asked;
  if (text !== undefined && textFile !== undefined) {
    throw new UsageError("--text and --text-file are two texts: expected one");
  }
  const sounds = await soundsOf(asked.audio);
  const single = Object.entries({ "text": text, "text-file": textFile, "plot": plot })
    .find(([, value]) => value !== undefined);
  if (!sounds.one && single !== undefined) {
    throw new UsageError(
      `--${single[0]} is of one recording, and --audio names a folder: expected a .txt beside each`,
    );
  }
  if (plot !== undefined) await requireWritable("plot", plot);
  const model = await speechModelOf(asked.model);
  return await eachSound("align", sounds, asked, async (sound) => {
    const words = await readText(text ?? readTextBeside(sound, textFile));
    const labels = words.map((word) => wordLabels(word, model));
    const heard = await hear(blocksOf(sound.path), model, asked);
    let alignment: RecordingAlignment;
    try {
      alignment = alignHeard(heard, words, labels, model, asked);
    } catch (error) {
      if (!(error instanceof TextMismatchError)) throw error;
      console.error(`align: ${sound.path}: ${error.message}`);
      return { code: NOT_SAID };
    }
    if (plot !== undefined) await draw(plot, heard, alignment, model);
    const faults = mismatches(alignment);
    for (const fault of faults) console.error(`align: ${sound.path}: ${fault}`);
    return {
      text: alignmentText(alignment, format, { name: sound.name, unit: model.unit }),
      code: faults.length > 0 ? NOT_SAID : 0,
    };
  });
}

/** Draws an alignment; what draws is loaded where it is asked for. */
async function draw(
  file: string,
  heard: Heard,
  alignment: RecordingAlignment,
  model: SpeechModel,
): Promise<void> {
  const { recordingAlignment, toPng } = await import("lib/figures/mod.ts");
  const figure = recordingAlignment({
    ...heard,
    ...posteriorTracks(heard, alignment, model),
    words: alignment.words,
    labels: alignment.words.flatMap(({ labels }) => labels),
  });
  await writeWhole(file, await toPng(figure));
}

/** The text of a sound: that of `--text-file`, or of the .txt beside it. */
function readTextBeside({ path }: SoundFile, textFile?: string): string {
  if (textFile !== undefined) return readBrought("text-file", textFile, "a text in UTF-8", textOf);
  const beside = path.replace(/\.[^./]+$/, ".txt");
  const missing = `there is no text: expected --text, --text-file or ${beside}`;
  if (!existsSync(beside)) throw new UsageError(missing);
  try {
    return textOf(Deno.readFileSync(beside));
  } catch (error) {
    throw new UsageError(
      `${JSON.stringify(beside)} cannot be the text: expected a text in UTF-8 (${reasonOf(error)})`,
    );
  }
}

function existsSync(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The most words that are named one by one. */
const mostNamed = 12;

/** What does not match, one line each: stretches of words, and speech without words. */
function mismatches({ words, stray }: RecordingAlignment): string[] {
  const wrong = words.filter(({ matches }) => !matches);
  const named = wrong.slice(0, mostNamed).map(({ text, start, end, confidence }) =>
    `${JSON.stringify(text)} (${seconds(start, end)}, confidence ${confidence.toFixed(2)})`
  );
  if (wrong.length > mostNamed) named.push(`${wrong.length - mostNamed} more`);
  return [
    ...(wrong.length === 0 ? [] : [
      `the text does not match the sound: ${wrong.length} of ${words.length} words are not heard ` +
      `where they should be: ${named.join(", ")}`,
    ]),
    ...stray.map(({ start, end }) =>
      `the text does not match the sound: there is speech without words at ${seconds(start, end)}`
    ),
  ];
}

function seconds(start: number, end: number): string {
  return `${start.toFixed(2)}–${end.toFixed(2)} s`;
}
