import { assertEquals } from "@std/assert";
import { formatColumn, formatNumber, isFigure } from "lib/jupyter/format.ts";

Deno.test("formatColumn() writes the numbers of a column with the same decimals", () => {
  assertEquals(formatColumn([1, 0.996, 1.08]), ["1.00", "1.00", "1.08"]);
  assertEquals(formatColumn([0.000453896, 0.0001]), ["0.000454", "0.000100"]);
  assertEquals(formatColumn([3, 12345]), ["3", "12345"]);
  assertEquals(formatColumn([1.23456e-11, 1e-20]), ["0.000000000012", "0.000000000000"]);
  assertEquals(formatColumn([1234.5, 2]), ["1235", "2"]);
  assertEquals(formatColumn([0.5, NaN, -Infinity, "–", undefined]), [
    "0.500",
    "NaN",
    "−∞",
    "–",
    "",
  ]);
});

Deno.test("formatNumber() has the proper minus, and none before a zero", () => {
  assertEquals([-0.5, -0.0001, 0, -12].map((value) => formatNumber(value, 2)), [
    "−0.50",
    "0.00",
    "0.00",
    "−12.00",
  ]);
});

Deno.test("isFigure() tells figures from texts that begin with a digit", () => {
  for (const text of ["12", "−0.5 ± 0.1", "2.2×", "> 1.8×", "54 %", "–", "", "3.1 ms", "1.00e−9"]) {
    assertEquals(isFigure(text), true, text);
  }
  for (const text of ["2 layers", "1 → 0.8", "a", "300, 300", "BLSTM"]) {
    assertEquals(isFigure(text), false, text);
  }
});
