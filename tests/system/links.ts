// Folders of corpora in which links lead nowhere or in circles, and files that vanish:
//   deno test --allow-read --allow-write tests/system/links.ts
import { assertEquals, assertRejects } from "@std/assert";
import { writeWav } from "lib/audio/mod.ts";
import { filesBelow, readerOf } from "lib/corpora/spoken/folder.ts";
import { checkDigits } from "lib/corpora/digits.ts";
import { checkRecordings } from "lib/corpora/recordings.ts";
import { checkTimit } from "lib/corpora/timit.ts";
import { inFolder } from "../support/folders.ts";

const sound = writeWav({ sampleRate: 16000, channels: [new Float64Array(1600)] });

Deno.test("a link to a folder that it is in is left out, one to another folder is followed", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/in/deep`, { recursive: true });
    await Deno.writeTextFile(`${folder}/in/deep/a.txt`, "");
    await Deno.symlink(".", `${folder}/in/self`);
    await Deno.symlink(folder, `${folder}/in/deep/top`);
    await Deno.symlink("deep", `${folder}/in/other`);
    assertEquals(await filesBelow(folder), ["in/deep/a.txt", "in/other/a.txt"]);
  }));

Deno.test("a link that leads nowhere is a fault of its file, and the others are read", () =>
  inFolder(async (folder) => {
    const links = [
      "bad.wav",
      "TRAIN/DR1/FCJF0/SI1027.WAV",
      "TRAIN/DR1/FCJF0/SI1027.PHN",
      "0_ann_0.wav",
    ];
    await Deno.mkdir(`${folder}/TRAIN/DR1/FCJF0`, { recursive: true });
    for (const link of links) await Deno.symlink("nowhere", `${folder}/${link}`);
    await Deno.writeTextFile(`${folder}/bad.txt`, "no");
    await Deno.writeFile(`${folder}/good.wav`, sound);
    await Deno.writeTextFile(`${folder}/good.txt`, "yes");
    const reason = "cannot be read: No such file or directory (os error 2)";
    const told = ({ faults }: { faults: readonly { file: string; message: string }[] }) =>
      faults.filter(({ message }) => message === reason).map(({ file }) => file);
    const recordings = await checkRecordings(folder, { unit: "words" });
    assertEquals([told(recordings), recordings.parts["."].utterances], [[links[1], "bad.wav"], 1]);
    assertEquals(told(await checkDigits(folder)), ["0_ann_0.wav"]);
    assertEquals(told(await checkTimit(folder)), links.slice(1, 3));
    await assertRejects(() => readerOf(folder)("gone.wav"), SyntaxError, reason);
  }));
