/**
 * Builds the site once, in a worker: its modules are read anew, so that changes of the builder and of
 * the library count too. It is told the path of the site, and answers with the files or with what went
 * wrong.
 *
 * @module
 */
import { siteFiles } from "./site.ts";

self.onmessage = async ({ data: base }: MessageEvent<string>) => {
  try {
    self.postMessage({ files: await siteFiles(new URL("../../", import.meta.url), base) });
  } catch (error) {
    self.postMessage({ error: (error as Error).stack ?? String(error) });
  }
};
