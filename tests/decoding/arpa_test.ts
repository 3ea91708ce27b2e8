import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ArpaError, logProbability, readArpa, trainNgram, writeArpa } from "lib/decoding/mod.ts";
import kenlm from "../fixtures/kenlm-scores.json" with { type: "json" };
import { tuples } from "../support/paths.ts";

const labellings = fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 5 }), {
  minLength: 1,
  maxLength: 8,
});

Deno.test("a model written and read again scores every labelling the same", () => {
  fc.assert(
    fc.property(labellings, fc.integer({ min: 1, max: 4 }), (labellings, order) => {
      const lm = trainNgram(labellings, { labels: 4, order });
      const again = readArpa(writeArpa(lm));
      assertEquals([again.order, again.words], [lm.order, lm.words]);
      for (const [i, { words, logProb, logBackoff }] of lm.ngrams.entries()) {
        assertEquals(again.ngrams[i].words, words);
        assertAlmostEquals(again.ngrams[i].logProb, logProb, 1e-13 * Math.abs(logProb));
        assertAlmostEquals(again.ngrams[i].logBackoff, logBackoff, 1e-13);
      }
      for (const digits of tuples(4, 3)) {
        const labels = digits.map((k) => k + 1);
        assertAlmostEquals(logProbability(again, labels), logProbability(lm, labels), 1e-12);
      }
    }),
    { numRuns: 30 },
  );
});

Deno.test("what was read and written once is written the same again", () => {
  for (const { arpa } of kenlm) {
    const once = writeArpa(readArpa(arpa), { digits: 7 });
    assertEquals(writeArpa(readArpa(once), { digits: 7 }), once);
  }
});

Deno.test("a written file has the layout of the format", () => {
  const lm = trainNgram([[1, 1]], { labels: 2, order: 2, words: ["", "ah"], discount: 0.5 });
  // Seen before ah: <s> and ah; before </s>: ah. p(ah) = 1.5/3 + 1/3 · 1/2, p(</s>) = 0.5/3 + 1/6.
  assertEquals(
    writeArpa(lm, { digits: 4 }),
    `\\data\\
ngram 1=3
ngram 2=3

\\1-grams:
-99\t<s>\t-0.301
-0.1761\tah\t-0.301
-0.4771\t</s>\t0

\\2-grams:
-0.07918\t<s> ah
-0.2341\tah ah
-0.3802\tah </s>

\\end\\
`,
  );
});

Deno.test("the reader takes what KenLM and SRILM write: comments, spaces, CRLF, absent backoffs", () => {
  const text = [
    "made by hand",
    "",
    "\\data\\",
    "ngram 1 = 3",
    "ngram  2=1",
    "",
    "\\1-grams:",
    "-1e-1 <s> -.5",
    "-0.30103\ta",
    "-inf\tb\t0",
    "",
    "\\2-grams:",
    "-0.25\t<s> a",
    "\\end\\",
  ].join("\r\n");
  const lm = readArpa(text);
  assertAlmostEquals(lm.next(lm.start(), 1).logProb, -0.25 * Math.LN10);
  assertEquals(lm.next(lm.start(), 2).logProb, -Infinity);
  assertEquals(readArpa(writeArpa(lm)).ngrams, lm.ngrams);
});

const good = "\\data\\\nngram 1=2\nngram 2=1\n\n\\1-grams:\n-1\ta\t-0.5\n-1\tb\n\n" +
  "\\2-grams:\n-0.5\ta b\n\n\\end\\\n";

Deno.test("a broken ARPA file is refused with the number of the line", () => {
  readArpa(good);
  const cases = [
    ["\\data\\", "data", 13, "the file ends before \\data\\"],
    ["ngram 1=2", "ngram 1=x", 2, 'it must be "ngram 1=COUNT": it is "ngram 1=x"'],
    ["ngram 1=2\n", "", 2, "the count of 1-grams must come here"],
    ["ngram 1=2\nngram 2=1\n", "", 3, 'it must be "ngram 1=COUNT": it is "\\1-grams:"'],
    ["\\1-grams:", "\\1-gram:", 5, 'it must be "\\1-grams:": it is "\\1-gram:"'],
    ["ngram 1=2", "ngram 1=3", 9, "3 1-grams must come before: there are 2"],
    ["ngram 1=2", "ngram 1=1", 7, 'there are more than 1 1-grams: "-1\tb"'],
    ["\\2-grams:", "\\3-grams:", 9, 'it must be "\\2-grams:": it is "\\3-grams:"'],
    ["-1\ta", "x\ta", 6, 'the log10 probability must be a number: it is "x"'],
    ["-1\ta", "nan\ta", 6, 'the log10 probability must be a number: it is "nan"'],
    ["-1\ta", "0.5\ta", 6, "the log10 probability must be <= 0: it is 0.5"],
    ["a\t-0.5", "a\t-0.5x", 6, 'the log10 backoff must be a number: it is "-0.5x"'],
    ["-1\tb", "-1", 7, "it must be a log10 probability, 1 word and perhaps a log10 backoff: it is"],
    ["a b", "a b\t-0.1", 10, "it must be a log10 probability, 2 words: it is"],
    ["-1\tb", "-1\ta", 7, '"a" is listed twice'],
    ["a b", "c b", 10, 'the context "c" is not listed'],
    ["a b", "a c", 10, 'the word "c" is not listed'],
    ["\\end\\", "\\3-grams:", 12, 'it must be "\\end\\": it is "\\3-grams:"'],
    ["\\end\\\n", "", 12, "the file ends before \\end\\"],
    ["a b\n\n\\end\\\n", "", 10, "it must be a log10 probability, 2 words"],
    ["-0.5\ta b\n\n\\end\\\n", "", 10, "the file ends before the last of 1 2-grams"],
  ] as const;
  for (const [from, to, line, message] of cases) {
    const error = assertThrows(() => readArpa(good.replace(from, to)), ArpaError, message);
    assertEquals([error.line, error.message.includes(`line ${line}:`)], [line, true], message);
  }
  assertThrows(() => readArpa(""), ArpaError, "line 1: the file ends before \\data\\");
});

Deno.test("writeArpa() refuses what no reader could take", () => {
  const lm = trainNgram([[1]], { labels: 2, words: ["", "two words"] });
  assertThrows(() => writeArpa(lm), RangeError, 'one is "two words"');
  for (const digits of [0, 18, 1.5]) {
    assertThrows(() => writeArpa(lm, { digits }), RangeError, `current value is ${digits}`);
  }
});
