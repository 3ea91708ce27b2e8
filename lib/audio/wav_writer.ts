import { requireChannels, type Sound } from "./sound.ts";

/**
 * A sound as the bytes of a WAV file.
 *
 * Integers are round(x · 2^(bits - 1)), cut to what fits, so that 1 becomes the largest of them.
 *
 * @param options.bits 8, 16, 24 or 32 for PCM; defaults to 16.
 * @param options.float Whether samples are written as floats of 32 bits (or 64, with `bits: 64`);
 * defaults to false.
 * @throws {RangeError} If there is no such format, channels differ in length, there are none or more
 * than 65,535, the sample rate is not a whole number from 1 to 2^32 - 1, a sample is not finite, or
 * the file would be longer than 2^32 bytes.
 *
 * @example
 * ```ts
 * import { writeWav } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const sound = { sampleRate: 8000, channels: [Float64Array.of(0.5)] };
 * assertEquals([...writeWav(sound)].slice(44), [0, 64]);
 * ```
 */
export function writeWav(
  sound: Sound,
  options: { bits?: 8 | 16 | 24 | 32 | 64; float?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const { float = false, bits = float ? 32 : 16 } = options;
  const { sampleRate, channels } = sound;
  if (!(float ? [32, 64] : [8, 16, 24, 32]).includes(bits)) {
    throw new RangeError(
      `Cannot write a WAV file as bits must be ${float ? "32 or 64" : "8, 16, 24 or 32"}: ` +
        `current value is ${bits}`,
    );
  }
  requireChannels("write a WAV file", channels);
  requireWhole("the number of channels", channels.length, 0xffff);
  requireWhole("the sample rate", sampleRate, 0xffffffff);
  const bytes = bits / 8, block = channels.length * bytes, size = block * channels[0].length;
  requireWhole("the size of the file", 44 + size + size % 2, 0xffffffff);
  const file = new Uint8Array(44 + size + size % 2), view = new DataView(file.buffer);
  const text = (at: number, word: string) => file.set(new TextEncoder().encode(word), at);
  text(0, "RIFF");
  view.setUint32(4, file.length - 8, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, float ? 3 : 1, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, Math.min(sampleRate * block, 0xffffffff), true);
  view.setUint16(32, Math.min(block, 0xffff), true);
  view.setUint16(34, bits, true);
  text(36, "data");
  view.setUint32(40, size, true);
  const largest = 2 ** (bits - 1);
  channels.forEach((samples, channel) => {
    for (let n = 0, at = 44 + channel * bytes; n < samples.length; n++, at += block) {
      const x = samples[n];
      if (!Number.isFinite(x)) {
        throw new RangeError(
          `Cannot write a WAV file as samples must be finite: sample ${n} of channel ${channel} ` +
            `is ${x}`,
        );
      }
      if (float) {
        if (bits === 64) view.setFloat64(at, x, true);
        else view.setFloat32(at, x, true);
        continue;
      }
      const value = Math.max(-largest, Math.min(largest - 1, Math.round(x * largest)));
      if (bits === 8) view.setUint8(at, value + 128);
      else if (bits === 16) view.setInt16(at, value, true);
      else if (bits === 32) view.setInt32(at, value, true);
      else {
        view.setUint8(at, value & 0xff);
        view.setInt16(at + 1, value >> 8, true);
      }
    }
  });
  return file;
}

function requireWhole(name: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new RangeError(
      `Cannot write a WAV file as ${name} must be a whole number from 1 to ${most}: ` +
        `current value is ${value}`,
    );
  }
}
