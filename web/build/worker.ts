/**
 * Builds the site once, in a worker: its modules are read anew, so that changes of the builder and of
 * the library count too. It answers with the files, or with what went wrong.
 *
 * @module
 */
import { siteFiles } from "./site.ts";

try {
  self.postMessage({ files: await siteFiles(new URL("../../", import.meta.url)) });
} catch (error) {
  self.postMessage({ error: (error as Error).stack ?? String(error) });
}
