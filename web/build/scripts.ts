import type { Files } from "./files.ts";

/**
 * The scripts of the pages: each module of `web/client` becomes `assets/NAME.js`, a module for browsers
 * with what it imports inside; what several need is a file beside them.
 *
 * @throws {SyntaxError} If one cannot be bundled.
 */
export async function scriptFiles(root: URL): Promise<Files> {
  const folder = new URL("web/client/", root).pathname;
  const entrypoints = [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile)
    .map(({ name }) => folder + name).sort();
  const { success, errors, outputFiles = [] } = await Deno.bundle({
    entrypoints,
    outputDir: "/assets",
    platform: "browser",
    minify: true,
    codeSplitting: true,
    write: false,
  });
  if (!success) {
    throw new SyntaxError(`Cannot bundle web/client: ${errors.map(({ text }) => text).join("; ")}`);
  }
  return Object.fromEntries(
    outputFiles.map(({ path, contents }) => [
      path.replace(/^.*\/assets\//, "assets/"),
      contents as Uint8Array<ArrayBuffer>,
    ]).sort(),
  );
}
