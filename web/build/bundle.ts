import type { Files } from "./files.ts";

/** What the library imports that no browser can: what stands in for which import. */
const standIns: Readonly<Record<string, string>> = {
  "node:crypto": "crypto",
  "node:path": "path",
  "node:process": "process",
  "node:url": "url",
  "../libraries/flite.js": "flite",
  "./libraries/resvg.js": "resvg",
  "./jsdom/deferred.js": "jsdom",
};

/** Where the modules that stand in lie, in the project and below `live/` in the site. */
export const STAND_INS = "web/client/live/stand_ins/";

/** The modules that stand in, by their path in the project. */
export const standInModules: readonly string[] = Object.values(standIns)
  .map((name) => `${STAND_INS}${name}.ts`);

/**
 * Modules as browsers load them, each with what it imports; what several import is a file beside them.
 *
 * @param modules By their paths in the project.
 * @param place The folder of the site that they go to, "assets/".
 * @throws {SyntaxError} If one cannot be bundled.
 */
export async function bundled(
  root: URL,
  modules: readonly string[],
  place: string,
): Promise<Files> {
  const { success, errors, outputFiles = [] } = await Deno.bundle({
    entrypoints: modules.map((path) => new URL(path, root).pathname),
    outputDir: `/${place}`,
    platform: "browser",
    external: Object.keys(standIns).map((name) => name.replace(/^\.+\//, "*/")),
    minify: true,
    codeSplitting: true,
    write: false,
  });
  if (!success) {
    const reasons = errors.map(({ text, location }) => `${text} (${location?.file ?? "?"})`);
    throw new SyntaxError(`Cannot bundle for ${place}: ${reasons.join("; ")}`);
  }
  const files = outputFiles.map(({ path, text }): [string, string] => {
    const own = place + path.slice(path.indexOf(`/${place}`) + place.length + 1);
    return [own, withStandIns(own, text())];
  });
  return Object.fromEntries(files.sort(([a], [b]) => a < b ? -1 : 1));
}

/** A module with what stands in for what a browser cannot import. */
function withStandIns(path: string, text: string): string {
  const up = "../".repeat(path.split("/").length - 1);
  return text.replaceAll(
    /(\bfrom|\bimport\(|\bimport)(\s*)"([^"]+)"/g,
    (whole, word, space, name) =>
      Object.hasOwn(standIns, name)
        ? `${word}${space}"${up}live/${STAND_INS}${standIns[name]}.js"`
        : whole,
  );
}
