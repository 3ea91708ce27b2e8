// `deno task align --audio` and `deno task recognise`, as a person types them, with the model that
// comes along, on sentences that flite speaks.
import {
  assert,
  assertEquals,
  assertLess,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { readCtm, readTextGrid } from "lib/alignment/mod.ts";
import { writeWav } from "lib/audio/mod.ts";
import { speak } from "lib/corpora/flite/mod.ts";
import { assertOneLine, inProject, lines, task } from "../support/tasks.ts";

const align = (...args: string[]) => task("align", ...args);
const sentence = "The old captain carried 21 wooden boxes along the river.";
const other = "Please remember how many yellow birds were singing there.";
const spoken = speak(sentence, { voice: "slt" });

/** A folder with `talk.wav`, in which the sentence is spoken. */
function withTalk(test: (folder: string) => Promise<void>): Promise<void> {
  return inProject(async (folder) => {
    await Deno.writeFile(`${folder}/talk.wav`, wav(spoken.samples));
    await test(folder);
  });
}

function wav(...channels: Float64Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  return writeWav({ sampleRate: spoken.sampleRate, channels });
}

Deno.test("align --audio gives a TextGrid of words, phones and confidence, near the truth", () =>
  withTalk(async (folder) => {
    const { code, out, err } = await align("--audio", `${folder}/talk.wav`, "--text", sentence);
    assertEquals([code, err], [0, ""]);
    const { tiers } = readTextGrid(out);
    assertEquals(tiers.map(({ name }) => name), ["words", "phones", "confidence"]);
    const found = tiers[0].intervals!.filter(({ text }) => text !== "");
    const written = sentence.replace(".", "").split(" ");
    assertEquals(found.map(({ text }) => text), written);
    const [, , , , , twentyOne] = [...spoken.words];
    assertEquals(twentyOne.label, "one");
    const truth = [...spoken.words.slice(0, 4).map(({ start }) => start)];
    truth.forEach((start, n) => assertLess(Math.abs(found[n].start - start), 0.12));
  }));

Deno.test("text that is not what is said is told word by word, and the exit code is 3", () =>
  withTalk(async (folder) => {
    const talk = `${folder}/talk.wav`;
    const { code, out, err } = await align("--audio", talk, "--text", other, "--format", "ctm");
    assertEquals(code, 3);
    assertMatch(err, /^align: \S+talk\.wav: the text does not match the sound: \d+ of 9 words/);
    assertStringIncludes(err, '"yellow"');
    const words = readCtm(out);
    assertEquals(words.length, 9);
    for (const { end, start } of words) assertLess(end - start, 2);
  }));

Deno.test("one wrong word among right ones is told, and nothing else", () =>
  withTalk(async (folder) => {
    const text = sentence.replace("captain", "mushroom");
    const flags = ["--audio", `${folder}/talk.wav`, "--text", text, "--format", "json"];
    const { code, out } = await align(...flags);
    assertEquals(code, 3);
    const { words } = JSON.parse(out) as { words: { text: string; matches: boolean }[] };
    assertEquals(words.filter(({ matches }) => !matches).map(({ text }) => text), ["mushroom"]);
  }));

Deno.test("speech that the text leaves out is told, and stretches no word", () =>
  inProject(async (folder) => {
    const more = speak(other, { voice: "slt" });
    const samples = new Float64Array(more.samples.length + spoken.samples.length);
    samples.set(more.samples);
    samples.set(spoken.samples, more.samples.length);
    await Deno.writeFile(`${folder}/talk.wav`, wav(samples));
    const flags = ["--audio", `${folder}/talk.wav`, "--text", sentence, "--format", "json"];
    const { code, out, err } = await align(...flags);
    assertEquals(code, 3);
    assertMatch(err, /^align: \S+talk\.wav: the text does not match the sound: there is speech/);
    const { words, stray } = JSON.parse(out) as Record<string, { start: number; end: number }[]>;
    const seam = more.samples.length / more.sampleRate;
    assertLess(stray[0].start, 0.5);
    assert(words.slice(1).every(({ start, end }) => start > seam - 0.1 && end - start < 1.2), out);
  }));

Deno.test("a folder's texts lie beside its sounds; one that is wrong does not lose the others", () =>
  withTalk(async (folder) => {
    await Deno.writeTextFile(`${folder}/talk.txt`, sentence);
    await Deno.mkdir(`${folder}/more`);
    const stereo = wav(spoken.samples, new Float64Array(spoken.samples.length));
    await Deno.writeFile(`${folder}/more/two.wav`, stereo);
    await Deno.writeTextFile(`${folder}/more/two.txt`, sentence);
    await Deno.writeFile(`${folder}/more/cut.wav`, wav(spoken.samples).slice(0, 1000));
    await Deno.writeTextFile(`${folder}/more/cut.txt`, sentence);
    await Deno.writeFile(`${folder}/more/silent.wav`, stereo);
    const first = await align("--audio", folder, "--format", "ctm");
    assertEquals(first.code, 1);
    assertStringIncludes(first.out, "2 of 4 recordings done");
    assertStringIncludes(first.err, "cut.wav: Cannot read the WAV file as the data (byte 44) must");
    assertStringIncludes(first.err, "silent.wav: there is no text");
    const words = readCtm(await Deno.readTextFile(`${folder}/talk.ctm`));
    const two = readCtm(await Deno.readTextFile(`${folder}/more/two.ctm`));
    assertEquals(two.map(({ start }) => start), words.map(({ start }) => start));
    const again = await align("--audio", folder, "--format", "ctm");
    assertStringIncludes(again.err, "talk.ctm is there already: expected --overwrite");
    const elsewhere = await align("--audio", folder, "--output", `${folder}/out`);
    assertStringIncludes(elsewhere.out, "2 of 4 recordings done");
    readTextGrid(await Deno.readTextFile(`${folder}/out/more/two.TextGrid`));
    // A text that does not match is what the exit code says, though a right one comes after it
    for (const name of ["cut", "silent"]) await Deno.remove(`${folder}/more/${name}.wav`);
    await Deno.writeTextFile(`${folder}/more/two.txt`, other);
    const wrong = await align("--audio", folder, "--output", `${folder}/wrong`);
    assertEquals([wrong.code, wrong.out], [3, "align: 2 of 2 recordings done\n"]);
  }));

Deno.test("align --plot draws a PNG", () =>
  withTalk(async (folder) => {
    const flags = ["--audio", `${folder}/talk.wav`, "--text", sentence, "--output", folder];
    assertEquals((await align(...flags, "--plot", `${folder}/talk.png`)).code, 0);
    const png = await Deno.readFile(`${folder}/talk.png`);
    assertEquals([...png.subarray(1, 4)], [0x50, 0x4e, 0x47]);
    readTextGrid(await Deno.readTextFile(`${folder}/talk.TextGrid`));
  }));

Deno.test("recognise gives phones with times and confidence, in every format", () =>
  withTalk(async (folder) => {
    const recognise = async (format: string) => {
      const flags = ["--audio", `${folder}/talk.wav`, "--format", format];
      const { code, out, err } = await task("recognise", ...flags);
      assertEquals([code, err], [0, ""]);
      return out;
    };
    const phones = readCtm(await recognise("ctm"));
    const said = spoken.phones.filter(({ label }) => label !== "pau").length;
    assertLess(Math.abs(phones.length - said), said / 4);
    assert(phones.every(({ confidence = 0 }) => confidence > 0 && confidence <= 1));
    const { tiers } = readTextGrid(await recognise("textgrid"));
    assertEquals(tiers.map(({ name }) => name), ["phones", "confidence"]);
    assertEquals(JSON.parse(await recognise("json")).phones.length, phones.length);
  }));

Deno.test("the channel is heard that is asked for, and blank weighs what it is told to", () =>
  withTalk(async (folder) => {
    const stereo = `${folder}/stereo.wav`;
    await Deno.writeFile(stereo, wav(spoken.samples, new Float64Array(spoken.samples.length)));
    const flags = ["--audio", stereo, "--format", "ctm"], channel = (n: string) => ["--channel", n];
    const [first, second] = (await lines("recognise", [
      [...flags, ...channel("1")],
      [...flags, ...channel("2")],
    ])).map(({ out }) => readCtm(out).length);
    assert(first > 10 && second < 5, `${first} and ${second} phones`);
    const text = [...flags, "--text", sentence, ...channel("1")];
    const ends = await lines("align", [text, text.with(-1, "2"), [...text, "--blank-shift", "2"]]);
    assertEquals(ends.map(({ code }) => code), [0, 3, 0]);
    assertNotEquals(ends[0].out, ends[2].out);
  }));

Deno.test("wrong command lines and files that are no sound end with 2 and one line", () =>
  withTalk(async (folder) => {
    const talk = `${folder}/talk.wav`;
    await Deno.writeTextFile(`${folder}/song.mp3`, "ID3 and then music");
    const cases: [flags: string[], part: string][] = [
      [["--audio", `${folder}/none.wav`, "--text", "a"], "--audio cannot be"],
      [["--audio", "/dev/zero", "--text", "a"], "it is no regular file"],
      [["--audio", `${folder}/song.mp3`, "--text", "a"], "ffmpeg -i song.mp3"],
      [["--audio", talk], "there is no text: expected --text, --text-file or"],
      [["--audio", talk, "--text", "…"], "must have a word"],
      [["--audio", talk, "--text", "мир"], "English in Latin letters"],
      [["--audio", talk, "--text", "a", "--channel", "2"], "from 1 to 1"],
      [["--audio", talk, "--text", "a", "--sequences", "3"], "it has no meaning for --audio"],
      [["--audio", folder, "--text", "a"], "--audio names a folder"],
      [["--audio", talk, "--text", "a", "--model", "deno.json"], "is not a safetensors file"],
      [["--text", "a"], "expected --audio FILE as well"],
      [["--audio", talk, "--text", "a", "--output", "deno.json"], '--output cannot be "deno.json"'],
      [["--audio", talk, "--text", "a", "--output", "/nowhere"], '--output cannot be "/nowhere"'],
      [["--audio", talk, "--text", "a", "--plot", "lib"], '--plot cannot be "lib"'],
      [["--audio", talk, "--text", "a", "--plot", "/nowhere.png"], "no permission"],
    ];
    const endings = await lines("align", cases.map(([flags]) => flags));
    for (const [n, [, part]] of cases.entries()) assertOneLine(endings[n], 2, part);
    assertOneLine(await task("recognise"), 2, "--audio is missing");
    const [file] = await lines("recognise", [["--audio", talk, "--output", "deno.json"]]);
    assertOneLine(file, 2, '--output cannot be "deno.json"');
    await Deno.writeFile(`${folder}/talk.txt`, Uint8Array.of(0x63, 0xe9));
    assertOneLine(await align("--audio", talk), 2, 'talk.txt" cannot be the text');
  }));
