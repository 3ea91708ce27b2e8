/**
 * Draws every figure to `figures/`: PNG files at twice their size, and one GIF.
 *
 * @module
 */
import { drawFigures } from "lib/studies/export_pool.ts";
import { allFigures } from "lib/studies/all.ts";
import { choice, parseOptions } from "./args.ts";

const FOLDER = "figures";
/** What a person calls a figure: its file's name, where .png goes without saying. */
const nameOf = (file: string) => file.replace(/\.png$/, "");

/**
 * Draws figures from the runs in `results/`, and prints the name of each file, or why it is not
 * there.
 *
 * @param files Such as "corpus-sample.png".
 * @returns Whether all are there.
 */
export async function writeFigures(files: readonly string[]): Promise<boolean> {
  let complete = true;
  await Deno.mkdir(FOLDER, { recursive: true });
  await drawFigures(files, "results", async (file, drawing) => {
    if (drawing.kind === "drawn") {
      await Deno.writeFile(`${FOLDER}/${file}`, drawing.bytes);
      console.log(`- ${FOLDER}/${file}`);
    } else {
      console.error(`figures: ${file}: ${drawing.error}`);
      complete = false;
    }
  });
  return complete;
}

if (import.meta.main) {
  const { only } = parseOptions("figures", "Draws the figures to figures/*.png and the GIF.", {
    only: choice(Object.keys(await allFigures()).map(nameOf), { help: "draw one figure" }),
  });
  const chosen = Object.keys(await allFigures()).filter((file) =>
    only === undefined || nameOf(file) === only
  );
  if (!await writeFigures(chosen)) Deno.exit(1);
}
