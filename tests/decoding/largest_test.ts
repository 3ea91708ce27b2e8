import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { nthLargest } from "lib/decoding/largest.ts";

Deno.test("nthLargest() finds what sorting finds, with less before it and greater after it", () => {
  const numbers = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }));
  fc.assert(
    fc.property(fc.array(numbers, { minLength: 1, maxLength: 60 }), fc.nat(), (array, at) => {
      const n = 1 + at % array.length, place = array.length - n;
      const values = Float64Array.from(array, (x) => x + 0); // +0 is the only zero
      const sorted = values.toSorted();
      assertEquals(nthLargest(values, n), sorted[place]);
      assertEquals(values.toSorted(), sorted);
      assertEquals(values.subarray(0, place).every((x) => x <= sorted[place]), true);
      assertEquals(values.subarray(place).every((x) => x >= sorted[place]), true);
    }),
  );
});
