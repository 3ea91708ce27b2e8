import type { Sound } from "./sound.ts";
import { type LayoutReader, soundOf } from "./sound_layout.ts";
import { isSphere, sphereLayoutAfter } from "./sphere.ts";
import { wavLayoutAfter } from "./wav_layout.ts";

/**
 * Reads a WAV or a SPHERE file, whatever its name says: files called .WAV may be either.
 *
 * @throws {SyntaxError} As `readWav()` and `readSphere()`.
 *
 * @example
 * ```ts
 * import { readSound, writeWav } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const sound = { sampleRate: 8000, channels: [Float64Array.of(0.5)] };
 * assertEquals(readSound(writeWav(sound)), sound);
 * ```
 */
export function readSound(bytes: Uint8Array): Sound {
  return soundOf(bytes, soundLayout());
}

/** Reads a WAV or a SPHERE file up to its samples. */
export function* soundLayout(): LayoutReader {
  const head = yield { take: 12 };
  return yield* isSphere(head) ? sphereLayoutAfter(head) : wavLayoutAfter(head);
}
