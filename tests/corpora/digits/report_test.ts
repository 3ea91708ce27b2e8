import { assertEquals, assertRejects } from "@std/assert";
import { writeWav } from "lib/audio/mod.ts";
import { digitReport, readFsdd } from "lib/corpora/digits.ts";
import { faultText, fromInt16, refuseFault } from "lib/corpora/spoken/mod.ts";
import { inMemory, type Tree } from "../../support/miniature_timit.ts";
import { noisySound } from "../../support/sounds.ts";
import { toneDigits } from "../../support/spoken_digits.ts";

/** FSDD's file names, with tones for digits. */
function toneFolder(): Tree {
  return new Map(toneDigits.map(({ name, samples }) => [
    `recordings/${name}`,
    writeWav({ sampleRate: 8000, channels: [fromInt16(samples)] }),
  ]));
}

Deno.test("digitReport() counts by speaker, and finds every planted fault", async () => {
  {
    const tree = toneFolder();
    const good = await digitReport(...inMemory(tree));
    assertEquals(good.faults, []);
    assertEquals(good.parts.bob.utterances, 70);
    const bad: Tree = new Map(tree);
    bad.set("recordings/0_ann_0.wav", "no sound");
    bad.set("recordings/1_ann_0.wav", writeWav({ sampleRate: 16000, channels: [noisySound(10)] }));
    bad.set("recordings/two_ann_0.wav", "");
    bad.set("recordings/3_dee_0.wav", tree.get("recordings/3_ann_0.wav")!);
    const texts = (await digitReport(...inMemory(bad))).faults.map(faultText);
    assertEquals(texts.slice(0, 4), [
      "recordings/0_ann_0.wav: Cannot read the WAV file as the RIFF header (byte 0) must be 12 bytes: the file ends after 8",
      "recordings/1_ann_0.wav: must be of 8000 Hz and one channel: it is 16000 Hz, 1 channels",
      "recordings/two_ann_0.wav: is not named {digit}_{speaker}_{index}.wav",
      ".: speaker dee says no 0",
    ]);
    assertEquals(texts.length, 12);
    await assertRejects(() => readFsdd(...inMemory(bad), refuseFault), SyntaxError, "0_ann_0");
  }
});
