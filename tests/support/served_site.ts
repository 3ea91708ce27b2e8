import { assertEquals } from "@std/assert";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { answer } from "../../web/build/serve.ts";
import { faultsOf, noBrowser, openBrowser } from "./browser.ts";
import { BASE, theSite } from "./built_site.ts";

/** The site in a browser. */
export interface Served {
  readonly browser: Browser;
  readonly origin: string;
  /** The address of the cover. */
  readonly home: string;
  /** The files of all pages. */
  readonly pages: readonly string[];
}

/**
 * A test in a browser, on the site served below a path; the site is built once for all tests of a file.
 *
 * @param args Of the browser's command line.
 */
export function inBrowser(
  title: string,
  test: (served: Served) => Promise<void>,
  args: readonly string[] = [],
): void {
  Deno.test({
    name: noBrowser === undefined ? title : `${title} (${noBrowser})`,
    ignore: noBrowser !== undefined,
    fn: async () => {
      const files = await theSite();
      const server = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen: () => {} },
        (request) => answer(files, request, BASE),
      );
      const origin = `http://127.0.0.1:${server.addr.port}`;
      const browser = await openBrowser(args);
      const pages = Object.keys(files).filter((path) => path.endsWith(".html")).sort();
      try {
        await test({ browser, origin, home: origin + BASE, pages });
      } finally {
        await browser.close();
        await server.shutdown();
      }
    },
  });
}

/**
 * Runs on a page of a context of its own, and holds that nothing went wrong there.
 *
 * @param options Of the context, and the milliseconds that a step on the page may take.
 */
export async function visit(
  { browser, origin }: Served,
  { timeout, ...options }: BrowserContextOptions & { timeout?: number },
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  const faults = faultsOf(context, origin);
  if (timeout !== undefined) context.setDefaultTimeout(timeout);
  const page = await context.newPage();
  await work(page);
  await context.close();
  assertEquals(faults, []);
}

/**
 * {@link inBrowser} on one page of the site, on which nothing may go wrong.
 *
 * @param options Of the browser's context, and `args` of the browser's command line.
 */
export function onPage(
  title: string,
  path: string,
  test: (page: Page, served: Served) => Promise<void>,
  { args, ...context }: BrowserContextOptions & { args?: readonly string[] } = {},
): void {
  inBrowser(title, (served) =>
    visit(served, context, async (page) => {
      await page.goto(served.home + path);
      await test(page, served);
    }), args);
}
