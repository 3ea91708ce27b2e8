import { assertEquals, assertThrows } from "@std/assert";
import { fillBlocks, looseNumbers } from "../../tasks/readme.ts";

const text = "# Title\n\n<!-- figures: per -->\nold\n<!-- end -->\n\nprose\n";

Deno.test("fillBlocks() puts the figures between the marks and leaves the rest alone", () => {
  const filled = fillBlocks(text, { per: "| 0.5 |" });
  assertEquals(
    filled,
    "# Title\n\n<!-- figures: per -->\n\n| 0.5 |\n\n<!-- end -->\n\nprose\n",
  );
  assertEquals(fillBlocks(filled, { per: "| 0.5 |" }), filled);
});

Deno.test("fillBlocks() names a block it has no figures for, and figures that have no block", () => {
  assertThrows(() => fillBlocks(text, { headline: "" }), RangeError, '"per"');
  assertThrows(() => fillBlocks(text, { per: "", headline: "" }), RangeError, '"headline"');
});

Deno.test("looseNumbers() finds figures in prose, not in blocks, code or links", () => {
  assertEquals(looseNumbers(fillBlocks(text, { per: "| 0.5 |" })), []);
  assertEquals(looseNumbers("a PER of 0.056 after `1.5` is 1.87× [v](https://a.b/1.2)"), [
    "0.056",
    "1.87",
  ]);
  assertEquals(looseNumbers("in 20 ms, 90 %"), ["20 ms", "90 %"]);
});
