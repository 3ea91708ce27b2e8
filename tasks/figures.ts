/**
 * Draws every figure to `figures/`: PNG files at twice their size, and one GIF.
 *
 * @module
 */
import { runStore } from "lib/experiments/mod.ts";
import { exportedFigures, MissingRunError } from "lib/figures/exports.ts";
import { choice, parseOptions } from "./args.ts";

const FOLDER = "figures";
/** What a person calls a figure: its file's name, where .png goes without saying. */
const names = Object.keys(exportedFigures).map((file) => file.replace(/\.png$/, ""));

/**
 * Draws figures from the runs in `results/`, prints the name of each file, and returns them.
 *
 * @param only The name of one figure, such as "ctc-alignment"; defaults to all.
 * @throws {MissingRunError} If a run that a figure needs is not in `results/`.
 */
export async function writeFigures(only?: string): Promise<string[]> {
  const store = runStore("results");
  const written: string[] = [];
  await Deno.mkdir(FOLDER, { recursive: true });
  for (const [n, [file, draw]] of Object.entries(exportedFigures).entries()) {
    if (only !== undefined && names[n] !== only) continue;
    const path = `${FOLDER}/${file}`;
    await Deno.writeFile(path, await draw(store));
    console.log(`- ${path}`);
    written.push(path);
  }
  return written;
}

if (import.meta.main) {
  const { only } = parseOptions("figures", "Draws the figures to figures/*.png and the GIF.", {
    only: choice(names, { help: "draw one figure" }),
  });
  try {
    await writeFigures(only);
  } catch (error) {
    if (!(error instanceof MissingRunError)) throw error;
    console.error(`figures: ${error.message}`);
    Deno.exit(1);
  }
}
