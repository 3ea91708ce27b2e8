import { assertEquals, assertThrows } from "@std/assert";
import { LexiconError, readLexicon } from "lib/decoding/mod.ts";

const names = ["ε", "a", "b", "th", " "];

Deno.test("readLexicon() reads words with their labels by name, and spells a word alone by its characters", () => {
  const { words, spellings } = readLexicon("\ufeffBATH b a th\r\n\n  ab\t\nBaa\tb  a a", names);
  assertEquals(words, ["", "BATH", "ab", "Baa"]);
  assertEquals([...spellings], [[1, [2, 1, 3]], [2, [1, 2]], [3, [2, 1, 1]]]);
});

for (
  const [what, text, line, message] of [
    ["nothing", "\n \n", 3, "there must be a word"],
    ["a label that is none", "ab\nBATH b a zz", 2, '"BATH" must be spelt in a b th  : it has "zz"'],
    ["blank in a word", "x ε", 1, 'it has "ε"'],
    ["a word twice", "ab\n\nab a", 3, '"ab" is in line 1, too'],
    ["two words that are spelt alike", "ab\nAB a b", 2, '"AB" is spelt like "ab"'],
  ] as const
) {
  Deno.test(`readLexicon() refuses ${what}, and says in which line`, () => {
    const error = assertThrows(() => readLexicon(text, names), LexiconError, message);
    assertEquals(error.line, line);
  });
}

Deno.test("readLexicon() names the first thirty labels of more, and all of thirty", () => {
  const spelt = (count: number) => {
    const labels = Array.from({ length: count }, (_, n) => `L${n + 1}`);
    const { message } = assertThrows(() => readLexicon("x y", ["ε", ...labels]), LexiconError);
    return message.slice(message.indexOf("L1"), message.indexOf(": it has"));
  };
  assertEquals(spelt(30).split(" ").at(-1), "L30");
  assertEquals(spelt(31).split(" ").slice(-2), ["L30", "…"]);
});

Deno.test("lines of a lexicon may end in CR, and what is wrong is told on one short line", () => {
  const names = ["ε", "a", "b"];
  assertEquals(readLexicon("ab a b\rba b a\r", names).words, ["", "ab", "ba"]);
  assertThrows(
    () => readLexicon(`ab a\u001b[2Jb${"c".repeat(1e6)}`, names),
    LexiconError,
    `it has "a\\u001b[2Jb${"c".repeat(54)}…"`,
  );
});
