// Chapters that run in a real browser, every cell of a notebook:
//   deno task test-web
// Three notebooks run with every test, as all of them take a quarter of an hour: LIVE=all runs them,
// LIVE=08,13 those two.
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertMatch,
} from "@std/assert";
import type { Locator, Page } from "playwright-core";
import { claimsOf } from "lib/jupyter/ledger.ts";
import { onPage } from "../support/served_site.ts";
import { root } from "../support/tasks.ts";

const asked = (Deno.env.get("LIVE") ?? "00,02,04").split(",");
const files = [...Deno.readDirSync(`${root}notebooks`)].map(({ name }) => name)
  .filter((name) => /^\d.*\.ipynb$/.test(name)).sort();
const pageOf = (file: string) => file.replace(/\.ipynb$/, ".html");
/** A notebook of a few short cells, and one that trains for long. */
const [short, long] = ["02", "04"].map((n) => pageOf(files.find((file) => file.startsWith(n))!));
const MINUTE = 60_000;

/** Presses the button, and waits until cells can be run. */
async function goLive(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run this page" }).click();
  await page.locator(".live-state", { hasText: "Ready." }).waitFor({ timeout: MINUTE });
}

/** The states of the cells, in their order. */
const states = (page: Page) =>
  page.locator(".cell").evaluateAll((cells) =>
    cells.map((cell) => (cell as HTMLElement).dataset.state)
  );

/** Writes a cell anew, as a reader does. */
async function write(page: Page, n: number, code: string): Promise<void> {
  await page.locator(".cell").nth(n).locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(code);
}

onPage("a page is live within two seconds of the click", short, async (page) => {
  const taken: number[] = [];
  for (let n = 0; n < 3; n++) {
    await goLive(page);
    taken.push(await page.evaluate(() => performance.getEntriesByName("live")[0].duration));
    await page.reload();
  }
  console.log(`live after ${taken.map(Math.round).join(", ")} ms`);
  assertLess(Math.min(...taken), 2000);
});

/** Runs a whole notebook, and holds that it comes to its committed verdicts. */
async function runsAsCommitted(page: Page, file: string): Promise<void> {
  await goLive(page);
  const start = performance.now();
  await page.getByRole("button", { name: "Run all" }).click();
  await page.locator('.cell[data-state="running"]').first().waitFor({ timeout: MINUTE });
  await page.locator(".live-state", { hasText: "Ready." }).waitFor({ timeout: 15 * MINUTE });
  console.log(`${file}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  const errors = await page.locator("pre.error").allTextContents();
  assertEquals(errors, []);
  assertEquals(new Set(await states(page)), new Set(["done"]));
  const due = claimsOf(JSON.parse(await Deno.readTextFile(`${root}notebooks/${file}`))).length;
  const verdicts = await page.locator(".live-verdicts").textContent();
  const said = due === 1 ? "1 claim" : `${due} claims`;
  assertEquals(verdicts, due === 0 ? "" : `${said} judged here: all as committed.`);
}

for (
  const file of files.filter((name) => asked.includes("all") || asked.includes(name.slice(0, 2)))
) {
  onPage(`${file} comes to its committed verdicts in a browser`, pageOf(file), async (page) => {
    await runsAsCommitted(page, file);
    assertEquals(await page.getByText(/kernels run as plain/).count(), 0);
  });
}

/** A browser whose multiply–add rounds twice, as on a processor that does not fuse it. */
const plain = { args: ["--js-flags=--no-enable-fma3"] };

/** The numbers of a table. */
const numbers = (table: Locator) =>
  table.locator("td").evaluateAll((cells) => cells.map((cell) => Number(cell.textContent)));

onPage(
  "on plain kernels, which a page says once, notebook 00 trains to the figures that it prints",
  pageOf(files[0]),
  async (page) => {
    await goLive(page);
    await page.getByRole("button", { name: "Run cell", exact: false }).nth(1).click();
    const training = page.locator(".cell").nth(1);
    const table = training.locator(".outputs.live table");
    await table.waitFor({ timeout: 5 * MINUTE });
    const here = await numbers(table);
    const committed = await numbers(training.locator(".outputs:not(.live) table"));
    assertEquals(here.length, committed.length);
    assertGreater(here.length, 5);
    here.forEach((value, n) => assertAlmostEquals(value, committed[n], 0.01));
    assertEquals(await page.getByText(/kernels run as plain TypeScript/).count(), 1);
  },
  plain,
);

const alone = files.find((file) => pageOf(file) === short)!;
onPage(`${alone} comes to its committed verdicts on plain kernels`, short, async (page) => {
  await runsAsCommitted(page, alone);
}, plain);

onPage(
  "a cell can be rewritten, and runs after those above it; Reset takes it back",
  short,
  async (page) => {
    await goLive(page);
    const before = await page.locator(".cell").nth(1).locator(".outputs").innerHTML();
    await write(
      page,
      1,
      "const two: number = await Promise.resolve(2);\n({ ctc: ctcTopology([1]).labels.length, two });",
    );
    await page.keyboard.press("Control+Enter");
    await page.locator(".cell").nth(1).getByText("ctc: 3").waitFor();
    assertEquals((await states(page)).slice(0, 3), ["done", "done", "as committed"]);
    await write(page, 2, "two + 40;");
    await page.keyboard.press("Shift+Enter");
    await page.locator(".cell").nth(2).locator(".live", { hasText: "42" }).waitFor();
    await page.getByRole("button", { name: "Reset" }).click();
    await page.locator('.cell[data-state="done"]').first().waitFor({ state: "detached" });
    assertEquals(await page.locator(".cell").nth(1).locator(".outputs").innerHTML(), before);
  },
);

/** In the page: the times of its frames and where it is scrolled to at each, for four seconds. */
const framesOfScrolling = () =>
  new Promise<{ times: number[]; places: number[] }>((resolve) => {
    const times: number[] = [], places: number[] = [];
    const note = (time: number) => {
      times.push(time);
      places.push(scrollY);
      if (time - times[0] < 4000) requestAnimationFrame(note);
      else resolve({ times, places });
    };
    requestAnimationFrame(note);
  });

onPage("a page scrolls under the wheel while a training runs", long, async (page) => {
  await goLive(page);
  await page.getByRole("button", { name: "Run all" }).click();
  await page.locator(".cell").nth(2).locator(".live svg").waitFor({ timeout: MINUTE });
  await page.mouse.move(640, 400);
  const scrolled = page.evaluate(framesOfScrolling);
  for (let n = 0; n < 60; n++) {
    await page.mouse.wheel(0, n % 20 < 10 ? 120 : -120);
    await page.waitForTimeout(60);
  }
  const { times, places } = await scrolled;
  assertEquals((await states(page))[2], "running");
  const intervals = times.slice(1).map((time, n) => time - times[n]).sort((a, b) => a - b);
  const [median, late] = [0.5, 0.95].map((share) =>
    intervals[Math.floor(share * intervals.length)]
  );
  const perSecond = 1000 * intervals.length / (times.at(-1)! - times[0]);
  console.log(
    `${perSecond.toFixed(1)} frames a second; one every ${median.toFixed(1)} ms, ` +
      `95 % within ${late.toFixed(1)} ms`,
  );
  assertGreater(places.slice(1).filter((place, n) => place !== places[n]).length, 20);
  assertLess(median, 34); // every second frame of the screen, where other tests have its cores
});

onPage("Stop ends a training at once, and what comes next starts anew", long, async (page) => {
  await goLive(page);
  await page.getByRole("button", { name: "Run all" }).click();
  await page.locator(".cell").nth(2).locator(".live svg").waitFor({ timeout: MINUTE });
  const start = performance.now();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.locator(".cell").nth(2).locator("pre.error", { hasText: "Stopped" }).waitFor();
  assertLess(performance.now() - start, 2000);
  await page.locator(".live-state", { hasText: "Ready." }).waitFor({ timeout: MINUTE });
  assertEquals((await states(page))[2], "failed");
  await page.getByRole("button", { name: "Run cell", exact: false }).nth(1).click();
  await page.locator(".live-state", { hasText: "Ready." }).waitFor({ timeout: MINUTE });
  await page.locator('.cell[data-state="done"]').nth(1).waitFor({ timeout: MINUTE });
});

onPage("what needs Deno says so, with the line", short, async (page) => {
  await goLive(page);
  await write(page, 0, 'const name = "ls";\nnew Deno.Command(name);');
  await page.keyboard.press("Control+Enter");
  const error = page.locator(".cell").first().locator("pre.error");
  await error.waitFor({ timeout: MINUTE });
  assertMatch(
    (await error.textContent())!,
    /^NeedsDenoError: This cell needs Deno: a page has no Deno\.Command.*\(line 2\)$/,
  );
  await write(
    page,
    0,
    'import { Team, Training, writeUpExperiment } from "lib/experiments/mod.ts";\n' +
      'await Team.start(new Training({ ...writeUpExperiment("lstm", 0), pieces: 2 }), 2);',
  );
  await page.keyboard.press("Control+Enter");
  await page.locator("pre.error", { hasText: "a page has no workers for a cell to start" })
    .waitFor({ timeout: MINUTE });
  await write(page, 0, 'import { nothing } from "lib/mod.ts";');
  await page.keyboard.press("Control+Enter");
  await page.locator("pre.error", { hasText: 'has no export "nothing"' }).waitFor({
    timeout: MINUTE,
  });
  assert((await states(page))[0] === "failed");
});
