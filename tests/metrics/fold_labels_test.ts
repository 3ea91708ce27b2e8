import { assertEquals } from "@std/assert";
import { fold39, fold48, foldPhone, timitFold, timitPhones } from "lib/corpora/timit.ts";
import { foldLabels } from "lib/metrics/mod.ts";

Deno.test("foldLabels() makes labels of one name one, leaves out those without, merges none", () => {
  const names = ["ε", "a", "b", "c", "d"];
  const to: Record<string, string | undefined> = { a: "x", b: "y", c: "x" };
  const folded = foldLabels(names, (name) => to[name]);
  assertEquals(folded([1, 3, 2, 4, 4, 3]), [1, 1, 2, 1]);
  assertEquals(folded([]), []);
});

Deno.test("timitFold() folds TIMIT's 61 phones as fold39() does, and 48 as they were trained on", () => {
  const renamed = (fold: ReturnType<typeof timitFold>) => {
    const names = new Map(fold.map(({ from, to }) => [from, to]));
    return (name: string) => names.has(name) ? names.get(name) : name;
  };
  const from61 = renamed(timitFold({})), from48 = renamed(timitFold({ phones: "48" }));
  for (const phone of timitPhones) {
    assertEquals(from61(phone), fold39(phone), phone);
    const of48 = fold48(phone);
    if (of48 !== undefined) assertEquals(from48(of48), fold39(phone), phone);
  }
  assertEquals(timitFold({ phones: "39" }), []);
  const left = timitFold({ silence: "blank" }).map(({ from }) => from);
  assertEquals(left.includes("q") && !left.includes("bcl"), true);
  assertEquals(timitFold({}, "48").every(({ from, to }) => foldPhone(from, "48") === to), true);
});
