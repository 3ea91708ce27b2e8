import type { Encoding } from "./encoding.ts";
import type { LayoutReader, Request, SoundLayout } from "./sound_layout.ts";

/** Sizes from here on stand for "unknown": SoX writes 0x7ffff000, FFmpeg 0xffffffff. */
const unknownSize = 0x7ffff000;
const extensible = 0xfffe;
/** A GUID of `WAVE_FORMAT_EXTENSIBLE` after the two bytes of its format. */
const guidRest = "000000001000800000aa00389b71";
/** Formats that people meet and that are not read. */
const formats: Readonly<Record<number, string>> = {
  2: "Microsoft ADPCM",
  0x11: "IMA ADPCM",
  0x31: "GSM 6.10",
  0x50: "MPEG",
  0x55: "MP3",
  0xff: "AAC",
  0x161: "Windows Media Audio",
};

/** Bytes of the RIFF header. */
const headBytes = 12;

/** Reads a WAV file up to its samples, see {@link wavLayoutAfter}. */
export function* wavLayout(): LayoutReader {
  return yield* wavLayoutAfter(yield { take: headBytes });
}

/**
 * Reads the chunks of a WAV file up to its samples.
 *
 * @param head The first 12 bytes, or as many as there are.
 * @throws {SyntaxError} Naming the field and its byte.
 *
 * Source: IBM and Microsoft 1991, "Multimedia Programming Interface and Data Specifications";
 * Microsoft, "Multiple channel audio data and WAVE files".
 */
export function* wavLayoutAfter(head: Uint8Array): LayoutReader {
  requireBytes(head, 0, headBytes, "the RIFF header");
  const magic = ascii(head, 0);
  if (magic !== "RIFF") {
    const known = ["RIFX", "RF64", "BW64"].includes(magic) ? ", a kind that is not read" : "";
    failWav("the file's mark", 0, '"RIFF"', `it is ${JSON.stringify(magic)}${known}`);
  }
  if (ascii(head, 8) !== "WAVE") {
    failWav("the form of the RIFF file", 8, '"WAVE"', `it is ${JSON.stringify(ascii(head, 8))}`);
  }
  const riffSize = uint32(head, 4);
  let format: Pick<SoundLayout, "sampleRate" | "channels" | "encoding"> | undefined;
  for (let at = 12;;) {
    const chunk = yield { take: 8 };
    if (chunk.length < 8) {
      const missing = format === undefined ? '"fmt "' : '"data"';
      failWav(`a chunk ${missing}`, at, "there", "the file ends before it");
    }
    const name = ascii(chunk, 0), size = uint32(chunk, 4), start = at + 8;
    if (name === "data") {
      if (format === undefined) failWav('the chunk "fmt "', at, 'before "data"', "it is missing");
      const block = format.channels * format.encoding.bytes;
      const unset = riffSize === 0 || riffSize >= unknownSize || 8 + riffSize <= start;
      const streamed = size >= unknownSize || size === 0 && unset;
      if (!streamed && size % block !== 0) {
        failWav("the size of the data", at + 4, `a multiple of ${block} bytes`, shown(size));
      }
      const most = Number.MAX_SAFE_INTEGER;
      const bytes = streamed && size === 0 || size === 0xffffffff ? most : size;
      return { ...format, start, bytes: bytes - bytes % block, streamed, fail: failWav };
    }
    if (name === "fmt ") {
      if (size < 16) failWav("the size of the chunk fmt", at + 4, ">= 16", shown(size));
      format = formatOf(yield* take(start, Math.min(size, 40), "the chunk fmt"), start);
      yield { skip: size - Math.min(size, 40) + size % 2 };
    } else yield { skip: size + size % 2 };
    at = start + size + size % 2;
  }
}

/** Throws the error of a WAV file. */
function failWav(field: string, at: number, expected: string, found: string): never {
  throw new SyntaxError(
    `Cannot read the WAV file as ${field} (byte ${at}) must be ${expected}: ${found}`,
  );
}

function* take(at: number, n: number, what: string): Generator<Request, Uint8Array, Uint8Array> {
  return requireBytes(yield { take: n }, at, n, what);
}

function requireBytes(bytes: Uint8Array, at: number, n: number, what: string): Uint8Array {
  if (bytes.length < n) failWav(what, at, `${n} bytes`, `the file ends after ${bytes.length}`);
  return bytes;
}

/** The format of samples, of a chunk "fmt " whose first byte is byte `at` of the file. */
function formatOf(
  bytes: Uint8Array,
  at: number,
): Pick<SoundLayout, "sampleRate" | "channels" | "encoding"> {
  let code = uint16(bytes, 0), codeAt = at;
  const channels = uint16(bytes, 2), sampleRate = uint32(bytes, 4);
  const block = uint16(bytes, 12), bits = uint16(bytes, 14);
  if (channels === 0) failWav("the number of channels", at + 2, ">= 1", shown(channels));
  if (sampleRate === 0) failWav("the sample rate", at + 4, ">= 1", shown(sampleRate));
  if (code === extensible) {
    if (bytes.length < 40) {
      failWav("the extension of the format", at + 16, "24 bytes", `it has ${bytes.length - 16}`);
    }
    const rest = bytes.subarray(26, 40).toHex();
    if (rest !== guidRest) failWav("the GUID of the format", at + 26, guidRest, `it is ${rest}`);
    [code, codeAt] = [uint16(bytes, 24), at + 24];
  }
  const size = Math.ceil(bits / 8);
  const encoding = encodingOf(code, bits, size);
  if (encoding === undefined) {
    const known = [1, 3, 6, 7].includes(code);
    if (known) {
      const fit = code === 1 ? "from 1 to 32" : code === 3 ? "32 or 64" : "8";
      failWav("the bits of a sample", at + 14, fit, shown(bits));
    }
    const name = formats[code] ?? "unknown";
    failWav("the format", codeAt, "1, 3, 6 or 7 (PCM, float, A-law, µ-law)", `${code} (${name})`);
  }
  if (block !== channels * size) {
    failWav("the bytes of a block", at + 12, `${channels * size}`, shown(block));
  }
  return { sampleRate, channels, encoding };
}

/** Bits that do not fill their bytes are the upper ones, so that bytes alone decide. */
function encodingOf(code: number, bits: number, bytes: number): Encoding | undefined {
  if (code === 1 && bits >= 1 && bits <= 32) {
    return { kind: bytes === 1 ? "unsigned" : "signed", bytes };
  }
  if (code === 3 && (bits === 32 || bits === 64)) return { kind: "float", bytes };
  if (bits === 8 && code === 6) return { kind: "a-law", bytes };
  if (bits === 8 && code === 7) return { kind: "mu-law", bytes };
  return undefined;
}

function ascii(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function uint16(bytes: Uint8Array, at: number): number {
  return bytes[at] | bytes[at + 1] << 8;
}

function uint32(bytes: Uint8Array, at: number): number {
  return uint16(bytes, at) + uint16(bytes, at + 2) * 65536;
}

function shown(value: number): string {
  return `current value is ${value}`;
}
