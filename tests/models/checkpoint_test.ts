import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { blstm, decodeCheckpoint, encodeCheckpoint, linear, stack } from "lib/models/mod.ts";
import { matrix, type Params, RandomState, sequences } from "lib/numeric/mod.ts";

const tiny = () =>
  encodeCheckpoint({ W: matrix(1, 2, [3, 4]), b: matrix(2, 1, [5, 6]) }, { note: "tiny" });

/** A file with the given header and `size` bytes of data. */
function file(header: unknown, size = 16): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const W = { dtype: "F64", shape: [1, 2], data_offsets: [0, 16] };

Deno.test("a checkpoint gives back every weight bit for bit, and its metadata", () => {
  const model = stack(blstm(3, 4), linear(8, 5));
  const params = model.init(new RandomState(1));
  const metadata = { experiment: '{"seed":0}', note: "ein Häkchen ✓" };
  assertEquals(decodeCheckpoint(encodeCheckpoint(params, metadata)), { params, metadata });
});

Deno.test("a checkpoint keeps the order of names, every double, and matrices without entries", () => {
  const doubles = fc.array(fc.double(), { maxLength: 6 });
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-zA-Z][\w.]{0,8}$/), doubles), (entries) => {
      const params: Params = Object.fromEntries(
        Object.entries(entries).map(([name, data]) => [name, matrix(data.length, 1, data)]),
      );
      const { params: read } = decodeCheckpoint(encodeCheckpoint(params));
      assertEquals(Object.keys(read), Object.keys(params));
      for (const [name, { data, rows, cols }] of Object.entries(read)) {
        assertEquals([rows, cols], [params[name].rows, 1]);
        assert(data.every((value, i) => Object.is(value, params[name].data[i])), name);
      }
    }),
  );
});

Deno.test("a checkpoint is a safetensors file: size, padded JSON header, little-endian doubles", () => {
  const bytes = tiny();
  const view = new DataView(bytes.buffer);
  const headerSize = Number(view.getBigUint64(0, true));
  assertEquals(headerSize % 8, 0);
  assertEquals(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerSize))), {
    __metadata__: { note: "tiny" },
    W: { dtype: "F64", shape: [1, 2], data_offsets: [0, 16] },
    b: { dtype: "F64", shape: [2, 1], data_offsets: [16, 32] },
  });
  const doubles = [0, 1, 2, 3].map((i) => view.getFloat64(8 + headerSize + 8 * i, true));
  assertEquals([doubles, bytes.length], [[3, 4, 5, 6], 8 + headerSize + 32]);
});

Deno.test("decodeCheckpoint() reads from the middle of a larger buffer", () => {
  const bytes = tiny();
  const larger = new Uint8Array(bytes.length + 6).fill(0xff);
  larger.set(bytes, 3);
  assertEquals(decodeCheckpoint(larger.subarray(3, 3 + bytes.length)), decodeCheckpoint(bytes));
});

Deno.test("decodeCheckpoint() reads files whose header is not padded and has no metadata", () => {
  const { params, metadata } = decodeCheckpoint(file({ W }));
  assertEquals([params, metadata], [{ W: matrix(1, 2) }, {}]);
});

Deno.test("decodeCheckpoint() refuses a file cut short anywhere: in its size, header or data", () => {
  const bytes = tiny();
  const dataStart = bytes.length - 32;
  for (let length = 0; length < bytes.length; length++) {
    const message = length <= 8
      ? `not a safetensors file: its ${length} bytes`
      : length < dataStart
      ? `cut short: its header ends at byte ${dataStart}, the file at ${length}`
      : length < dataStart + 16
      ? `cut short: "W" ends at byte ${dataStart + 16}, the file at ${length}`
      : `cut short: "b" ends at byte ${bytes.length}, the file at ${length}`;
    assertThrows(() => decodeCheckpoint(bytes.subarray(0, length)), SyntaxError, message);
  }
});

Deno.test("decodeCheckpoint() refuses what is no safetensors file", () => {
  const text = (s: string) => new TextEncoder().encode(s);
  for (
    const bytes of [
      text("PK\x03\x04, a zip file or a PyTorch checkpoint"),
      text('{"W": [1, 2]}'),
      text("\x89HDF\r\n\x1a\n"),
    ]
  ) {
    assertThrows(() => decodeCheckpoint(bytes), SyntaxError, "not a safetensors file");
  }
  assertThrows(() => decodeCheckpoint(file("[1, 2, 3]")), SyntaxError, "not a safetensors file");
  assertThrows(() => decodeCheckpoint(file('{"W": oh no}')), SyntaxError, "its header is not JSON");
});

Deno.test("decodeCheckpoint() names the tensor whose type, shape or place is wrong", () => {
  const cases: [unknown, string][] = [
    [{ ...W, dtype: "F32" }, '"W" must be F64 with shape [rows, cols]: it is F32 with shape [1,2]'],
    [{ ...W, shape: [2] }, "it is F64 with shape [2]"],
    [{ ...W, shape: [1, 2, 1] }, "it is F64 with shape [1,2,1]"],
    [{ ...W, shape: [-1, -2] }, "it is F64 with shape [-1,-2]"],
    [{ ...W, shape: [0.5, 4] }, "it is F64 with shape [0.5,4]"],
    [{ ...W, shape: undefined }, "with shape undefined"],
    [null, "it is undefined"],
    [7, "it is undefined"],
    [{ ...W, shape: [2, 2] }, '"W" of shape [2, 2] must take 32 bytes: its offsets are [0,16]'],
    [{ ...W, data_offsets: [16, 0] }, "its offsets are [16,0]"],
    [{ ...W, data_offsets: [-8, 8] }, "its offsets are [-8,8]"],
    [{ ...W, data_offsets: [0.5, 16.5] }, "its offsets are [0.5,16.5]"],
    [{ ...W, data_offsets: undefined }, "its offsets are undefined"],
    [{ ...W, data_offsets: [8, 24] }, 'cut short: "W" ends at byte'],
  ];
  for (const [tensor, message] of cases) {
    assertThrows(() => decodeCheckpoint(file({ W: tensor })), SyntaxError, message);
  }
});

Deno.test("decodeCheckpoint() of any bytes at all reads them or throws a SyntaxError", () => {
  const survives = (bytes: Uint8Array) => {
    try {
      decodeCheckpoint(bytes);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), survives), { numRuns: 300 });
  fc.assert(fc.property(fc.jsonValue(), (value) => survives(file({ W: value }))), { numRuns: 300 });
  const bytes = tiny();
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
      survives(bytes.with(at, byte));
    }),
    { numRuns: 500 },
  );
});

Deno.test("weights of another model are refused by name and shape", () => {
  const x = sequences([matrix(2, 3)]);
  const small = stack(blstm(3, 2), linear(4, 5)), large = stack(blstm(3, 4), linear(8, 5));
  const { params } = decodeCheckpoint(encodeCheckpoint(small.init(new RandomState(0))));
  assertThrows(
    () => large.forward(params, x),
    RangeError,
    'The weight "Wx" must have shape [3, 16]: it has [3, 8]',
  );
});
