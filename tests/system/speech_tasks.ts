// Tasks on corpora that people bring, in folders of tones and noise:
//   deno test --allow-env --allow-read --allow-write --allow-run tests/system/speech_tasks.ts
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { writeWav } from "lib/audio/mod.ts";
import { fromInt16, openDataSet } from "lib/corpora/mod.ts";
import {
  checkpointsIn,
  runName,
  runPool,
  speechExperiment,
  Training,
} from "lib/experiments/mod.ts";
import { decodeCheckpoint } from "lib/models/mod.ts";
import { inFolder, names } from "../support/folders.ts";
import { miniatureTimit, phoneLines, plant, wordLines } from "../support/miniature_timit.ts";
import { noisySound } from "../support/sounds.ts";
import { toneDigits } from "../support/spoken_digits.ts";
import { assertOneLine, deno, inProject, root, task } from "../support/tasks.ts";

/** A task with the permissions that it needs, in a folder where it may write. */
const inPlace = (cwd: string, name: string, ...args: string[]) =>
  deno([
    ...["run", "--no-prompt", "--no-check", "--config", `${root}deno.json`, "--allow-read"],
    ...["--allow-write=.", `${root}tasks/${name}.ts`, ...args],
  ], cwd);

/** Digits as tones, one of their three speakers called George. */
async function plantDigits(folder: string): Promise<void> {
  const tree = toneDigits.map(({ name, samples }) => {
    const bytes = writeWav({ sampleRate: 8000, channels: [fromInt16(samples)] });
    return [name.replace("ann", "george"), bytes] as const;
  });
  await plant(folder, new Map(tree));
}

/** Four noises, and what is said in them. */
async function plantRecordings(folder: string, ending: "txt" | "lab"): Promise<void> {
  const texts = ["one two", "two", "two one", "one"];
  const lab = ["0 2000000 a", "2000000 3000000 b"].join("\n");
  await plant(
    folder,
    new Map<string, Uint8Array | string>(
      texts.flatMap((text, n): [string, Uint8Array | string][] => [
        [`u${n}.wav`, writeWav({ sampleRate: 16000, channels: [noisySound(16000, n)] })],
        [`u${n}.${ending}`, ending === "txt" ? text : lab],
      ]),
    ),
  );
}

const rowsOf = (out: string) => out.trim().split("\n").map((line) => JSON.parse(line));
const few = ["--iters", "4", "--eval-every", "2", "--hidden", "3", "--batch", "4"];

Deno.test("corpus timit --check names every planted fault by file and line, and ends with 1", () =>
  inFolder(async (folder) => {
    const tree = miniatureTimit(), A = "TIMIT/TRAIN/DR1/FCJF0", B = "TIMIT/train/dr2/mabc0";
    await plant(`${folder}/whole`, tree);
    const whole = await task("corpus", "timit", "--check", "--timit", `${folder}/whole`);
    assertEquals(whole.code, 0, whole.err);
    assertMatch(whole.out, /^timit in \S+: 0\.001 hours, 0 faults$/m);
    assertMatch(whole.out, /^train +4\/3696 +2\/462 +0\.000$/m);
    tree.set(`${A}/SI1027.WAV`, (tree.get(`${A}/SI1027.WAV`) as Uint8Array).slice(0, 9000));
    tree.set(`${A}/SX37.PHN`, phoneLines.with(2, "1900 2500 uhh").join("\r\n"));
    tree.set(`${B}/si1027.phn`, phoneLines.with(4, "2810 3200 dcl").join("\n"));
    tree.set(`${B}/sx37.wrd`, [wordLines[1], wordLines[0]].join("\n"));
    tree.delete(`${B}/sx37.wav`);
    await plant(`${folder}/broken`, tree);
    const { code, out } = await task("corpus", "timit", "--check", "--timit", `${folder}/broken`);
    assertEquals(code, 1);
    for (
      const [file, what] of [
        [`${A}/SI1027.WAV`, "must be 12000 bytes: the file ends after 7976"],
        [`${A}/SX37.PHN, line 3`, "phone uhh is none of TIMIT's 61"],
        [`${B}/si1027.phn, line 5`, "must start where the phone before ends, at 2800: it is 2810"],
        [`${B}/sx37.wrd, line 2`, "must not start before the word before"],
        [`${B}/sx37`, ""],
      ]
    ) {
      const line = out.split("\n").find((line) => line.startsWith(file) && line.includes(what));
      assert(line !== undefined, `${file}: ${what} is not in ${out}`);
    }
  }));

Deno.test("corpus says what digits and recordings have, and which folder is missing", () =>
  inFolder(async (folder) => {
    await plantDigits(`${folder}/fsdd`);
    await plantRecordings(`${folder}/mine`, "txt");
    await Deno.writeTextFile(`${folder}/fsdd/0_bob_6.wav`, "no sound");
    const digits = await task("corpus", "digits", "--check", "--fsdd", `${folder}/fsdd`);
    assertEquals(digits.code, 1);
    assertMatch(digits.out, /^digits in \S+: 0\.007 hours, 1 fault$/m);
    assertMatch(digits.out, /^bob +69 +1 +0\.00\d$/m);
    assertMatch(digits.out, /^0_bob_6\.wav: /m);
    const mine = ["corpus", "recordings", "--recordings", `${folder}/mine`];
    const [phones, words] = [
      await task(mine[0], ...mine.slice(1)),
      await task(
        mine[0],
        ...[...mine.slice(1), "--unit", "words"],
      ),
    ];
    assertEquals([phones.code, words.code], [1, 0]);
    assertStringIncludes(phones.out, "u0.txt: must have phones: it has text");
    assertOneLine(await task("corpus", "timit", "--check"), 2, "--timit is missing: expected");
    assertOneLine(await task("corpus", "digits", "--fsdd", "deno.json"), 2, "it is no folder");
  }));

Deno.test("train --corpus digits prints dev and test, the same on one core and on two, and keeps its folder out of the model", () =>
  inProject((project) =>
    inFolder(async (folder) => {
      await plantDigits(folder);
      const flags = ["--corpus", "digits", "--fsdd", folder, ...few, "--json"];
      const save = `${project}/digits.safetensors`;
      const one = await task("train", ...flags, "--workers", "1", "--save", save);
      const two = await task("train", ...flags, "--workers", "2");
      assertEquals([one.code, two.code], [0, 0], one.err + two.err);
      assertEquals(two.out, one.out);
      const rows = rowsOf(one.out);
      assertEquals(rows.map(({ iter, split }) => [iter, split]), [
        [1, "dev"],
        [1, "test"],
        [2, "dev"],
        [4, "dev"],
        [4, "test"],
      ]);
      for (const { per, blankRate, timing } of rows) {
        assert(per > 0 && blankRate >= 0 && timing.words.count > 0 && timing.words.tse > 0);
      }
      const { metadata } = decodeCheckpoint(await Deno.readFile(save));
      const experiment = JSON.parse(metadata.experiment);
      const expected = speechExperiment("digits", 0, {
        iters: 4,
        evalEvery: 2,
        hidden: 3,
        batch: 4,
      });
      assertEquals(experiment, JSON.parse(JSON.stringify(expected)));
      const table = await task("train", ...flags.slice(0, -1));
      assertMatch(
        table.out,
        /^ {2}iter {2}split +nll +PER {2}blanks {2}TSE, ms {2}sequences {2}infea/,
      );
      assertMatch(table.out, /^ +4 +test +[\d.]+ +[\d.]+ +[\d.]+ +[\d.]+ +[\d.]+ +0$/m);
    })
  ));

Deno.test("a folder without the corpus is one line before anything is trained, and exit code 2", () =>
  inProject((project) =>
    inFolder(async (folder) => {
      for (const [corpus, flag] of [["digits", "fsdd"], ["timit", "timit"]] as const) {
        const given = ["--corpus", corpus, `--${flag}`, folder];
        assertOneLine(await task("train", ...given), 2, "there are none");
        const file = `${project}/${corpus}.json`;
        await Deno.writeTextFile(file, JSON.stringify(speechExperiment(corpus, 0)));
        const ran = await task("run", file, "--out", project, `--${flag}`, folder);
        assertEquals([ran.code, ran.out], [2, ""]);
        assertMatch(ran.err, /^run: \S+ failed: Cannot .* there are none/m);
      }
      const recordings = await task("train", "--corpus", "recordings", "--recordings", folder);
      assertOneLine(recordings, 2, "there are 0");
    })
  ));

Deno.test("train --corpus digits goes on from its checkpoint to the same rows", () =>
  inFolder(async (folder) => {
    await plantDigits(`${folder}/fsdd`);
    const flags = ["--corpus", "digits", "--fsdd", "fsdd", ...few, "--json"];
    const whole = await inPlace(folder, "train", ...flags);
    assertEquals(whole.code, 0, whole.err);
    const experiment = speechExperiment("digits", 0, {
      iters: 4,
      evalEvery: 2,
      hidden: 3,
      batch: 4,
    });
    const folders = { fsdd: `${folder}/fsdd` };
    const data = await openDataSet(experiment.corpus, 0, folders);
    const training = new Training(experiment, { data });
    for await (const row of training.rows()) if (row.iter === 2) break;
    await checkpointsIn(`${folder}/results/mine`).write(training);
    const { code, out, err } = await inPlace(folder, "train", ...flags);
    assertEquals(code, 0, err);
    assertStringIncludes(err, "goes on from step 2 of 4");
    assertEquals(out, whole.out);
    assertEquals(names(`${folder}/results/mine`), []);
  }));

Deno.test("train --corpus recordings names the labels of the folder, and times those that have times", () =>
  inFolder(async (folder) => {
    await plantRecordings(`${folder}/texts`, "txt");
    await plantRecordings(`${folder}/labs`, "lab");
    const flags = ["--corpus", "recordings", ...few, "--json", "--recordings"];
    const spelt = await inPlace(
      folder,
      "train",
      ...flags,
      "texts",
      "--unit",
      "characters",
      "--save",
      "m",
    );
    assertEquals(spelt.code, 0, spelt.err);
    const { metadata } = decodeCheckpoint(await Deno.readFile(`${folder}/m`));
    assertEquals(JSON.parse(metadata.experiment).corpus.labels, [" ", "e", "n", "o", "t", "w"]);
    assertEquals(rowsOf(spelt.out)[0].timing, undefined);
    const timed = await inPlace(folder, "train", ...flags, "labs");
    assertEquals(timed.code, 0, timed.err);
    assertEquals(rowsOf(timed.out)[0].timing.labels.count, 2);
    const wrong = await inPlace(folder, "train", ...flags, "texts");
    assertOneLine(wrong, 2, "must have phones: it has text");
  }));

Deno.test("train --corpus timit counts errors of 39 phones beside those of 61", () =>
  inFolder(async (folder) => {
    await plant(folder, miniatureTimit());
    const { code, out, err } = await inPlace(
      folder,
      "train",
      "--corpus",
      "timit",
      "--timit",
      ".",
      ...few,
      "--json",
    );
    assertEquals(code, 0, err);
    for (const { per, folded, timing } of rowsOf(out)) {
      assert(per > 0 && folded > 0 && timing.labels.count >= 0 && timing.words === undefined);
    }
  }));

Deno.test("run trains on a folder that is given, and says which one is missing", () =>
  inFolder(async (folder) => {
    await plantDigits(`${folder}/fsdd`);
    const experiment = speechExperiment("digits", 1, { iters: 2, hidden: 3, batch: 4 });
    await Deno.writeTextFile(`${folder}/digits.json`, JSON.stringify(experiment));
    assertOneLine(await inPlace(folder, "run", "digits.json"), 2, "--fsdd is missing");
    const { code, out, err } = await inPlace(folder, "run", "digits.json", "--fsdd", "fsdd");
    assertEquals(code, 0, err);
    assertStringIncludes(out, `stored in results/mine/${runName(experiment)}.json`);
    assertEquals((await inPlace(folder, "run", "digits.json")).code, 0); // is there, not trained
    const [outcome] = await runPool([experiment], { folders: { fsdd: `${folder}/fsdd` } });
    assert(outcome.ok, JSON.stringify(outcome));
    assertEquals(outcome.run.rows.map(({ iter }) => iter), [1, 1, 2, 2]);
  }));
