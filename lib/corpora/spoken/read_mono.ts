import { readSound, type Sound } from "../../audio/mod.ts";
import type { ReadFile } from "./folder.ts";
import type { Fault } from "./report.ts";
import { toInt16 } from "./utterance.ts";

/**
 * Reads a sound that must be of one channel and a certain sample rate.
 *
 * @param onFault Told if it is not, is empty or cannot be read.
 * @returns Its samples, full scale ±32768; undefined if something is wrong with it.
 */
export async function readMono(
  file: string,
  read: ReadFile,
  rate: number,
  onFault: (fault: Fault) => void,
): Promise<Int16Array | undefined> {
  let sound: Sound;
  try {
    sound = readSound(await read(file));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    onFault({ file, message: error.message });
    return undefined;
  }
  const { sampleRate, channels } = sound;
  if (sampleRate !== rate || channels.length !== 1) {
    const is = `${sampleRate} Hz, ${channels.length} channels`;
    onFault({ file, message: `must be of ${rate} Hz and one channel: it is ${is}` });
    return undefined;
  }
  if (channels[0].length > 0) return toInt16(channels[0]);
  onFault({ file, message: "has no samples" });
  return undefined;
}
