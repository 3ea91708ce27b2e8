import { assertEquals } from "@std/assert";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Files } from "../../web/build/files.ts";
import { answer } from "../../web/build/serve.ts";
import { faultsOf, noBrowser, openBrowser } from "./browser.ts";
import { filesOf } from "./built_site.ts";
import { root } from "./tasks.ts";

/** A path like that of a site of GitHub Pages. */
const BASE = "/somewhere/book/";

async function built(): Promise<Files> {
  const folder = await Deno.makeTempDir();
  try {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--unstable-bundle", "-A", "--no-check", "tests/support/build_site.ts", folder],
      cwd: root,
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    return await filesOf(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

let site: Promise<Files> | undefined;

/** The site in a browser. */
export interface Served {
  readonly browser: Browser;
  /** The address of the cover. */
  readonly home: string;
}

/**
 * A test on a page of the site, built once for all tests of a file, below a path; it holds too that
 * nothing went wrong on the page.
 *
 * @param options Of the browser's context, and `args` of the browser's command line.
 */
export function onPage(
  title: string,
  path: string,
  test: (page: Page, served: Served) => Promise<void>,
  options: BrowserContextOptions & { args?: readonly string[] } = {},
): void {
  Deno.test({
    name: noBrowser === undefined ? title : `${title} (${noBrowser})`,
    ignore: noBrowser !== undefined,
    fn: async () => {
      const files = await (site ??= built());
      const server = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen: () => {} },
        (request) => answer(files, request, BASE),
      );
      const origin = `http://127.0.0.1:${server.addr.port}`;
      const { args, ...context } = options;
      const browser = await openBrowser(args);
      try {
        const opened = await browser.newContext(context);
        const faults = faultsOf(opened, origin);
        const page = await opened.newPage();
        await page.goto(origin + BASE + path);
        await test(page, { browser, home: origin + BASE });
        await opened.close();
        assertEquals(faults, []);
      } finally {
        await browser.close();
        await server.shutdown();
      }
    },
  });
}
