// The book as a site, in a real browser: deno task test-web
// Where Chromium is not installed, the tests that need it say so.
import {
  assert,
  assertEquals,
  assertGreater,
  assertLess,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import type { Page } from "playwright-core";
import { findings } from "../../tasks/findings.ts";
import { BASE } from "../support/built_site.ts";
import { inBrowser, visit } from "../support/served_site.ts";

/** Bytes over the wire that the first visit of a page may take. */
const FIRST_VISIT = 400_000;
/** A step on a page may take as long where the machine is busy with other tests. */
const timeout = 120_000;

inBrowser(
  "every page fits three widths and a sheet of paper, without an error or a request elsewhere",
  async (opened) => {
    assertGreater(opened.pages.length, 30);
    await visit(opened, { timeout }, async (page) => {
      for (const path of opened.pages) {
        await page.goto(opened.home + path);
        for (const width of [390, 820, 1400]) {
          await page.setViewportSize({ width, height: 900 });
          assertEquals([path, width, await tooWide(page)], [path, width, 0]);
        }
        await page.setViewportSize({ width: 718, height: 1000 }); // A4 with narrow margins
        await page.emulateMedia({ media: "print" });
        assertEquals([path, "print", await tooWide(page)], [path, "print", 0]);
        await page.emulateMedia({ media: null });
      }
    });
  },
);

/** Pixels that a page is wider than its window. */
const tooWide = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

inBrowser(
  "every figure is there in both themes, with ink that can be read on its paper, and says what it shows",
  async (opened) => {
    for (const colorScheme of ["light", "dark"] as const) {
      let figures = 0;
      await visit(opened, { timeout, colorScheme }, async (page) => {
        const paper = colorScheme === "light" ? "rgb(255, 255, 255)" : undefined;
        for (const path of opened.pages.filter((path) => /^\d/.test(path))) {
          await page.goto(opened.home + path);
          const found = await page.evaluate(figuresOnPage);
          for (const { id, width, height, label, ink, back, page: around } of found) {
            const where = `${colorScheme}, ${path}#${id}`;
            assert(width > 100 && height > 50, `${where} is ${width} × ${height}`);
            assert(label.length > 5, `${where} says ${JSON.stringify(label)}`);
            assertGreater(contrast(ink, back ?? around), 4.5, where);
            if (back !== undefined) assertEquals(back, around, where);
            if (paper !== undefined) assertEquals(around, paper);
            figures++;
          }
        }
      });
      assertGreater(figures, 60);
    }
  },
);

/** In the page: its figures, with the colours of their first text, of their paper, and of the page. */
function figuresOnPage() {
  return [...document.querySelectorAll("figure.figure")].map((figure) => {
    const svg = figure.querySelector("svg")!, first = svg.firstElementChild;
    const { width, height } = svg.getBoundingClientRect();
    const hasPaper = first?.tagName === "rect" && first.getAttribute("width") === "100%";
    return {
      id: figure.id,
      width,
      height,
      label: svg.getAttribute("aria-label") ?? "",
      ink: getComputedStyle(svg.querySelector("text")!).fill,
      back: hasPaper ? getComputedStyle(first).fill : undefined,
      page: getComputedStyle(document.body).backgroundColor,
    };
  });
}

/** Contrast of two colours as a browser writes them, by WCAG 2. */
function contrast(a: string, b: string): number {
  const [dark, light] = [a, b].map((color) => {
    const [r, g, b] = color.match(/[\d.]+/g)!.slice(0, 3).map((text) => Number(text) / 255)
      .map((x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }).sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

inBrowser(
  "axe-core finds no violation on any page, wide or narrow, nor in the colours of the dark theme",
  async (opened) => {
    const axe = (await import("axe-core")).default.source;
    for (
      const [colorScheme, width, rules] of [
        ["light", 1400, {}],
        ["light", 390, {}],
        ["dark", 390, { runOnly: ["color-contrast"] }],
      ] as const
    ) {
      const viewport = { width, height: 900 };
      // The page's policy forbids scripts from elsewhere; the test's own is one.
      const options = { colorScheme, viewport, bypassCSP: true, reducedMotion: "reduce" } as const;
      // A figure is one image, whose inside the test above looks at; an equation is its MathML.
      const context = { include: [["html"]], exclude: [["figure svg > *"], [".katex-html"]] };
      await visit(opened, { ...options, timeout }, async (page) => {
        for (const path of opened.pages) {
          await page.goto(opened.home + path);
          await page.evaluate(axe);
          const found = await page.evaluate(async ({ context, rules }) => {
            // deno-lint-ignore no-explicit-any
            const { violations } = await (globalThis as any).axe.run(context, rules);
            return violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
              `${id}: ${nodes[0].html.slice(0, 200)}`
            );
          }, { context, rules });
          assertEquals([path, width, colorScheme, found], [path, width, colorScheme, []]);
        }
      });
    }
  },
);

inBrowser("the first visit of a page takes at most 400 KB over the wire", async (opened) => {
  const sizes: Record<string, number> = {};
  await visit(opened, { timeout, viewport: { width: 1400, height: 900 } }, async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    let bytes = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => bytes += encodedDataLength);
    for (const path of opened.pages) {
      bytes = 0;
      await page.goto(opened.home + path);
      await page.evaluate(async () => {
        await document.fonts.ready;
      });
      sizes[path] = bytes;
    }
  });
  const [largest, size] = Object.entries(sizes).sort(([, a], [, b]) => b - a)[0];
  assertGreater(size, FIRST_VISIT / 4); // the fonts are counted
  assertLess(size, FIRST_VISIT, `${largest} takes ${size} bytes`);
});

inBrowser(
  "without JavaScript every page has its text, and the cover its figure",
  async (opened) => {
    await visit(opened, { timeout, javaScriptEnabled: false }, async (page) => {
      for (const path of opened.pages) {
        await page.goto(opened.home + path);
        const text = await page.locator("main").innerText();
        assertGreater(text.length, ["404.html", "search.html"].includes(path) ? 40 : 400, path);
      }
      await page.goto(opened.home);
      assertEquals(await page.locator("figure.moving .controls").isVisible(), false);
      assertStringIncludes(
        (await page.locator("g.readings .read").allTextContents()).join(" "),
        "6 6 5",
      );
    });
  },
);

inBrowser(
  "the cover says what was found, each finding with the verdicts that it rests on",
  async (opened) => {
    await visit(opened, { timeout }, async (page) => {
      await page.goto(opened.home);
      const rests = await page.locator(".findings > li").evaluateAll((items) =>
        items.map((item) => item.querySelectorAll(".verdict").length)
      );
      assertEquals(rests, findings.map(({ restsOn }) => restsOn.length));
      const links = page.locator(".findings ul a, .tally a");
      for (
        const href of await links.evaluateAll((all) =>
          all.map((a) => (a as HTMLAnchorElement).href)
        )
      ) {
        const { pathname, hash } = new URL(href);
        assert(opened.pages.includes(pathname.slice(BASE.length)), href);
        if (hash === "") continue;
        await page.goto(href);
        assertEquals(await page.locator(".claim:target").count(), 1, href);
      }
    });
  },
);

inBrowser("a page that is not there says so at any depth, and leads back", async (opened) => {
  const context = await opened.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of ["nothing", "no/such/page.html"]) {
    const answer = await page.goto(opened.home + path);
    assertEquals(answer!.status(), 404);
    assertEquals(await page.locator("h1").innerText(), "No such page");
    const links = await page.locator("a:not(.skip)").evaluateAll((all) =>
      all.map((a) => (a as HTMLAnchorElement).href)
    );
    const styles = await page.locator("link, script").evaluateAll((all) =>
      all.map((one) => (one as HTMLLinkElement).href || (one as HTMLScriptElement).src)
    );
    for (const href of [...links, ...styles]) {
      assertEquals([href, (await page.request.get(href)).status()], [href, 200]);
    }
  }
  await context.close();
});

inBrowser("a script or a handler that is written into a page does not run", async (opened) => {
  const context = await opened.browser.newContext();
  const page = await context.newPage();
  await page.goto(opened.home);
  const ran = await page.evaluate(async () => {
    const place = document.createElement("div");
    const script = document.createElement("script");
    script.textContent = "globalThis.ran = true";
    place.innerHTML = '<img src="data:," onerror="globalThis.ran = true">';
    document.body.append(script, place);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return "ran" in globalThis;
  });
  assertEquals(ran, false);
  await context.close();
});

inBrowser(
  "the ledger is sorted and filtered, says so in its address, and leads to the cell of a claim",
  async (opened) => {
    await visit(opened, { timeout }, async (page) => {
      await page.goto(`${opened.home}claims.html?kind=reproduction&verdict=not+reproduced`);
      const shown = page.locator("#claims tbody tr:visible");
      const verdicts = new Set(await shown.locator(".verdict").allTextContents());
      assertEquals([...verdicts], ["not reproduced"]);
      assertMatch(await page.locator("#count").innerText(), /^\d+ of \d+$/);
      await page.getByLabel("Source").selectOption("the alignment paper");
      assertStringIncludes(page.url(), "work=the+alignment+paper");
      await page.getByRole("button", { name: "claim" }).click();
      const titles = await shown.locator("th").allTextContents();
      assertEquals(titles, titles.toSorted((a, b) => a.localeCompare(b, "en")));
      await shown.first().locator("th a").click();
      const target = page.locator(".claim:target");
      assertEquals(await target.locator(".title").innerText(), titles[0]);
      assertEquals(await target.isVisible(), true);
    });
  },
);

inBrowser(
  "the keyboard reaches everything: the skip link, the search, the theme, a word's meaning",
  async (opened) => {
    await visit(opened, { timeout, colorScheme: "light" }, async (page) => {
      await page.goto(`${opened.home}09_blank_rate.html`);
      await page.keyboard.press("Tab");
      assertEquals(await page.locator(":focus").innerText(), "Skip to the text");
      await page.locator("a.term").first().focus();
      const tip = page.locator(".tip");
      assertEquals(await tip.isVisible(), true);
      await page.keyboard.press("Escape");
      assertEquals(await tip.isVisible(), false);
      await page.getByRole("button", { name: "Dark" }).focus();
      await page.keyboard.press("Enter");
      assertEquals(await page.locator("html").getAttribute("data-theme"), "dark");
      await page.getByRole("searchbox").focus();
      await page.keyboard.type("silence");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/search.html?q=silence");
      await page.locator("#results a").first().waitFor();
      assertEquals(await page.locator("html").getAttribute("data-theme"), "dark");
    });
  },
);

inBrowser(
  "the cover's figure moves by its slider, plays, pauses, and stands still where no motion is wanted",
  async (opened) => {
    await visit(opened, { timeout, reducedMotion: "reduce" }, async (page) => {
      await page.goto(opened.home);
      const read = async () => (await page.locator("g.readings .read").allTextContents()).join(" ");
      const slider = page.getByLabel("training step");
      assertEquals(await page.locator("figure.moving button").innerText(), "Play");
      const end = await read();
      await slider.focus();
      await page.keyboard.press("Home");
      assertEquals(await page.locator("figure.moving output").innerText(), "1");
      assert(await read() !== end);
      await page.keyboard.press("End");
      assertEquals(await read(), end);
      await page.getByRole("button", { name: "Play" }).click();
      await page.getByRole("button", { name: "Pause" }).click();
      assertEquals(await page.locator("figure.moving button").innerText(), "Play");
    });
  },
);
