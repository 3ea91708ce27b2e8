import type { Encoding } from "./encoding.ts";
import type { Sound } from "./sound.ts";
import { type LayoutReader, soundOf } from "./sound_layout.ts";

/** A value of the header, and the byte of the file at which its line begins. */
interface Field {
  readonly value: string;
  readonly at: number;
}

/** Bytes that are taken to tell what a file is, and those with the size of the header in them. */
const markBytes = 12, beginBytes = 32;
/** Bytes of the largest header that is read: usually it has 1024. */
const largestHeader = 2 ** 20;
const firstLines = /^NIST_1A\r?\n[ \t]*(\d{1,9})[ \t]*\r?\n/;

/**
 * Reads a NIST SPHERE file: PCM of two to four bytes in either order, µ-law or A-law, of any number
 * of interleaved channels. Compressed files ("embedded-shorten") are not read, and the error says so.
 *
 * @returns Samples with full scale at -1 … 1.
 * @throws {SyntaxError} Naming the field and its byte.
 *
 * @example
 * ```ts
 * import { readSphere } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const head = "NIST_1A\n   1024\nsample_count -i 1\nsample_n_bytes -i 2\nchannel_count -i 1\n" +
 *   "sample_byte_format -s2 01\nsample_rate -i 16000\nend_head\n";
 * const bytes = new Uint8Array(1026);
 * bytes.set(new TextEncoder().encode(head));
 * bytes[1025] = 64;
 * assertEquals(readSphere(bytes), { sampleRate: 16000, channels: [Float64Array.of(0.5)] });
 * ```
 *
 * Source: NIST, "SPeech HEader REsources", the object-oriented header; Robinson's shorten.
 */
export function readSphere(bytes: Uint8Array): Sound {
  return soundOf(bytes, sphereLayout());
}

function* sphereLayout(): LayoutReader {
  return yield* sphereLayoutAfter(yield { take: markBytes });
}

/**
 * Reads the header of a SPHERE file.
 *
 * @param head The first 12 bytes, or as many as there are.
 * @throws {SyntaxError} Naming the field and its byte.
 */
export function* sphereLayoutAfter(head: Uint8Array): LayoutReader {
  const begin = joined(head, yield { take: beginBytes - head.length });
  const size = headerSize(begin);
  const bytes = joined(begin, yield { take: Math.max(0, size - begin.length) });
  const fields = fieldsOf(bytes, size);
  const whole = (name: string, left?: number): number => {
    const field = fields.get(name);
    if (field === undefined) {
      return left ?? fail(name, 16, "in the header", "it is missing");
    }
    const value = /^\d+$/.test(field.value) ? Number(field.value) : NaN;
    if (Number.isSafeInteger(value)) return value;
    return fail(name, field.at, "a whole number >= 0", found(field));
  };
  const positive = (name: string, left?: number): number =>
    whole(name, left) || fail(name, fields.get(name)?.at ?? 16, ">= 1", "current value is 0");
  const sampleRate = positive("sample_rate"), channels = positive("channel_count", 1);
  const interleaved = fields.get("channels_interleaved");
  if (channels > 1 && interleaved?.value.toUpperCase() === "FALSE") {
    fail("channels_interleaved", interleaved.at, "TRUE", found(interleaved));
  }
  const encoding = encodingOf(fields, positive("sample_n_bytes"));
  const streamed = !fields.has("sample_count"), block = channels * encoding.bytes;
  const count = streamed ? Math.floor(Number.MAX_SAFE_INTEGER / block) : whole("sample_count");
  return { sampleRate, channels, encoding, start: size, bytes: count * block, streamed, fail };
}

/** Whether bytes begin as a SPHERE file does. */
export function isSphere(bytes: Uint8Array): boolean {
  return ascii(bytes.subarray(0, 7)) === "NIST_1A";
}

/** The size of the header, by the first bytes of the file. */
function headerSize(bytes: Uint8Array): number {
  if (!isSphere(bytes)) {
    const mark = JSON.stringify(ascii(bytes.subarray(0, 7)));
    fail("the file's mark", 0, '"NIST_1A"', `it is ${mark}`);
  }
  const size = Number(firstLines.exec(ascii(bytes))?.[1] ?? NaN);
  if (!(size > 16 && size <= largestHeader)) {
    const is = Number.isNaN(size) ? "it is none" : `current value is ${size}`;
    fail("the size of the header", 8, `a number of bytes from 17 to ${largestHeader}`, is);
  }
  return size;
}

/** The fields of a header, by name. */
function fieldsOf(bytes: Uint8Array, size: number): Map<string, Field> {
  if (size > bytes.length) {
    fail("the header", 8, `${size} bytes`, `the file ends after ${bytes.length}`);
  }
  const fields = new Map<string, Field>();
  const text = ascii(bytes.subarray(0, size));
  for (let at = firstLines.exec(text)?.[0].length as number; at < size;) {
    const end = text.indexOf("\n", at);
    const line = text.slice(at, end < 0 ? size : end).replace(/[\s\0]+$/, "");
    if (line === "end_head") return fields;
    if (line !== "" && !line.startsWith(";")) {
      const [, name, type, length, value] = /^(\S+)[ \t]+-(?:(i|r)|s(\d+))[ \t](.*)$/.exec(line) ??
        [];
      if (name === undefined) {
        const shown = JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line);
        fail("a line", at, '"name -type value" or "end_head"', `it is ${shown}`);
      }
      const before = fields.get(name);
      if (before !== undefined) fail(name, at, "there once", `it is in byte ${before.at}, too`);
      fields.set(name, { value: type ? value.trim() : value.slice(0, Number(length)), at });
    }
    if (end < 0) break;
    at = end + 1;
  }
  return fail("the last line of the header", size, '"end_head"', "it is missing");
}

function encodingOf(fields: ReadonlyMap<string, Field>, bytes: number): Encoding {
  const coding = fields.get("sample_coding") ?? { value: "pcm", at: 0 };
  const sizeAt = fields.get("sample_n_bytes")?.at as number;
  const kind = ({ ulaw: "mu-law", "mu-law": "mu-law", alaw: "a-law", pcm: "signed" } as const)[
    coding.value.toLowerCase() as "pcm"
  ];
  if (kind === undefined) {
    const known =
      '"pcm", "ulaw" or "alaw" (compressed files are not read: expand them with sph2pipe)';
    fail("sample_coding", coding.at, known, `it is ${JSON.stringify(coding.value)}`);
  }
  if (kind !== "signed") {
    if (bytes !== 1) fail("sample_n_bytes", sizeAt, "1", `current value is ${bytes}`);
    return { kind, bytes };
  }
  if (bytes < 2 || bytes > 4) {
    fail("sample_n_bytes", sizeAt, "from 2 to 4", `current value is ${bytes}`);
  }
  const little = "0123".slice(0, bytes), big = "3210".slice(4 - bytes);
  const order = fields.get("sample_byte_format");
  if (order?.value !== little && order?.value !== big) {
    const is = order === undefined ? "it is missing" : found(order);
    fail("sample_byte_format", order?.at ?? 16, `"${little}" or "${big}"`, is);
  }
  return { kind, bytes, bigEndian: order.value === big };
}

function found({ value }: Field): string {
  return `it is ${JSON.stringify(value)}`;
}

function ascii(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

function fail(field: string, at: number, expected: string, found: string): never {
  throw new SyntaxError(
    `Cannot read the SPHERE file as ${field} (byte ${at}) must be ${expected}: ${found}`,
  );
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
