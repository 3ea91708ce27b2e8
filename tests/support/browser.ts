import fs from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/** Why no test can open a browser here; undefined where one can. */
export const noBrowser: string | undefined = exists(CHROMIUM)
  ? undefined
  : `not run: ${CHROMIUM} is not installed`;

function exists(file: string): boolean {
  try {
    return Deno.statSync(file).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * The library that drives the browser. While it loads it looks for signs of Windows below /proc, which
 * Deno lets nobody read without all permissions: it finds none.
 */
async function playwright(): Promise<typeof import("playwright-core")> {
  const { existsSync } = fs;
  fs.existsSync = (path) => !String(path).startsWith("/proc/") && existsSync(path);
  try {
    return await import("playwright-core");
  } finally {
    fs.existsSync = existsSync;
  }
}

/** Debian's Chromium; the caller closes it. */
export async function openBrowser(args: readonly string[] = []): Promise<Browser> {
  const { chromium } = await playwright();
  return await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", ...args] });
}

/** What went wrong on the pages of a context: messages of the console, errors, requests elsewhere. */
export function faultsOf(context: BrowserContext, origin: string): string[] {
  const faults: string[] = [];
  const where = (page: Page | null) => page?.url().replace(origin, "") ?? "";
  context.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    faults.push(`${where(message.page())}: ${message.text()}`);
  });
  context.on("weberror", (error) => {
    faults.push(`${where(error.page())}: ${error.error().message}`);
  });
  context.on("request", (request) => {
    const url = request.url();
    if (url.startsWith(origin) || /^(data|blob):/.test(url)) return;
    faults.push(`asks for ${url}`);
  });
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    if (reason === "net::ERR_ABORTED") return; // the next page was opened
    faults.push(`does not get ${request.url()}: ${reason}`);
  });
  return faults;
}
