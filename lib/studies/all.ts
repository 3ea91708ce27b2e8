import type { RunStore, Sweep } from "../experiments/mod.ts";
import { toPng } from "../figures/png.ts";
import type { Study } from "./study.ts";

/**
 * Every study, in the order of the notebooks: each folder beside this file whose `mod.ts` exports a
 * `study`. To add one is to add its folder; nothing lists them. A folder without one holds what
 * several studies share.
 *
 * Needs permission to read `lib/`.
 */
export async function allStudies(): Promise<Study[]> {
  const folders = [...Deno.readDirSync(new URL(".", import.meta.url))]
    .filter((entry) => entry.isDirectory);
  const modules = await Promise.all(
    folders.map(({ name }) => import(new URL(`${name}/mod.ts`, import.meta.url).href)),
  );
  return modules.flatMap(({ study }) => study === undefined ? [] : [study as Study])
    .sort((a, b) => a.notebook < b.notebook ? -1 : 1);
}

/** Every study's sweeps by name. */
export async function allSweeps(): Promise<Record<string, Sweep>> {
  return Object.fromEntries(
    (await allStudies()).flatMap(({ sweeps }) => Object.entries(sweeps)),
  );
}

/** Every exported figure by the name of its file: a PNG at twice its size, or a GIF. */
export async function allFigures(): Promise<
  Record<string, (store: RunStore) => Promise<Uint8Array<ArrayBuffer>>>
> {
  const all = (await allStudies()).flatMap(({ figures, results }) =>
    Object.entries(figures).map(([name, draw]) => {
      const file = name.endsWith(".gif") ? name : `${name}.png`;
      const bytes = async (store: RunStore) => {
        const figure = await draw(await results(store));
        return figure instanceof Uint8Array ? figure : await toPng(figure);
      };
      return [file, bytes] as const;
    })
  );
  return Object.fromEntries(all);
}
