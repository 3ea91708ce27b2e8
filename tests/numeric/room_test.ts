import { assertThrows } from "@std/assert";
import { matrix, mostBytes, requireRoom } from "lib/numeric/mod.ts";

Deno.test("tables may take 8 GiB and not a byte more", () => {
  requireRoom("align", 10, 20, 2 ** 33);
  assertThrows(
    () => requireRoom("align", 10, 20, mostBytes + 1),
    RangeError,
    "Cannot align as tables of 10 frames and 20 states must take at most 8.0 GiB: they take 8.0 GiB",
  );
});

Deno.test("a matrix that does not fit into memory says what it takes", () => {
  for (const rows of [2 ** 33, 2 ** 53 - 1]) {
    assertThrows(
      () => matrix(rows, 1000),
      RangeError,
      `Cannot make a ${rows} x 1000 matrix as it does not fit into memory: it takes `,
    );
  }
});
