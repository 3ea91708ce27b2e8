import type { Sound } from "./sound.ts";
import { soundOf } from "./sound_layout.ts";
import { wavLayout } from "./wav_layout.ts";

/**
 * Reads a WAV file: PCM of 8, 16, 24 or 32 bits, floats of 32 or 64, A-law and µ-law, plain or as
 * `WAVE_FORMAT_EXTENSIBLE`, of any number of channels. Chunks that it does not know are passed
 * over.
 *
 * Where the writer did not know the size of the samples (0xffffffff, SoX's 0x7ffff000, or 0 in a
 * RIFF file whose own size is unset or ends there), they go on to the end of the file, less a block
 * that is cut. In every other case a file that ends too early is an error.
 *
 * @returns Samples with full scale at -1 … 1; floats may go beyond it.
 * @throws {SyntaxError} Naming the field and its byte.
 *
 * @example
 * ```ts
 * import { readWav, writeWav } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = writeWav({ sampleRate: 8000, channels: [Float64Array.of(0, 0.5, -1)] });
 * assertEquals([...readWav(bytes).channels[0]], [0, 0.5, -1]);
 * ```
 */
export function readWav(bytes: Uint8Array): Sound {
  return soundOf(bytes, wavLayout());
}
