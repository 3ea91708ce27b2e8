import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { readSound, readWav, writeWav } from "lib/audio/mod.ts";
import { mutilation } from "../support/mutilations.ts";

const ascii = (text: string) => [...new TextEncoder().encode(text)];
const u16 = (n: number) => [n & 255, n >> 8];
const u32 = (n: number) => [...u16(n & 65535), ...u16(n >>> 16)];

/** A chunk with its pad byte. */
function chunk(name: string, body: number[], size = body.length): number[] {
  return [...ascii(name), ...u32(size), ...body, ...(body.length % 2 ? [0] : [])];
}

function riff(chunks: number[][], size?: number): Uint8Array {
  const body = [...ascii("WAVE"), ...chunks.flat()];
  return Uint8Array.from([...ascii("RIFF"), ...u32(size ?? body.length), ...body]);
}

interface Format {
  code: number;
  channels?: number;
  rate?: number;
  bits: number;
  rest?: number[];
}

function fmt({ code, channels = 1, rate = 16000, bits, rest = [] }: Format): number[] {
  const block = channels * Math.ceil(bits / 8);
  return chunk("fmt ", [
    ...[...u16(code), ...u16(channels), ...u32(rate)],
    ...[...u32(rate * block), ...u16(block), ...u16(bits), ...rest],
  ]);
}

const guid = (code: number) => [...u16(code), 0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];
const extension = (
  valid: number,
  code: number,
) => [...u16(22), ...u16(valid), ...u32(4), ...guid(code)];
const floats = (values: number[]) => [...new Uint8Array(Float32Array.from(values).buffer)];
const doubles = (values: number[]) => [...new Uint8Array(Float64Array.from(values).buffer)];
const samplesOf = (bytes: Uint8Array) => readWav(bytes).channels.map((channel) => [...channel]);

Deno.test("readWav() reads integers of 8 to 32 bits with full scale at -1 … 1", () => {
  const cases: [number, number[], number[]][] = [
    [8, [0, 128, 255], [-1, 0, 127 / 128]],
    [16, [0, 128, 0, 0, 255, 127], [-1, 0, 32767 / 32768]],
    [12, [0, 128, 240, 127], [-1, 32752 / 32768]],
    [24, [0, 0, 128, 1, 0, 0, 255, 255, 255, 255, 255, 127], [
      -1,
      2 ** -23,
      -(2 ** -23),
      1 - 2 ** -23,
    ]],
    [32, [0, 0, 0, 128, 1, 0, 0, 0], [-1, 2 ** -31]],
  ];
  for (const [bits, data, expected] of cases) {
    assertEquals(samplesOf(riff([fmt({ code: 1, bits }), chunk("data", data)])), [expected]);
    if (bits === 12) continue;
    const format = fmt({ code: 0xfffe, bits, rest: extension(bits, 1) });
    assertEquals(samplesOf(riff([format, chunk("data", data)])), [expected]);
  }
});

Deno.test("readWav() reads floats as they are, beyond full scale too", () => {
  const values = [0.5, -1.25, 2 ** -40];
  const single = chunk("data", floats(values)), double = chunk("data", doubles([0.1, -3]));
  assertEquals(samplesOf(riff([fmt({ code: 3, bits: 32 }), single])), [values]);
  assertEquals(samplesOf(riff([fmt({ code: 3, bits: 64 }), double])), [[0.1, -3]]);
  const format = fmt({ code: 0xfffe, bits: 32, rest: extension(32, 3) });
  assertEquals(samplesOf(riff([format, single])), [values]);
});

// Values of ITU-T G.711 on a scale of 16 bits, by Python's audioop.ulaw2lin and alaw2lin
Deno.test("readWav() reads µ-law and A-law", () => {
  const bytes = [0, 1, 64, 127, 128, 200, 255];
  const expected: [number, number[]][] = [
    [7, [-32124, -31100, -1884, 0, 32124, 1372, 0]],
    [6, [-5504, -5248, -344, -848, 5504, 472, 848]],
  ];
  for (const [code, values] of expected) {
    const [samples] = samplesOf(riff([fmt({ code, bits: 8 }), chunk("data", bytes)]));
    assertEquals(samples.map((x) => x * 32768), values);
  }
});

Deno.test("readWav() takes channels apart, two or six of them", () => {
  for (const channels of [2, 6]) {
    const data = Array.from({ length: 2 * channels }, (_, n) => u16(256 * n)).flat();
    const sound = readWav(
      riff([fmt({ code: 1, channels, bits: 16, rate: 44100 }), chunk("data", data)]),
    );
    assertEquals(sound.sampleRate, 44100);
    assertEquals(
      sound.channels.map((channel) => [...channel].map((x) => x * 128)),
      Array.from({ length: channels }, (_, c) => [c, c + channels]),
    );
  }
});

Deno.test("readWav() passes over other chunks, of odd sizes too, before and behind the samples", () => {
  const format = fmt({ code: 1, bits: 8, rest: u16(0) });
  const parts = [chunk("LIST", [1, 2, 3]), format, chunk("fact", u32(3)), chunk("junk", [7])];
  const expected = [[-1, 0, 0.5]];
  const data = chunk("data", [0, 128, 192]);
  assertEquals(samplesOf(riff([...parts, data, chunk("id3 ", [1])])), expected);
  const unpadded = riff([...parts, data]);
  assertEquals(samplesOf(unpadded.subarray(0, unpadded.length - 1)), expected);
});

Deno.test("readWav() reads a streamed file to its end, and an empty one as empty", () => {
  const format = fmt({ code: 1, bits: 16 });
  const data = [...u16(0x4000), ...u16(0x2000), 9];
  const sizes: [number, number | undefined][] = [
    [0xffffffff, 0xffffffff],
    [0x7ffff000, 0x7ffff024],
    [0, 0],
    [0, 36],
    [0, 0xffffffff],
    [0xffffffff, undefined],
  ];
  for (const [size, whole] of sizes) {
    const padded = riff([format, chunk("data", data, size)], whole);
    assertEquals(samplesOf(padded.subarray(0, padded.length - 1)), [[0.5, 0.25]]);
  }
  assertEquals(samplesOf(riff([format, chunk("data", []), chunk("LIST", [1, 2])])), [[]]);
  assertEquals(samplesOf(riff([format, chunk("data", [])])), [[]]);
});

Deno.test("readWav() names the field that is wrong, and its byte", () => {
  const data = chunk("data", [0, 0, 0, 0]);
  const good = riff([fmt({ code: 1, bits: 16 }), data]);
  const cases: [Uint8Array, string][] = [
    [new Uint8Array(), "the RIFF header (byte 0) must be 12 bytes: the file ends after 0"],
    [
      good.with(3, 88),
      'the file\'s mark (byte 0) must be "RIFF": it is "RIFX", a kind that is not',
    ],
    [good.with(8, 65), 'the form of the RIFF file (byte 8) must be "WAVE": it is "AAVE"'],
    [riff([data]), 'the chunk "fmt " (byte 12) must be before "data"'],
    [riff([]), 'a chunk "fmt " (byte 12) must be there: the file ends before it'],
    [riff([fmt({ code: 1, bits: 16 })]), 'a chunk "data" (byte 36) must be there'],
    [good.with(22, 0), "the number of channels (byte 22) must be >= 1: current value is 0"],
    [good.with(24, 0).with(25, 0), "the sample rate (byte 24) must be >= 1"],
    [good.with(32, 3), "the bytes of a block (byte 32) must be 2: current value is 3"],
    [good.with(34, 0), "the bits of a sample (byte 34) must be from 1 to 32: current value is 0"],
    [riff([fmt({ code: 3, bits: 16 }), data]), "the bits of a sample (byte 34) must be 32 or 64"],
    [good.with(20, 0x55), "the format (byte 20) must be 1, 3, 6 or 7"],
    [good.with(20, 0x55), "85 (MP3)"],
    [good.with(16, 14), "the size of the chunk fmt (byte 16) must be >= 16"],
    [good.with(40, 3), "the size of the data (byte 40) must be a multiple of 2 bytes"],
    [good.subarray(0, 46), "the data (byte 44) must be 4 bytes: the file ends after 2"],
    [good.subarray(0, 30), "the chunk fmt (byte 20) must be 16 bytes: the file ends after 10"],
    [riff([fmt({ code: 0xfffe, bits: 16 }), data]), "the extension of the format (byte 36)"],
    [
      riff([fmt({ code: 0xfffe, bits: 16, rest: extension(16, 1).with(14, 1) }), data]),
      "the GUID of the format (byte 46)",
    ],
    [
      riff([fmt({ code: 3, bits: 32 }), chunk("data", floats([1, NaN]))]),
      "a sample (byte 48) must be finite: current value is NaN",
    ],
  ];
  for (const [bytes, message] of cases) {
    assertThrows(() => readWav(bytes), SyntaxError, message);
    assertThrows(() => readWav(bytes), SyntaxError, "Cannot read the WAV file as ");
  }
});

const sound = fc.record({
  sampleRate: fc.constantFrom(8000, 11025, 16000, 44100, 192000),
  channels: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.nat(20)).chain(([channels, length]) =>
    fc.array(
      fc.float64Array({ minLength: length, maxLength: length, min: -1, max: 1, noNaN: true })
        .map((samples) => Float64Array.from(samples)),
      { minLength: channels, maxLength: channels },
    )
  ),
});

Deno.test("writeWav() and readWav() are inverse up to the rounding of the format", () => {
  const formats = [{ bits: 8 }, { bits: 16 }, { bits: 24 }, { bits: 32 }, { float: true }, {
    float: true,
    bits: 64,
  }] as const;
  fc.assert(fc.property(sound, fc.constantFrom(...formats), (sound, options) => {
    const bytes = writeWav(sound, options);
    const read = readSound(bytes);
    assertEquals(read.sampleRate, sound.sampleRate);
    assertEquals(read.channels.length, sound.channels.length);
    const step = "float" in options ? "bits" in options ? 0 : 2 ** -24 : 2 ** (1 - options.bits);
    sound.channels.forEach((samples, c) => {
      assertEquals(read.channels[c].length, samples.length);
      samples.forEach((x, n) => assertAlmostEquals(read.channels[c][n], x, step));
    });
    assertEquals(writeWav(read, options), bytes);
  }));
});

Deno.test("writeWav() writes every field of the header, two channels side by side", () => {
  const channels = [Float64Array.of(0.5, -1), Float64Array.of(0, 1)];
  const bytes = writeWav({ sampleRate: 8000, channels });
  const samples = [0x4000, 0, 0x8000, 0x7fff].flatMap(u16);
  assertEquals(
    bytes,
    riff([fmt({ code: 1, channels: 2, rate: 8000, bits: 16 }), chunk("data", samples)]),
  );
  const single = writeWav({ sampleRate: 48000, channels }, { float: true });
  const format = fmt({ code: 3, channels: 2, rate: 48000, bits: 32 });
  assertEquals(single, riff([format, chunk("data", floats([0.5, 0, -1, 1]))]));
});

Deno.test("writeWav() refuses what no WAV file can hold", () => {
  const one = [Float64Array.of(0)];
  const cases: [() => unknown, string][] = [
    [() => writeWav({ sampleRate: 0, channels: one }), "the sample rate must be a whole number"],
    [() => writeWav({ sampleRate: 8000, channels: [] }), "at least one channel: it has 0"],
    [
      () => writeWav({ sampleRate: 8000, channels: Array(65536).fill(new Float64Array()) }),
      "the number of channels must be a whole number from 1 to 65535",
    ],
    [
      () => writeWav({ sampleRate: 8000, channels: [...one, Float64Array.of(0, 0)] }),
      "all channels must have 1 samples, like channel 0: channel 1 has 2",
    ],
    [
      () => writeWav({ sampleRate: 8000, channels: [Float64Array.of(0, NaN)] }),
      "sample 1 of channel 0 is NaN",
    ],
    [
      () => writeWav({ sampleRate: 8000, channels: one }, { bits: 64 }),
      "bits must be 8, 16, 24 or",
    ],
  ];
  for (const [write, message] of cases) assertThrows(write, RangeError, message);
});

Deno.test("a damaged WAV file is read or refused with a SyntaxError, never larger than it is", () => {
  const files = [
    riff([
      chunk("LIST", [1, 2, 3]),
      fmt({ code: 1, channels: 2, bits: 16 }),
      chunk("data", [...Array(32).keys()]),
    ]),
    riff([
      fmt({ code: 0xfffe, bits: 32, rest: extension(32, 3) }),
      chunk("data", floats([0.5, -0.5, 0.25])),
    ]),
    writeWav({
      sampleRate: 16000,
      channels: [Float64Array.from({ length: 9 }, (_, n) => Math.sin(n))],
    }, {
      bits: 24,
    }),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...files), mutilation, mutilation, (file, one, other) => {
      const bad = other(new Uint8Array([...one(file), 0, 0]));
      try {
        const { channels } = readWav(bad);
        const samples = channels.reduce((sum, { length }) => sum + length, 0);
        assertEquals(samples <= bad.length, true);
        assertEquals(channels.every((channel) => channel.every(Number.isFinite)), true);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});

Deno.test("every cut of a WAV file is refused, or says of all the samples what the file says", () => {
  const file = writeWav({ sampleRate: 16000, channels: [Float64Array.of(0.5, 0.25, -1)] });
  for (let end = 0; end < file.length; end++) {
    assertThrows(() => readWav(file.subarray(0, end)), SyntaxError, "(byte ");
  }
});
