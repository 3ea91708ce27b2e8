// Corpora in folders, opened by what an experiment says of them:
//   deno test --allow-read --allow-write tests/system/corpora.ts
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { writeWav } from "lib/audio/mod.ts";
import {
  checkDigits,
  checkRecordings,
  checkTimit,
  dataSet,
  digitDataSet,
  fromInt16,
  openDataSet,
} from "lib/corpora/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { inFolder } from "../support/folders.ts";
import { miniatureTimit, plant } from "../support/miniature_timit.ts";
import { toneDigits } from "../support/spoken_digits.ts";

Deno.test("openDataSet() opens corpora in their folders, and says which folder is missing", async () => {
  await inFolder(async (folder) => {
    await plant(`${folder}/timit`, miniatureTimit());
    await plant(
      `${folder}/fsdd`,
      new Map(toneDigits.map(({ name, samples }) => [
        name,
        writeWav({ sampleRate: 8000, channels: [fromInt16(samples)] }),
      ])),
    );
    const timit = await openDataSet({ kind: "timit" }, 5, { timit: `${folder}/timit` });
    assertEquals([timit.train.sequences, timit.labels], [4, 62]);
    const options = { kind: "digits", testSpeaker: "cy" } as const;
    const { test } = await openDataSet(options, 5, { fsdd: `${folder}/fsdd` });
    const expected = digitDataSet(toneDigits, 5, { testSpeaker: "cy" }).test;
    assertEquals(test.batch(new RandomState(1), 3).targets.length, 3);
    assertEquals(test.sequences! > 9, true);
    const all = (source: typeof test) => source.batch(new RandomState(1), source.sequences!);
    assertEquals(all(test).targets.flat().length, all(expected).targets.flat().length);
    const recordings = await openDataSet({ kind: "recordings" }, 5, {
      recordings: `${folder}/timit/TIMIT/TRAIN`,
    });
    assertEquals(recordings.knows, ["alignment", "words", "speakers"]);
    assertEquals((await checkTimit(`${folder}/timit`)).faults, []);
    assertEquals((await checkDigits(`${folder}/fsdd`)).parts.cy.utterances, 70);
    assertEquals((await checkRecordings(`${folder}/timit/TIMIT/TRAIN`)).faults, []);
    await assertRejects(() => openDataSet(options, 5), RangeError, "--fsdd FOLDER: it is missing");
    await assertRejects(() => openDataSet({ kind: "timit" }, 5), RangeError, "--timit FOLDER");
    assertThrows(() => dataSet(options, 5), TypeError, "must be opened first");
    await assertRejects(
      () => openDataSet({ kind: "timit" }, 5, { timit: `${folder}/none` }),
      Deno.errors.NotFound,
    );
  });
});
