import { writeWav } from "../audio/mod.ts";
import { display, type MediaBundle } from "./display.ts";

/**
 * Plays a sound in a notebook: a player, with the sound inside. Outside a kernel it prints how long
 * the sound is.
 *
 * @param samples Full scale is -1 … 1.
 * @param sampleRate Samples per second.
 *
 * @example
 * ```ts
 * import { play } from "lib/jupyter/audio.ts";
 *
 * await play(Float64Array.from({ length: 800 }, (_, n) => 0.1 * Math.sin(n)), 8000);
 * ```
 */
export async function play(
  samples: Float64Array<ArrayBuffer>,
  sampleRate: number,
): Promise<void> {
  await display(player(samples, sampleRate));
}

/** The mime bundle of {@link play}. */
export function player(samples: Float64Array<ArrayBuffer>, sampleRate: number): MediaBundle {
  const wav = writeWav({ sampleRate, channels: [samples] });
  const text = `${(samples.length / sampleRate).toFixed(2)} s of sound`;
  return {
    "text/html": `<audio controls title="${text}" src="data:audio/wav;base64,${wav.toBase64()}">` +
      `</audio>`,
    "text/plain": text,
  };
}
