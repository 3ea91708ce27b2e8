import { assertEquals, assertThrows } from "@std/assert";
import { characterErrorRate, wordErrorRate } from "lib/metrics/mod.ts";

Deno.test("wordErrorRate() counts words between any white space, over all texts together", () => {
  const said = ["the cat\tsat ", "on a mat"], heard = [" the  cat sat", "on the old mat"];
  assertEquals(wordErrorRate(heard, said), {
    rate: 2 / 6,
    substitutions: 1,
    insertions: 1,
    deletions: 0,
    labels: 6,
  });
  assertEquals(wordErrorRate(["Cat"], ["cat"]).rate, 1);
  assertEquals(wordErrorRate([""], ["two words"]).deletions, 2);
});

Deno.test("characterErrorRate() counts composed characters, a gap as one and ends as none", () => {
  assertEquals(characterErrorRate(["cafe\u0301  au lait"], [" caf\u00e9 au lait "]).rate, 0);
  assertEquals(characterErrorRate(["ab"], ["a b"]).deletions, 1);
  assertEquals(characterErrorRate(["😀"], ["😃"]), {
    rate: 1,
    substitutions: 1,
    insertions: 0,
    deletions: 0,
    labels: 1,
  });
});

Deno.test("error rates of texts need one text for each, and are NaN where nothing was said", () => {
  assertEquals(wordErrorRate(["noise"], [" "]).rate, Infinity);
  assertEquals(wordErrorRate([""], [""]).rate, NaN);
  assertThrows(() => wordErrorRate([], ["a"]), RangeError, "each of the 1 targets: there are 0");
  assertThrows(() => characterErrorRate(["a"], []), RangeError, "there are 1");
});
