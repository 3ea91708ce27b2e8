// The pages on which networks train and listen, in a real browser with a microphone of its own:
//   deno task test-web
import { assert, assertEquals, assertGreater, assertLess, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { writeWav } from "lib/audio/mod.ts";
import { speak } from "lib/corpora/flite/mod.ts";
import { onPage } from "../support/served_site.ts";

const MINUTE = 60_000;
const TEXT = "Nobody waits for the train at noon.";

/** How many cells of a canvas have another colour than the one in its corner. */
const painted = (page: Page, id: string) =>
  page.locator(`#${id}`).evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const { data } = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(
      0,
      0,
      width,
      height,
    );
    return new Set(new Uint32Array(data.buffer)).size;
  });

onPage(
  "two trainings race, their posteriors move, and Stop ends both",
  "training.html",
  async (page) => {
    await page.locator("#cells").fill("8");
    await page.locator("#noise").press("ArrowRight");
    await page.getByRole("button", { name: "Start the race" }).click();
    for (const racer of ["blstm", "lstm"]) {
      await page.locator(`#${racer}-state`, { hasText: /step \d{2,} · PER/ }).waitFor({
        timeout: MINUTE,
      });
      assertGreater(await painted(page, racer), 4);
    }
    assertMatch(page.url(), /#seed=0&phonemes=6&noise=0\.2&onset=0\.45&cells=8&criterion=ctc$/);
    assertGreater(await painted(page, "per"), 4);
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    const states = await page.locator("#blstm-state, #lstm-state").allTextContents();
    await page.waitForTimeout(500);
    assertEquals(await page.locator("#blstm-state, #lstm-state").allTextContents(), states);
    assertEquals(await page.locator("#state").textContent(), "Stopped.");
  },
);

onPage(
  "a race by another criterion ends at its last step",
  "training.html#cells=4&phonemes=2&criterion=framewise",
  async (page) => {
    assertEquals(await page.getByLabel("Criterion").inputValue(), "framewise");
    await page.getByRole("button", { name: "Start the race" }).press("Enter");
    await page.locator("#state", { hasText: "Both are at their last step." }).waitFor({
      timeout: 5 * MINUTE,
    });
    assertMatch((await page.locator("#blstm-state").textContent())!, /^step 1000 · PER 0\.\d{3}/);
  },
);

/** The words of the table, with their times. */
async function heard(page: Page) {
  await page.locator("#state", { hasText: /words in time/ }).waitFor({ timeout: 2 * MINUTE });
  const rows = await page.locator("#table tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((cell) => cell.textContent!))
  );
  return rows.map(([word, start, end]) => ({ word, start: Number(start), end: Number(end) }));
}

const spoken = speak(TEXT, { voice: "rms" });
const wav = await Deno.makeTempFile({ suffix: ".wav" });
await Deno.writeFile(wav, writeWav({ sampleRate: spoken.sampleRate, channels: [spoken.samples] }));

onPage(
  "a WAV file is aligned with its words, to be taken away as a TextGrid",
  "voice.html",
  async (page) => {
    await page.locator("#state", { hasText: "Ready." }).waitFor({ timeout: MINUTE });
    await page.getByLabel("WAV file").setInputFiles(wav);
    const words = await heard(page);
    assertEquals(words.map(({ word }) => word), TEXT.slice(0, -1).split(" "));
    words.forEach(({ start, end }, n) => {
      assertLess(Math.abs(start - spoken.words[n].start), 0.15);
      assertLess(Math.abs(end - spoken.words[n].end), 0.15);
    });
    assertGreater(await painted(page, "posteriors"), 20);
    assert(await page.locator("#aligned svg").isVisible());
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "TextGrid" }).click();
    const file = await download;
    assertMatch(file.suggestedFilename(), /\.TextGrid$/);
    const grid = await Deno.readTextFile(await file.path());
    assertMatch(grid, /name = "words"[\s\S]*text = "Nobody"[\s\S]*name = "phones"/);
  },
  { acceptDownloads: true },
);

onPage(
  "what the microphone hears is aligned, and stays in the page",
  "voice.html",
  async (page, { home }) => {
    await page.locator("#state", { hasText: "Ready." }).waitFor({ timeout: MINUTE });
    assertMatch((await page.locator("#privacy").textContent())!, /never leaves this page/);
    await page.getByLabel("words that are said").fill(TEXT);
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.method() !== "GET" || !request.url().startsWith(home)) sent.push(request.url());
    });
    await page.getByRole("button", { name: "Record" }).click();
    await page.locator("#state", { hasText: "Recording …" }).waitFor();
    await page.waitForTimeout(1000 * spoken.samples.length / spoken.sampleRate + 300);
    await page.getByRole("button", { name: "Stop" }).click();
    const words = await heard(page);
    assertEquals(words.length, 7);
    assertGreater(words[6].end, words[0].start + 1);
    assertEquals(sent.filter((url) => !url.startsWith("blob:")), []);
  },
  {
    permissions: ["microphone"],
    args: [
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-audio-capture=${wav}`,
    ],
  },
);

onPage(
  "without words the phones stand alone; the synthesiser speaks for who has no microphone",
  "voice.html",
  async (page) => {
    await page.locator("#state", { hasText: "Ready." }).waitFor({ timeout: MINUTE });
    await page.getByRole("button", { name: "Let the synthesiser say it" }).click();
    assertEquals((await heard(page)).length, 7);
    await page.getByLabel("words that are said").fill("");
    await page.getByRole("button", { name: "Align" }).click();
    await page.locator("#state", { hasText: "Phones alone." }).waitFor({ timeout: MINUTE });
    assertGreater((await page.locator("#phones").textContent())!.split(" ").length, 10);
  },
);
