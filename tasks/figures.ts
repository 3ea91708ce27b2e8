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
const nameOf = (file: string) => file.replace(/\.png$/, "");

/**
 * Draws figures from the runs in `results/`, and prints the name of each file.
 *
 * @param figures By the names of their files, such as `writeUpFigures`.
 * @throws {MissingRunError} If a run that a figure needs is not in `results/`.
 */
export async function writeFigures(figures: typeof exportedFigures): Promise<void> {
  const store = runStore("results");
  await Deno.mkdir(FOLDER, { recursive: true });
  for (const [file, draw] of Object.entries(figures)) {
    const path = `${FOLDER}/${file}`;
    await Deno.writeFile(path, await draw(store));
    console.log(`- ${path}`);
  }
}

if (import.meta.main) {
  const { only } = parseOptions("figures", "Draws the figures to figures/*.png and the GIF.", {
    only: choice(Object.keys(exportedFigures).map(nameOf), { help: "draw one figure" }),
  });
  try {
    const chosen = Object.entries(exportedFigures).filter(([file]) =>
      only === undefined || nameOf(file) === only
    );
    await writeFigures(Object.fromEntries(chosen));
  } catch (error) {
    if (!(error instanceof MissingRunError)) throw error;
    console.error(`figures: ${error.message}`);
    Deno.exit(1);
  }
}
