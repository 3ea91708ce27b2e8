import type { ReadableStore, Sweep } from "../experiments/mod.ts";
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

/**
 * Every exported figure by the name of its file: a PNG at twice its size, or a GIF. The figures of a
 * study that are drawn from one store share its results.
 */
export async function allFigures(): Promise<
  Record<string, (store: ReadableStore) => Promise<Uint8Array<ArrayBuffer>>>
> {
  return Object.fromEntries(
    (await allStudies()).flatMap(({ figures, results }) => {
      const once = oncePerStore(results);
      return Object.entries(figures).map(([name, draw]) => {
        const file = name.endsWith(".gif") ? name : `${name}.png`;
        const bytes = async (store: ReadableStore) => {
          const figure = await draw(await once(store));
          return figure instanceof Uint8Array ? figure : await toPng(figure);
        };
        return [file, bytes] as const;
      });
    }),
  );
}

/** Remembers what a function made of each store, as long as the store is in use. */
function oncePerStore<T>(
  read: (store: ReadableStore) => Promise<T>,
): (store: ReadableStore) => Promise<T> {
  const known = new WeakMap<ReadableStore, Promise<T>>();
  return (store) => {
    const value = known.get(store) ?? read(store);
    known.set(store, value);
    return value;
  };
}
