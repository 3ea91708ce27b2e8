import { assertEquals, assertThrows } from "@std/assert";
import { batchSize, matrix, sequenceAt, sequences } from "lib/numeric/mod.ts";

Deno.test("sequences() lays parts end to end, and sequenceAt() gives them back", () => {
  const parts = [
    matrix(2, 2, [1, 2, 3, 4]),
    matrix(1, 2, [5, 6]),
    matrix(3, 2, [7, 8, 9, 10, 11, 12]),
  ];
  const batch = sequences(parts);
  assertEquals([...batch.offsets], [0, 2, 3, 6]);
  assertEquals(batchSize(batch), 3);
  assertEquals(parts.map((_, b) => sequenceAt(batch, b)), parts);
});

Deno.test("sequences() copies: the parts may change afterwards", () => {
  const part = matrix(1, 1, [1]);
  const batch = sequences([part]);
  part.data[0] = 2;
  assertEquals(batch.frames.data[0], 1);
});

Deno.test("sequences() refuses an empty batch", () => {
  assertThrows(() => sequences([]), RangeError, "at least one sequence: it has 0");
});

Deno.test("sequences() names the sequence without frames", () => {
  assertThrows(() => sequences([matrix(1, 2), matrix(0, 2)]), RangeError, "sequence 1 has 0");
});

Deno.test("sequences() names the sequence of another width", () => {
  assertThrows(
    () => sequences([matrix(1, 2), matrix(1, 2), matrix(1, 3)]),
    RangeError,
    "2 features, like sequence 0: sequence 2 has 3",
  );
});

Deno.test("sequences() names the sequence, frame and band of a value that is not finite", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    assertThrows(
      () => sequences([matrix(1, 2), matrix(2, 2, [0, 0, bad, 0])]),
      RangeError,
      `features of sequence 1 must be finite: row 1, column 0 is ${bad}`,
    );
  }
});

Deno.test("sequences() refuses a part that is wider or narrower than the first", () => {
  for (const cols of [1, 3]) {
    assertThrows(
      () => sequences([matrix(1, 2), matrix(1, cols)]),
      RangeError,
      `all sequences must have 2 features, like sequence 0: sequence 1 has ${cols}`,
    );
  }
});
