import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertMatch,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import {
  ArpaError,
  logProbability,
  ngramModel,
  readArpa,
  trainNgram,
  writeArpa,
} from "lib/decoding/mod.ts";
import kenlm from "../fixtures/kenlm-scores.json" with { type: "json" };
import { mutilated } from "../support/mutilated.ts";
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
    ["-1\ta", "1e-9\ta", 6, "the log10 probability must be <= 0: it is 1e-9"],
    ["a\t-0.5", "a\t-0.5x", 6, 'the log10 backoff must be a number: it is "-0.5x"'],
    ["a\t-0.5", "a\t-inf", 6, "the log10 backoff must be finite: it is -inf"],
    ["-1\tb", "-0x1\tb", 7, 'the log10 probability must be a number: it is "-0x1"'],
    ["-1\tb", "0x0\tb", 7, 'the log10 probability must be a number: it is "0x0"'],
    ["-1\tb", "-1.5.2\tb", 7, "the log10 probability must be a number"],
    ["-1\tb", "-\tb", 7, 'the log10 probability must be a number: it is "-"'],
    ["-1\tb", "-1", 7, "it must be a log10 probability, 1 word and perhaps a log10 backoff: it is"],
    ["-1\tb", "-1\tb\r-1\tc", 7, "a word must have no carriage return"],
    ["a b", "a b\t-0.1", 10, "the longest n-grams must have no log10 backoff"],
    ["a b", "a b c", 10, 'the log10 backoff must be a number: it is "c"'],
    ["a b", "a b c d", 10, "it must be a log10 probability, 2 words and perhaps a log10 backoff"],
    ["\\end\\", "\\end\\\n\n-1\tc", 14, 'there must be nothing after \\end\\: it is "-1\tc"'],
    ["-1\tb", "-1\ta", 7, '"a" is listed twice'],
    ["a b", "c b", 10, 'the context "c" is not listed'],
    ["a b", "a c", 10, 'the word "c" is not listed'],
    ["\\end\\", "\\3-grams:", 12, 'it must be "\\end\\": it is "\\3-grams:"'],
    ["\\end\\\n", "", 12, "the file ends before \\end\\"],
    ["a b\n\n\\end\\\n", "", 10, "it must be a log10 probability, 2 words and perhaps"],
    ["-0.5\ta b\n\n\\end\\\n", "", 10, "the file ends before the last of 1 2-grams"],
  ] as const;
  for (const [from, to, line, message] of cases) {
    const error = assertThrows(() => readArpa(good.replace(from, to)), ArpaError, message);
    assertEquals([error.line, error.message.includes(`line ${line}:`)], [line, true], message);
  }
  assertThrows(() => readArpa(""), ArpaError, "line 1: the file ends before \\data\\");
});

/** A model of two labels, a and b, and the words that it does not know. */
const small =
  "\\data\\\nngram 1=5\nngram 2=2\n\n\\1-grams:\n-99\t<s>\t-0.1\n-0.5\t</s>\n-2\t<unk>\n" +
  "-0.4\ta\t-0.3\n-0.6\tb\n\n\\2-grams:\n-0.2\t<s> a\n-0.1\ta b\n\n\\end\\\n";

/** log10 p of "a", "b", "zebra", "a b" and "b a" with their ends. */
function scores(arpa: string): number[] {
  const lm = readArpa(arpa, { words: ["", "a", "b", "zebra"] });
  return [[1], [2], [3], [1, 2], [2, 1]].map((labels) => {
    const log10 = logProbability(lm, labels) / Math.LN10;
    return log10 === -Infinity ? log10 : Number(log10.toFixed(4));
  });
}

Deno.test("files in all the shapes that KenLM reads have the scores that it gives them", () => {
  // From kenlm 0.3.0, Model.score(), of the same texts.
  const same = [-1, -1.2, -2.6, -0.8, -1.9];
  const cases: [from: string, to: string, expected: number[]][] = [
    ["", "", same],
    ["<unk>", "<UNK>", same],
    ["", "# a comment\n\n", same],
    ["\n\\2-g", "\n\n\n\\2-g", same],
    ["1=5", "1= 5", same],
    ["<s> a", "<s>\ta", same],
    ["<s> a", "<s>  a", same],
    ["-0.6\tb", "\n-0.6\tb", same],
    ["-0.6\tb", " -0.6\tb", same],
    ["-0.6\tb", "-6e-1\tb", same],
    ["-0.6\tb", "-.6\tb", same],
    ["-0.6\tb", "-0.6\tb\t0", same],
    ["a b\n", "a b\t0\n", same],
    ["\\end\\\n", "\\end\\", same],
    ["\\end\\\n", "\\end\\\n\n \n", same],
    ["-0.6\tb", "-inf\tb", [-1, -Infinity, -2.6, -0.8, -Infinity]],
    ["-0.6\tb", "-1e500\tb", [-1, -Infinity, -2.6, -0.8, -Infinity]],
    ["-0.6\tb", "0\tb", [-1, -0.6, -2.6, -0.8, -1.3]],
    ["-0.6\tb", "-99\tb", [-1, -99.6, -2.6, -0.8, -100.3]],
    ["a\t-0.3", "a\t0.3", [-0.4, -1.2, -2.6, -0.8, -1.3]],
    ["a b\n", "a <UNK>\n", [-1, -1.2, -2.6, -1.6, -1.9]],
    // No bigrams: the backoffs of the unigrams count all the same.
    ["2=2", "2=0", [-1.3, -1.2, -2.6, -1.9, -1.9]],
  ];
  for (const [from, to, expected] of cases) {
    const text = small.replace(from, () => to)
      .replace(to === "2=0" ? "-0.2\t<s> a\n-0.1\ta b\n" : "", "");
    for (const arpa of [text, text.replaceAll("\n", "\r\n"), `\ufeff${text}`]) {
      assertEquals(scores(arpa), expected, `${from} → ${to}`);
    }
    const written = writeArpa(readArpa(text));
    assertEquals(scores(written), expected, `written: ${from} → ${to}`);
    assertEquals(writeArpa(readArpa(written)), written);
  }
});

Deno.test("<UNK> and <unk> are one word, which is none of the labels", () => {
  const text = small.replace("<unk>", "<UNK>");
  assertEquals(readArpa(text).words, ["", "a", "b"]);
  assertEquals(writeArpa(readArpa(text)).includes("-2\t<UNK>"), true);
  const both = small.replace("1=5", "1=6").replace("-2\t<unk>", "-2\t<unk>\n-3\t<UNK>");
  assertThrows(() => readArpa(both), ArpaError, 'line 9: "<unk>" is listed twice');
});

Deno.test("only ASCII blanks part columns: others are part of a word", () => {
  for (
    const word of ["10\u00a0000", "\u00a0a", "a\u00a0", "東\u3000京", "a\u2028b", "a\vb", "\ufeffa"]
  ) {
    const lm = readArpa(small.replaceAll("b\n", `${word}\n`));
    assertEquals(lm.words, ["", "a", word]);
    assertEquals(readArpa(writeArpa(lm)).words, lm.words);
  }
});

Deno.test("a mutilated file is read and can be written again, or refused with a line", () => {
  fc.assert(
    fc.property(mutilated(small), (text) => {
      let written: string;
      try {
        const lm = readArpa(text);
        if (!text.isWellFormed()) return;
        written = writeArpa(lm);
        assertEquals(readArpa(written).ngrams.length, lm.ngrams.length);
      } catch (error) {
        assert(error instanceof ArpaError, `${error}`);
        assertMatch(error.message, /line \d+: /);
        return;
      }
      assertEquals(writeArpa(readArpa(written)), written);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("a file is read in time in proportion to its length", () => {
  const N = 100_000;
  const unigrams = Array.from({ length: N }, (_, n) => `-5.1\tw${n}\t-0.5\n`).join("");
  const bigrams = Array.from({ length: N }, (_, n) => `-1.5\tw${n} w${(n * 7) % N}\n`).join("");
  const before = performance.now();
  const lm = readArpa(
    `\\data\\\nngram 1=${N}\nngram 2=${N}\n\n\\1-grams:\n${unigrams}\n\\2-grams:\n${bigrams}` +
      `${" ".repeat(N)}\n\\end\\${" ".repeat(N)}\n`,
  );
  assertEquals(lm.ngrams.length, 2 * N);
  assertThrows(() => readArpa(small.replace("a b", `a${" ".repeat(N)}b c`)), ArpaError, "backoff");
  assert(performance.now() - before < 60_000);
});

Deno.test("writeArpa() refuses what no reader could take", () => {
  const backoff = ngramModel([
    { words: ["a"], logProb: 0, logBackoff: -Infinity },
    { words: ["a", "a"], logProb: 0, logBackoff: 0 },
  ]);
  assertThrows(() => writeArpa(backoff), RangeError, 'backoffs must be finite: that of "a"');
  const lm = trainNgram([[1]], { labels: 2, words: ["", "two words"] });
  assertThrows(() => writeArpa(lm), RangeError, 'one is "two words"');
  for (const digits of [0, 18, 1.5]) {
    assertThrows(() => writeArpa(lm, { digits }), RangeError, `current value is ${digits}`);
  }
});

Deno.test("what is wrong with a line is told on one short line, whatever is in it", () => {
  const file = (line: string) => `\\data\\\nngram 1=1\n\n\\1-grams:\n${line}\n\n\\end\\\n`;
  for (const line of [`-1\ta\u001b[2J\rb`, `x${"y".repeat(1e6)}`, "-1 a b c \u2028 d"]) {
    const { message } = assertThrows(() => readArpa(file(line)), ArpaError, "line 5");
    assertMatch(message, /^(?:\t|[^\p{Cc}\u2028]){40,250}$/u);
  }
});

Deno.test("a number of a million digits that goes wrong at its end is refused at once", () => {
  const begun = performance.now();
  const file = `\\data\\\nngram 1=1\n\n\\1-grams:\n-${"1".repeat(1e6)}x\ta\n\n\\end\\\n`;
  assertThrows(() => readArpa(file), ArpaError, "must be a number");
  assertLess(performance.now() - begun, 5000); // 40 ms; with the square of the digits, 20 minutes
});
