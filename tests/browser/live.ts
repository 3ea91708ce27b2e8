// Chapters that run in a real browser, every cell of a notebook:
//   deno task test-web
// Three notebooks run with every test, as all of them take a quarter of an hour: LIVE=all runs them,
// LIVE=08,13 those two.
import { assert, assertEquals, assertGreater, assertLess, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
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

for (
  const file of files.filter((name) => asked.includes("all") || asked.includes(name.slice(0, 2)))
) {
  onPage(`${file} comes to its committed verdicts in a browser`, pageOf(file), async (page) => {
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
  });
}

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

onPage("Stop ends a training at once, and what comes next starts anew", long, async (page) => {
  await goLive(page);
  await page.getByRole("button", { name: "Run all" }).click();
  await page.locator(".cell").nth(2).locator(".live svg").waitFor({ timeout: MINUTE });
  const frames = await page.evaluate(() =>
    new Promise<number>((resolve) => {
      let n = 0;
      const count = () => (n++, requestAnimationFrame(count));
      count();
      setTimeout(() => resolve(n), 2000);
    })
  );
  console.log(`${frames / 2} frames a second while it trains`);
  const start = performance.now();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.locator(".cell").nth(2).locator("pre.error", { hasText: "Stopped" }).waitFor();
  assertLess(performance.now() - start, 2000);
  await page.locator(".live-state", { hasText: "Ready." }).waitFor({ timeout: MINUTE });
  assertEquals((await states(page))[2], "failed");
  await page.getByRole("button", { name: "Run cell", exact: false }).nth(1).click();
  await page.locator(".live-state", { hasText: "Ready." }).waitFor({ timeout: MINUTE });
  await page.locator('.cell[data-state="done"]').nth(1).waitFor({ timeout: MINUTE });
  assertGreater(frames, 0);
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
  await write(page, 0, 'import { nothing } from "lib/mod.ts";');
  await page.keyboard.press("Control+Enter");
  await page.locator("pre.error", { hasText: 'has no export "nothing"' }).waitFor({
    timeout: MINUTE,
  });
  assert((await states(page))[0] === "failed");
});
