import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { readSound, readSphere } from "lib/audio/mod.ts";
import { mutilation } from "../support/mutilations.ts";
import { sphere } from "../support/sphere.ts";

Deno.test("readSphere() reads both orders of bytes, and two to four of them", () => {
  const cases: [number[], Record<string, string>, number[]][] = [
    [[0, 64, 0, 128], {}, [0.5, -1]],
    [[64, 0, 128, 0], { sample_byte_format: "-s2 10" }, [0.5, -1]],
    [[0, 0, 64, 0, 0, 128], { sample_n_bytes: "-i 3", sample_byte_format: "-s3 012" }, [0.5, -1]],
    [[64, 0, 0, 128, 0, 0], { sample_n_bytes: "-i 3", sample_byte_format: "-s3 210" }, [0.5, -1]],
    [[0, 0, 0, 64, 0, 0, 0, 128], {
      sample_n_bytes: "-i 4",
      sample_byte_format: "-s4 0123",
    }, [0.5, -1]],
    [[64, 0, 0, 0, 128, 0, 0, 0], {
      sample_n_bytes: "-i 4",
      sample_byte_format: "-s4 3210",
    }, [0.5, -1]],
  ];
  for (const [data, fields, expected] of cases) {
    assertEquals(readSphere(sphere(data, fields)), {
      sampleRate: 16000,
      channels: [Float64Array.from(expected)],
    });
  }
});

Deno.test("readSphere() reads µ-law and A-law, channels side by side, and lines that end in CRLF", () => {
  const law = { sample_n_bytes: "-i 1", sample_byte_format: "-s1 1" };
  const mu = sphere([0, 128], { ...law, sample_coding: "-s4 ulaw" });
  assertEquals([...readSphere(mu).channels[0]].map((x) => x * 32768), [-32124, 32124]);
  const a = sphere([0, 128], { ...law, sample_coding: "-s4 alaw" });
  assertEquals([...readSphere(a).channels[0]].map((x) => x * 32768), [-5504, 5504]);
  const two = sphere([0, 64, 0, 32, 0, 16, 0, 8], { channel_count: "-i 2" }, { eol: "\r\n" });
  assertEquals(readSound(two).channels.map((c) => [...c]), [[0.5, 0.125], [0.25, 0.0625]]);
});

Deno.test("readSphere() takes text fields at their length, passes over comments and longer headers", () => {
  const fields = { speaker_id: "-s5 a b c and more", "; a comment": "", sample_min: "-i -1200" };
  const bytes = sphere([0, 64, 0, 128, 7], fields, { size: 2048 });
  assertEquals([...readSphere(bytes).channels[0]], [0.5, -1]);
  assertEquals([...readSphere(sphere([0, 64], { sample_count: undefined })).channels[0]], [0.5]);
});

Deno.test("readSphere() names the field that is wrong, and its byte", () => {
  const data = [0, 64, 0, 128];
  const cases: [Uint8Array, string][] = [
    [new Uint8Array(), 'the file\'s mark (byte 0) must be "NIST_1A": it is ""'],
    [sphere(data).with(8, 88), "the size of the header (byte 8)"],
    [
      sphere(data).fill(57, 8, 15),
      "must be a number of bytes from 17 to 1048576: current value is",
    ],
    [sphere(data).subarray(0, 1000), "the header (byte 8) must be 1024 bytes: the file ends after"],
    [
      sphere(data, {}, { end: "end" }),
      'a line (byte 120) must be "name -type value" or "end_head"',
    ],
    [sphere(data, {}, { end: "" }), 'the last line of the header (byte 1024) must be "end_head"'],
    [sphere(data, { sample_rate: undefined }), "sample_rate (byte 16) must be in the header"],
    [sphere(data, { sample_rate: "-i 0" }), "sample_rate (byte 99) must be >= 1"],
    [sphere(data, { channel_count: "-i x" }), "channel_count (byte 54) must be a whole number"],
    [
      sphere(data, { sample_byte_format: "-s2 11" }),
      'sample_byte_format (byte 73) must be "01" or',
    ],
    [sphere(data, { sample_byte_format: undefined }), "sample_byte_format (byte 16)"],
    [sphere(data, { sample_n_bytes: "-i 1" }), "sample_n_bytes (byte 34) must be from 2 to 4"],
    [
      sphere(data, { sample_coding: "-s26 pcm,embedded-shorten-v2.00" }),
      '"pcm", "ulaw" or "alaw" (compressed files are not read: expand them with sph2pipe): it is ' +
      '"pcm,embedded-shorten-v2.0',
    ],
    [
      sphere(data, { sample_coding: "-s3 pcm\nsample_rate -i 8000" }),
      "sample_rate (byte 142) must be there once: it is in byte 99, too",
    ],
    [sphere(data.slice(1)), "the data (byte 1024) must be 4 bytes: the file ends after 3"],
    [
      sphere(data, {
        channel_count: "-i 2",
        sample_count: "-i 1",
        channels_interleaved: "-s5 FALSE",
      }),
      "channels_interleaved (byte 120) must be TRUE",
    ],
  ];
  for (const [bytes, message] of cases) {
    assertThrows(() => readSphere(bytes), SyntaxError, message);
  }
});

Deno.test("a damaged SPHERE file is read or refused with a SyntaxError, never larger than it is", () => {
  const file = sphere([...Array(64).keys()], { sample_count: "-i 16", channel_count: "-i 2" }, {
    size: 192,
  });
  fc.assert(
    fc.property(mutilation, mutilation, (one, other) => {
      const bad = other(new Uint8Array([...one(file), 0, 0]));
      try {
        const { channels } = readSphere(bad);
        assertEquals(channels.reduce((sum, { length }) => sum + length, 0) <= bad.length, true);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});
