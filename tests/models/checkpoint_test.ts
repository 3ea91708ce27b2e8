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

Deno.test("a checkpoint in single precision takes half the bytes, and rounds every weight to a float", () => {
  const params = stack(blstm(3, 4), linear(8, 5)).init(new RandomState(1));
  const single = encodeCheckpoint(params, { note: "half" }, { precision: "single" });
  const { params: read, metadata } = decodeCheckpoint(single);
  assertEquals(metadata, { note: "half" });
  assertEquals(Object.keys(read), Object.keys(params));
  let weights = 0;
  for (const [name, { data, rows, cols }] of Object.entries(params)) {
    assertEquals(read[name], { rows, cols, data: data.map(Math.fround) });
    weights += data.length;
  }
  const header = Number(new DataView(single.buffer).getBigUint64(0, true));
  assertEquals(single.length, 8 + header + 4 * weights);
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
    [{ ...W, dtype: "F16" }, '"W" must be F64 or F32 with shape [rows, cols]: it is F16'],
    [{ ...W, dtype: "F32" }, '"W" of shape [1, 2] must take 8 bytes: its offsets are [0,16]'],
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

/** Each as the reference implementation, safetensors 0.8.0, has it: all are refused. */
const layouts: [string, string, number, string][] = [
  [
    "two tensors on the same bytes",
    '{"W":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]},"V":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]}}',
    16,
    '"V" starts at byte 0 of the data, the tensor before it ends at 16',
  ],
  [
    "two tensors that overlap",
    '{"V":{"dtype":"F64","shape":[1,2],"data_offsets":[8,24]},"W":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]}}',
    24,
    '"V" starts at byte 8 of the data, the tensor before it ends at 16',
  ],
  [
    "a hole between tensors",
    '{"W":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]},"V":{"dtype":"F64","shape":[1,1],"data_offsets":[16,24]}}',
    24,
    '"V" starts at byte 16 of the data, the tensor before it ends at 8',
  ],
  [
    "a hole at the start",
    '{"W":{"dtype":"F64","shape":[1,1],"data_offsets":[8,16]}}',
    16,
    '"W" starts at byte 8 of the data, the tensor before it ends at 0',
  ],
  [
    "an empty tensor inside of another",
    '{"W":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]},"V":{"dtype":"F64","shape":[0,2],"data_offsets":[8,8]}}',
    16,
    '"V" starts at byte 8 of the data',
  ],
  [
    "bytes after the last tensor",
    '{"W":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]}}',
    16,
    "every byte must be of one tensor: the last ends at byte 72, the file at 80",
  ],
  ["bytes of no tensor at all", "{}", 1, "the last ends at byte 10, the file at 11"],
  [
    "a name given twice",
    '{"W":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]},"W":{"dtype":"F64","shape":[1,1],"data_offsets":[8,16]}}',
    16,
    'every name in its header must be there once: "W" is there again',
  ],
  [
    "a name given twice, written differently",
    '{"W":{"dtype":"F64","shape":[0,1],"data_offsets":[0,0]},"\\u0057" :{"dtype":"F64","shape":[0,1],"data_offsets":[0,0]}}',
    0,
    "is there again",
  ],
  [
    "a shape given twice",
    '{"W":{"dtype":"F64","shape":[1,1],"shape":[1,1],"data_offsets":[0,8]}}',
    8,
    '"shape" is there again',
  ],
  [
    "metadata given twice",
    '{"__metadata__":{"a":"b"},"__metadata__":{"a":"c"}}',
    0,
    '"__metadata__" is there again',
  ],
  [
    "sizes that are no decimal whole numbers",
    '{"W":{"dtype":"F64","shape":[1e0,2.0],"data_offsets":[0,1.6e1]}}',
    16,
    '"W" must be F64 or F32 with shape [rows, cols]: it is F64 with shape [{"number":"1e0"},{"number":"2.0"}]',
  ],
  [
    "a size of minus nothing",
    '{"W":{"dtype":"F64","shape":[-0,2],"data_offsets":[0,0]}}',
    0,
    'shape [{"number":"-0"},2]',
  ],
  [
    "a size beyond all whole numbers of a double",
    '{"W":{"dtype":"F64","shape":[0,9007199254740993],"data_offsets":[0,0]}}',
    0,
    '"W" must be F64',
  ],
  [
    "a shape whose product overflows",
    '{"W":{"dtype":"F64","shape":[4294967296,4294967296],"data_offsets":[0,0]}}',
    0,
    "must take 147573952589676410000 bytes",
  ],
  ["metadata that are no map", '{"__metadata__":["a"]}', 0, "must be a map of texts"],
  [
    "metadata that are no texts",
    '{"__metadata__":{"experiment":{"seed":0}}}',
    0,
    'its metadata must be a map of texts: "experiment" is {"seed":0}',
  ],
  ["metadata that are numbers", '{"__metadata__":{"a":1e0}}', 0, "must be a map of texts"],
  ["half a character in metadata", '{"__metadata__":{"a":"\\ud800"}}', 0, "must be a map of texts"],
  [
    "half a character in a name",
    '{"\\udc00":{"dtype":"F64","shape":[0,0],"data_offsets":[0,0]}}',
    0,
    "a weight's name must be Unicode text",
  ],
  ["levels without end", `{"W":${"[".repeat(1e5)}${"]".repeat(1e5)}}`, 0, "128 levels deep"],
];
for (const [what, header, size, message] of layouts) {
  Deno.test(`decodeCheckpoint() refuses ${what}`, () => {
    assertThrows(() => decodeCheckpoint(file(header, size)), SyntaxError, message);
  });
}

Deno.test("decodeCheckpoint() refuses a header that is not UTF-8", () => {
  const bytes = file('{"W?":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]}}');
  bytes[bytes.indexOf(0x3f)] = 0xff;
  assertThrows(() => decodeCheckpoint(bytes), SyntaxError, "its header must be UTF-8");
});

Deno.test("decodeCheckpoint() takes tensors in any order of bytes, empty ones, and what the format leaves open", () => {
  const header = {
    __metadata__: null,
    b: { dtype: "F64", shape: [1, 1], data_offsets: [8, 16], note: [0.5, null] },
    none: { dtype: "F64", shape: [3, 0], data_offsets: [8, 8] },
    W: { dtype: "F64", shape: [1, 1], data_offsets: [0, 8] },
  };
  const bytes = file(header);
  const view = new DataView(bytes.buffer);
  [3, 4].forEach((value, i) => view.setFloat64(bytes.length - 16 + 8 * i, value, true));
  const { params, metadata } = decodeCheckpoint(bytes);
  assertEquals(params, { b: matrix(1, 1, [4]), none: matrix(3, 0), W: matrix(1, 1, [3]) });
  assertEquals([Object.keys(params), metadata], [["b", "none", "W"], {}]);
  assertEquals(decodeCheckpoint(file("{}", 0)), { params: {}, metadata: {} });
});

Deno.test("a checkpoint keeps every weight under its name, whole numbers too, but none that it cannot hold", () => {
  const params = { b: matrix(1, 1, [1]), "10": matrix(1, 2, [2, 3]), "2": matrix(1, 1, [4]) };
  assertEquals(decodeCheckpoint(encodeCheckpoint(params)).params, params);
  for (const name of ["__metadata__", "\ud800"]) {
    assertThrows(
      () => encodeCheckpoint({ [name]: matrix(1, 1) }),
      RangeError,
      "Cannot write a checkpoint that could not be read",
    );
  }
  for (const name of ["__proto__", "constructor", "00", "-1", "1.W", ""]) {
    const params = Object.fromEntries([["b", matrix(1, 1)], [name, matrix(1, 2, [3, 4])]]);
    const { params: read } = decodeCheckpoint(encodeCheckpoint(params));
    assertEquals(Object.entries(read), Object.entries(params));
  }
});

Deno.test("encodeCheckpoint() writes only metadata that can be read back", () => {
  for (const metadata of [{ seed: 3 }, { note: "\ud800" }] as Record<string, string>[]) {
    assertThrows(() => encodeCheckpoint({}, metadata), RangeError, "must be a map of texts");
  }
  const metadata = Object.fromEntries([["__proto__", "a"], ["7", "b"]]);
  assertEquals(decodeCheckpoint(encodeCheckpoint({}, metadata)).metadata, metadata);
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
