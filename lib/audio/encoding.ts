/** How a sample is written as bytes. */
export interface Encoding {
  readonly kind: "unsigned" | "signed" | "float" | "mu-law" | "a-law";
  /** Bytes of a sample. */
  readonly bytes: number;
  /** Whether the byte of the highest value comes first. */
  readonly bigEndian?: boolean;
}

/**
 * Decodes interleaved samples, full scale to -1 … 1. Integers of n bits are divided by 2^(n - 1).
 *
 * @param bytes Whole blocks of one sample per channel.
 * @param channels Number of channels.
 * @param fail Called with the place of a sample that is NaN or infinite, in bytes from the start.
 * @returns One array of samples per channel.
 */
export function decodeSamples(
  bytes: Uint8Array,
  encoding: Encoding,
  channels: number,
  fail: (at: number, value: number) => never,
): Float64Array<ArrayBuffer>[] {
  const block = encoding.bytes * channels, length = bytes.length / block;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = readerOf(encoding, view);
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float64Array(length);
    for (let n = 0, at = channel * encoding.bytes; n < length; n++, at += block) {
      const value = read(at);
      samples[n] = Number.isFinite(value) ? value : fail(at, value);
    }
    return samples;
  });
}

/** What reads the sample that starts at a byte. */
function readerOf(
  { kind, bytes, bigEndian = false }: Encoding,
  view: DataView,
): (at: number) => number {
  const little = !bigEndian;
  switch (kind) {
    case "unsigned":
      return (at) => (view.getUint8(at) - 128) / 128;
    case "mu-law":
      return (at) => muLaw(view.getUint8(at)) / 32768;
    case "a-law":
      return (at) => aLaw(view.getUint8(at)) / 32768;
    case "float":
      return bytes === 8
        ? (at) => view.getFloat64(at, little)
        : (at) => view.getFloat32(at, little);
    case "signed":
      switch (bytes) {
        case 1:
          return (at) => view.getInt8(at) / 128;
        case 2:
          return (at) => view.getInt16(at, little) / 32768;
        case 3:
          return little
            ? (at) => (view.getInt16(at + 1, true) * 256 + view.getUint8(at)) / 8388608
            : (at) => (view.getInt16(at) * 256 + view.getUint8(at + 2)) / 8388608;
        default:
          return (at) => view.getInt32(at, little) / 2147483648;
      }
  }
}

/** The 16-bit value of a µ-law byte. Source: ITU-T G.711, table 2; Sun's g711.c. */
function muLaw(byte: number): number {
  const code = ~byte & 0xff;
  const size = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132;
  return code & 128 ? 0 - size : size;
}

/** The 16-bit value of an A-law byte. Source: ITU-T G.711, table 1; Sun's g711.c. */
function aLaw(byte: number): number {
  const code = byte ^ 0x55, segment = (code >> 4) & 7;
  const step = ((code & 15) << 4) + 8;
  const size = segment === 0 ? step : (step + 256) << (segment - 1);
  return code & 128 ? size : -size;
}
