// The corpus of voices on a disk: made, killed, resumed, damaged, checked and opened.
import { assertAlmostEquals, assertEquals, assertGreater, assertRejects } from "@std/assert";
import {
  checkVoices,
  makeVoices,
  neededScripts,
  openVoices,
  voiceScripts,
} from "lib/corpora/voices/mod.ts";
import { writeWav } from "lib/audio/mod.ts";
import { encodeShard, type SpokenSentence } from "lib/corpora/voices/shard.ts";
import { writeShard } from "lib/corpora/voices/store.ts";
import { inFolder, names } from "../support/folders.ts";
import { assertOneLine, deno, inProject, root, task } from "../support/tasks.ts";

/** A shard of two sentences for each of two voices. */
const scripts = voiceScripts().filter(({ voice, split }) =>
  ["kal16", "slt"].includes(voice) && split === "dev"
).map((script) => ({ ...script, texts: script.texts.slice(0, 2) }));

Deno.test("what is made twice has the same bytes; what is whole stays, what is missing or damaged is made", () =>
  inFolder(async (folder) => {
    const spoken: [number, number][] = [];
    const onSentence = (n: number, of: number) => void spoken.push([n, of]);
    assertEquals(await makeVoices(folder, scripts, { workers: 2, onSentence }), 2);
    assertEquals([spoken[0], spoken.at(-1)], [[0, 4], [4, 4]]);
    const bytes = () => Deno.readFile(`${folder}/slt/dev-000.wav`);
    const [before, first] = [await checkVoices(folder, scripts), await bytes()];
    assertEquals(before.map(({ sentences }) => sentences), [2, 0, 0, 2]);
    assertGreater(before[0].seconds, 4);
    const seconds = (first.length - 44) / 2 / 16000; // after the header, two bytes a sample
    assertAlmostEquals(before[0].seconds, seconds, 1e-9);
    assertEquals(before[0].bySplit, { dev: before[0].seconds, test: 0, unseen: 0, train: 0 });
    assertEquals(await makeVoices(folder, scripts), 0);

    await Deno.writeFile(`${folder}/slt/dev-000.wav`, first.slice(0, 5000));
    await Deno.remove(`${folder}/kal16/dev-000.json`);
    const [slt, , , kal16] = await checkVoices(folder, scripts);
    assertEquals([slt.sha256, kal16.sha256], [undefined, undefined]);
    assertEquals([slt.faults.length, kal16.missing], [1, ["kal16/dev-000"]]);
    assertEquals(await makeVoices(folder, scripts, { workers: 1 }), 2);
    assertEquals(await checkVoices(folder, scripts), before);
    assertEquals(await bytes(), first);
  }));

Deno.test("voices that are not made cannot be opened, and the message says how to make them", () =>
  inFolder(async (folder) => {
    await assertRejects(
      () => openVoices({}, { folder }),
      RangeError,
      "must be made first, by `deno task corpus voices`: in " + folder +
        ", slt/dev-000 is not there",
    );
    const options = { train: ["kal16"], test: ["slt"], sentences: 60 } as const;
    const needed = neededScripts(options);
    const samples = Int16Array.from({ length: 800 }, (_, n) => 9000 * Math.sin(n));
    for (const script of needed) {
      const sentences = script.texts.map((text): SpokenSentence => ({
        text,
        samples,
        phones: ["pau", "ax", "pau"],
        ends: [0.01, 0.03, 0.05],
        words: [{ label: "a", from: 1, to: 2 }],
      }));
      const wavOf = (all: Int16Array) =>
        writeWav({ sampleRate: 16000, channels: [Float64Array.from(all, (x) => x / 32768)] });
      await writeShard(folder, script, encodeShard(script, sentences, wavOf));
    }
    const { train, dev, test } = await openVoices(options, { folder });
    assertEquals([train.sequences, dev.sequences, test.sequences], [60, 50, 100]);
    assertEquals(train.sentences[59].sentence.samples, samples);
    assertEquals(train.take([59, 0]).targets, dev.take([0, 1]).targets);
    const hashes = async () => (await checkVoices(folder, needed)).map(({ sha256 }) => sha256);
    assertEquals((await hashes())[3]?.length, 64);
    await Deno.remove(`${folder}/kal16/train-001.json`);
    assertEquals((await hashes())[3], undefined); // of a voice with a shard missing there is none
    const more = { ...options, sentences: 1000 };
    await assertRejects(() => openVoices(more, { folder }), RangeError, "voices --sentences 1000`");
  }));

Deno.test("of a shard whose sound cannot be written there is nothing that calls it whole", () =>
  inFolder(async (folder) => {
    const [script] = scripts, path = `${folder}/${script.voice}/dev-000`;
    await Deno.mkdir(`${path}.wav/in the way`, { recursive: true });
    await assertRejects(() => writeShard(folder, script, { wav: new Uint8Array(), json: "{}" }));
    assertEquals(names(`${folder}/${script.voice}`), ["dev-000.wav"]);
  }));

Deno.test("the cache is where the first of its four variables says", async () => {
  const script = `
    import { cacheFolder } from "lib/corpora/voices/cache_folder.ts";
    const names = ["UNSEGMENTED_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"];
    for (const name of names) Deno.env.set(name, "/" + name);
    const found = names.map((name) => {
      const folder = cacheFolder();
      Deno.env.delete(name);
      return folder;
    });
    console.log(JSON.stringify(found));
  `;
  const { out, err } = await deno(["eval", script], root);
  assertEquals(err, "");
  assertEquals(JSON.parse(out), [
    "/UNSEGMENTED_CACHE",
    "/XDG_CACHE_HOME/unsegmented",
    "/LOCALAPPDATA/unsegmented",
    "/HOME/.cache/unsegmented",
  ]);
});

Deno.test("the task says what is missing, and refuses a folder that it may not write", () =>
  inProject(async (folder) => {
    const { code, out } = await task("corpus", "voices", "--check", "--cache", folder);
    assertEquals(code, 1);
    assertEquals(out.includes("slt: 11 shards are missing, the first is slt/dev-000"), true, out);
    assertOneLine(await task("corpus", "voices", "--cache", "/nowhere"), 2, "$UNSEGMENTED_CACHE");
    assertOneLine(await task("corpus"), 2, "which corpus? Expected one of voices, timit");
  }));
