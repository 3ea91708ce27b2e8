import { bundled } from "./bundle.ts";
import type { Files } from "./files.ts";

/**
 * The scripts of the pages: each module of `web/client` becomes `assets/NAME.js`, a module for browsers
 * with what it imports inside; what several need is a file beside them.
 *
 * @throws {SyntaxError} If one cannot be bundled.
 */
export async function scriptFiles(root: URL): Promise<Files> {
  const modules = [...Deno.readDirSync(new URL("web/client/", root))]
    .filter(({ isFile }) => isFile).map(({ name }) => `web/client/${name}`).sort();
  return await bundled(root, modules, "assets/");
}
