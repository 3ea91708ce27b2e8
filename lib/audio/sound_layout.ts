import { decodeSamples, type Encoding } from "./encoding.ts";
import type { Sound } from "./sound.ts";

/** Where the samples of a file are, and what they are. */
export interface SoundLayout {
  /** Samples per second. */
  readonly sampleRate: number;
  /** Number of channels. */
  readonly channels: number;
  readonly encoding: Encoding;
  /** The byte of the file at which the samples begin. */
  readonly start: number;
  /** Bytes of samples, at most where `streamed`. */
  readonly bytes: number;
  /** Whether the size was unknown to the writer, so that samples go on to the file's end. */
  readonly streamed: boolean;
  /** Throws the error of such a file. */
  readonly fail: (field: string, at: number, expected: string, found: string) => never;
}

/** What the reader of a layout asks for: some bytes, or to pass over some. */
export type Request = { readonly take: number } | { readonly skip: number };

/**
 * What reads a file up to its samples. It asks for the bytes that it needs, so that a whole file and a
 * stream are read alike; its caller answers each request with as many bytes as there are.
 */
export type LayoutReader = Generator<Request, SoundLayout, Uint8Array>;

/** The sound of a whole file. */
export function soundOf(bytes: Uint8Array, reading: LayoutReader): Sound {
  let at = 0, step = reading.next();
  while (!step.done) {
    const request = step.value;
    const end = Math.min(bytes.length, at + ("take" in request ? request.take : request.skip));
    const answer = bytes.subarray(at, end);
    at = end;
    step = reading.next(answer);
  }
  const { start, bytes: size, streamed, channels, encoding, fail } = step.value;
  const there = bytes.length - start;
  if (size > there && !streamed) {
    fail("the data", start, `${size} bytes`, `the file ends after ${there}`);
  }
  const block = channels * encoding.bytes;
  const whole = bytes.subarray(start, start + Math.min(size, there - there % block));
  return soundAt(step.value, whole, start);
}

/**
 * The sound of some blocks of samples.
 *
 * @param at The byte of the file at which they begin.
 */
export function soundAt(
  { sampleRate, channels, encoding, fail }: SoundLayout,
  blocks: Uint8Array,
  at: number,
): Sound {
  const fails = (place: number, value: number) =>
    fail("a sample", at + place, "finite", `current value is ${value}`);
  return { sampleRate, channels: decodeSamples(blocks, encoding, channels, fails) };
}
