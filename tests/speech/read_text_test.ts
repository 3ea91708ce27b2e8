import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { hearingOf, readText, wordLabels } from "lib/speech/mod.ts";

const read = async (text: string) =>
  (await readText(text)).map(({ text, spoken }) =>
    `${text}=${spoken.map(({ label }) => label).join("+")}`
  );

Deno.test("numbers and abbreviations keep their spelling, and are said as flite reads them", async () => {
  assertEquals(await read("Dr. Smith has $21.50 — 3 kg of tea at 5:30pm!"), [
    "Dr=doctor",
    "Smith=smith",
    "has=has",
    "$21.50=twenty+one+dollars+fifty+cents",
    "3=three",
    "kg=k+g",
    "of=of",
    "tea=tea",
    "at=at",
    "5:30pm=five+thirty+p+m",
  ]);
});

Deno.test("clitics, hyphens, quotes and initials belong to the word that they are written in", async () => {
  assertEquals(await read("“It's well-known,” isn't it? The U.S. and NASA's 1995 e-mail (100%)."), [
    "It's=it's",
    "well-known=well+known",
    "isn't=isnt",
    "it=it",
    "The=the",
    "U.S=u+s",
    "and=and",
    "NASA's=nasa's",
    "1995=nineteen+ninety+five",
    "e-mail=e+mail",
    "100%=one+hundred+per+cent",
  ]);
});

Deno.test("a long text has the words of its sentences, and phones in their context", async () => {
  const words = await readText("The end of the day is near. ".repeat(80));
  assertEquals(words.length, 560);
  assertEquals(words.slice(553).map(({ spoken }) => spoken[0].phones.join(" ")), [
    ...["dh iy", "eh n d", "ah v", "dh ax", "d ey", "ih z", "n ih r"],
  ]);
});

Deno.test("a text without a word, or in letters that flite does not know, is an error", async () => {
  for (const text of ["", " — … ! "]) await assertRejects(() => readText(text), RangeError, "word");
  await assertRejects(() => readText("мир"), RangeError, "English in Latin letters");
});

Deno.test("a word of more than 800 letters is refused at once, and a message stays short", async () => {
  const { message } = await assertRejects(
    () => readText(`A word of ${"a".repeat(9000)}.`),
    RangeError,
    "as a word must have at most 800 letters",
  );
  assertEquals(message.endsWith("… has 9001"), true);
  const none = await assertRejects(
    () => readText("- ".repeat(1e5)),
    RangeError,
    "must have a word",
  );
  assertEquals(none.message.length < 200, true);
});

Deno.test("words are spelt in the labels of the model: phones, TIMIT's with closures, or characters", async () => {
  const [joe] = await readText("joked");
  const labels = (corpus: Parameters<typeof hearingOf>[0]) => {
    const hearing = hearingOf(corpus);
    return wordLabels(joe, hearing).map((label) => hearing.names[label]).join(" ");
  };
  assertEquals(labels({ kind: "voices" }), "jh ow k t");
  assertEquals(labels({ kind: "timit" }), "dcl jh ow kcl k tcl t");
  assertEquals(labels({ kind: "timit", phones: "48" }), "vcl jh ow cl k cl t");
  assertEquals(labels({ kind: "timit", phones: "39" }), "jh ow k t");
  assertEquals(labels({ kind: "voices", labels: "letters" }), "j o k e d");
});

Deno.test("words of digits are labels themselves, and other words are refused by name", async () => {
  const hearing = hearingOf({ kind: "digits" });
  const [number, other] = await readText("25 apples");
  assertThrows(() => wordLabels(number, hearing), RangeError, '"25"');
  assertThrows(() => wordLabels(other, hearing), RangeError, "it knows zero, one, two");
  const [two] = await readText("2");
  assertEquals(wordLabels(two, hearing), [3]);
});
