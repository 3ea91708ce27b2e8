import type { Sound } from "./sound.ts";
import { isSphere, readSphere } from "./sphere.ts";
import { readWav } from "./wav.ts";

/**
 * Reads a WAV or a SPHERE file, whatever its name says: files called .WAV may be either.
 *
 * @throws {SyntaxError} As {@link readWav} and {@link readSphere}.
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
  return isSphere(bytes) ? readSphere(bytes) : readWav(bytes);
}
