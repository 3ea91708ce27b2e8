import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { phones, pronounce, speak, type SpeakOptions, voices } from "lib/corpora/flite/mod.ts";
import { placeWords } from "lib/corpora/flite/place_words.ts";
import { runFlite } from "lib/corpora/flite/run_flite.ts";

/** Words with their phones, "the dh-ax end eh-n-d". */
const said = (text: string) =>
  pronounce(text).map(({ label, phones }) => `${label} ${phones.join("-")}`).join(" ");

Deno.test("every voice speaks the same phones and words, placed without a gap from 0 to the end of the sound", () => {
  for (const voice of voices) {
    const { sampleRate, samples, phones: spoken, words } = speak("The red apple, he read.", {
      voice,
    });
    assertEquals(
      spoken.map(({ label }) => label).join(" "),
      "pau dh ax r eh d ae p ax l pau hh iy r eh d pau",
    );
    assertEquals(
      words.map(({ label, phones: [from, to] }) => [label, from, to]),
      [["the", 1, 3], ["red", 3, 6], ["apple", 6, 10], ["he", 11, 13], ["red", 13, 16]],
    );
    spoken.forEach(({ start, end }, n) => {
      assertEquals(start, spoken[n - 1]?.end ?? 0);
      assertEquals(end > start, true);
    });
    assertEquals(spoken.at(-1)!.end, samples.length / sampleRate);
    for (const { start, end, phones: [from, to] } of words) {
      assertEquals([start, end], [spoken[from].start, spoken[to - 1].end]);
    }
    assertEquals(samples.every((x) => Math.abs(x) <= 1), true);
    // Sound begins where the first phone does: the quiet before it is a twentieth as loud
    const loudness = (from: number, to: number) =>
      Math.sqrt(samples.slice(from * 16000, to * 16000).reduce((sum, x) => sum + x * x / 1600, 0));
    const { start } = words[1];
    assertEquals(loudness(0, 0.1) < 0.05 * loudness(start, start + 0.1), true);
  }
});

Deno.test("a voice's sound has the same bytes everywhere", () => {
  const hash = (voice: SpeakOptions["voice"], options = {}) =>
    createHash("sha256").update(speak("Blue.", { voice, ...options }).samples).digest("hex")
      .slice(0, 16);
  assertEquals(voices.map((voice) => hash(voice)), [
    "69827414b4623fb0",
    "8fef2c3752c7a2ac",
    "54fb507fcd8daf9c",
    "67b7fe374e977cb9",
  ]);
  assertEquals(hash("kal16", { stretch: 1, pitch: undefined }), "67b7fe374e977cb9");
});

Deno.test("a word has its own phones, as they are in its context", () => {
  assertEquals(
    said("The dog's apple and the boxes' lid."),
    "the dh-ax dog's d-ao-g-z apple ae-p-ax-l and ae-n-d the dh-ax boxes b-aa-k-s-ax-z lid l-ih-d",
  );
  assertEquals(said("The end. Bess's son."), "the dh-iy end eh-n-d bess's b-eh-s-ax-z son s-ah-n");
  assertEquals(
    said("They live to record a record of live music I've read."),
    "they dh-ey live l-ih-v to t-ax record r-ax-k-ao-r-d a ax record r-eh-k-er-d of ah-v live l-ay-v " +
      "music m-y-uw-z-ih-k i've ay-v red r-eh-d",
  );
  assertEquals(
    said("Dr. Lee: 21% of café USA – it’s e.g. A."),
    "doctor d-aa-k-t-er lee l-iy twenty t-w-eh-n-t-iy one w-ah-n per p-er cent s-eh-n-t of ah-v " +
      "cafe k-ax-f-ey usa y-uw-eh-s-ey it's ih-t-s e iy g jh-iy a ey",
  );
});

Deno.test("placeWords() finds words by the fewest edits, and never across a pause", () => {
  const spoken = ["pau", "a", "b", "pau", "c", "d", "pau"];
  assertEquals(placeWords(spoken, [["a", "b"], ["c", "d"]]), [[1, 3], [4, 6]]);
  assertEquals(placeWords(spoken, [["a", "b", "c"], ["d"]]), [[1, 3], [4, 6]]);
  assertEquals(placeWords(spoken, [["a"], ["x"], ["b"], ["c", "e", "d"]]), [
    [1, 2],
    [0, 0],
    [2, 3],
    [4, 6],
  ]);
  assertEquals(placeWords(["a", "x", "b"], [["a"], ["b"]]), [[0, 1], [1, 3]]);
  assertEquals(placeWords(["pau"], []), []);
});

Deno.test("a stretch makes sounds longer, a pitch changes them alone", () => {
  const voice = "slt";
  const plain = speak("Two.", { voice }), slow = speak("Two.", { voice, stretch: 1.5 });
  assertAlmostEquals(slow.samples.length / plain.samples.length, 1.5, 0.05);
  const high = speak("Two.", { voice, pitch: 300 });
  assertEquals([high.phones, high.words], [plain.phones, plain.words]);
  assertEquals(high.samples.some((x, n) => x !== plain.samples[n]), true);
});

Deno.test("a pitch is that of the vowels, in Hz", () => {
  for (const pitch of [100, 200, 300]) {
    const { samples, phones } = speak("Two.", { voice: "slt", pitch });
    const { start, end } = phones.find(({ label }) => label === "uw")!;
    const vowel = samples.subarray(Math.round(16000 * start), Math.round(16000 * end));
    // The period: where the vowel is most like itself, from 50 to 400 Hz
    const alike = (lag: number) =>
      vowel.subarray(lag).reduce((sum, x, n) => sum + x * vowel[n], 0) / (vowel.length - lag);
    let period = 40;
    for (let lag = 40; lag < 320; lag++) if (alike(lag) > alike(period)) period = lag;
    assertAlmostEquals(16000 / period, pitch, 0.1 * pitch);
  }
});

Deno.test("what flite does not say is an error", () => {
  const cases: [unknown, unknown, new () => Error, string][] = [
    [
      "",
      { voice: "slt" },
      RangeError,
      'Cannot speak as text must have a word: current value is ""',
    ],
    [" … ", { voice: "slt" }, RangeError, "text must have a word"],
    [
      "ab 你",
      { voice: "slt" },
      RangeError,
      'must be English in Latin letters: "你" is not (U+4F60)',
    ],
    ["a\0b", { voice: "slt" }, RangeError, "(U+0000)"],
    ["a".repeat(10_001), { voice: "slt" }, RangeError, "at most 10000 characters: it has 10001"],
    [3, { voice: "slt" }, TypeError, "text must be a string"],
    ["a", { voice: "slts" }, RangeError, 'there is no voice "slts": did you mean "slt"?'],
    ["a", { voice: "nobody" }, RangeError, 'voice must be "slt", "rms", "awb" or "kal16"'],
    ["a", {}, TypeError, "voice"],
    ["a", { voice: "slt", pich: 100 }, TypeError, 'did you mean "pitch"?'],
    ["a", { voice: "slt", stretch: 0 }, RangeError, "stretch must be from 0.5 to 2"],
    ["a", { voice: "slt", pitch: NaN }, RangeError, "pitch"],
    ["a", { voice: "rms", pitch: 100 }, RangeError, "pitch must be left out"],
  ];
  for (const [text, options, kind, message] of cases) {
    assertThrows(() => speak(text as string, options as SpeakOptions), kind, message);
  }
  assertThrows(() => runFlite(["-pr", "Syllable", "-t", "a"]), Error, "flite trapped (VAL: tried");
  assertThrows(() => runFlite(["-h"], { wav: true }), Error, "flite made no sound: -h");
  assertEquals(phones.length, 41);
});
