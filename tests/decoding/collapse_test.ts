import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { collapse } from "lib/decoding/mod.ts";
import { collapsed } from "../support/paths.ts";

const path = fc.array(fc.nat(3), { maxLength: 12 });

Deno.test("collapse() merges repeats first and drops blanks after", () => {
  assertEquals(collapse([0, 3, 3, 0, 3, 1]), [3, 3, 1]);
  const hello = (text: string) => {
    const letters = "εhelo";
    return collapse([...text].map((c) => letters.indexOf(c))).map((k) => letters[k]).join("");
  };
  assertEquals(hello("hεellεlεo"), "hello");
  assertEquals(hello("hεello"), "helo");
});

Deno.test("collapse() agrees with merging and dropping in two passes, for any path and blank", () => {
  fc.assert(fc.property(path, fc.nat(3), (path, blank) => {
    assertEquals(collapse(path, { blank }), collapsed(path, blank));
  }));
});

Deno.test("collapse() keeps no blank, and does not care how long anything lasts", () => {
  fc.assert(fc.property(path, fc.integer({ min: 1, max: 3 }), (path, times) => {
    assertEquals(collapse(path).includes(0), false);
    assertEquals(collapse(path.flatMap((label) => Array(times).fill(label))), collapse(path));
  }));
});

Deno.test("collapse() of nothing, and of nothing but blanks, is empty", () => {
  assertEquals([collapse([]), collapse([0, 0, 0]), collapse([2, 2], { blank: 2 })], [[], [], []]);
});
