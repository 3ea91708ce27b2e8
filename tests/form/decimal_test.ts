import { assert, assertEquals } from "@std/assert";
import { isDecimal } from "lib/form/decimal.ts";

Deno.test("isDecimal() takes a number in decimals, whole, and nothing else", () => {
  for (const text of ["0", "-1", "+2.", ".5", "1.25", "3e-3", "2.E4", "1e+9"]) {
    assert(isDecimal(text));
  }
  for (const text of ["", ".", "-", "e3", "1e", "1e.5", "0x1", "1,5", " 1", "1 ", "NaN", "1.2.3"]) {
    assertEquals(isDecimal(text), false, text);
  }
});
