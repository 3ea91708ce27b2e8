/**
 * Draws every figure to `figures/`: PNG files at twice their size, and one GIF.
 *
 * @module
 */
import { drawFigures } from "lib/studies/export_pool.ts";
import { allFigures } from "lib/studies/all.ts";
import { makeFolder, tryPlace, WriteError, writeWhole } from "lib/write_whole.ts";
import { choice, parseOptions } from "./args.ts";
import { print } from "./print.ts";
import { runTask } from "./run_task.ts";

const FOLDER = "figures";
/** What a person calls a figure: its file's name, where .png goes without saying. */
const nameOf = (file: string) => file.replace(/\.png$/, "");

/**
 * Makes the folder and tries whether figures can be written there.
 *
 * @throws {WriteError} If they cannot.
 */
export async function tryFigures(): Promise<void> {
  await makeFolder(FOLDER);
  await tryPlace(`${FOLDER}/figure.png`, 2 ** 16);
}

/**
 * Draws figures from the runs in `results/`, and prints the name of each file, or why it is not
 * there.
 *
 * @param files Such as "corpus-sample.png".
 * @returns Whether all are there.
 */
export async function writeFigures(files: readonly string[]): Promise<boolean> {
  let complete = true;
  await drawFigures(files, "results", async (file, drawing) => {
    const problem = drawing.kind === "drawn" ? await write(file, drawing.bytes) : drawing.error;
    if (problem === undefined) print(`- ${FOLDER}/${file}`);
    else {
      console.error(`figures: ${file}: ${problem}`);
      complete = false;
    }
  });
  return complete;
}

/** Writes a figure; says why where it cannot. */
async function write(file: string, bytes: Uint8Array): Promise<string | undefined> {
  try {
    await writeWhole(`${FOLDER}/${file}`, bytes);
    return undefined;
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return error.message;
  }
}

if (import.meta.main) {
  const { only } = parseOptions("figures", "Draws the figures to figures/*.png and the GIF.", {
    only: choice(Object.keys(await allFigures()).map(nameOf), { help: "draw one figure" }),
  });
  const chosen = Object.keys(await allFigures()).filter((file) =>
    only === undefined || nameOf(file) === only
  );
  await runTask("figures", async () => {
    await tryFigures();
    return await writeFigures(chosen) ? 0 : 1;
  });
}
