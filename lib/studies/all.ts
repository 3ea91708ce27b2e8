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
  return (await allModules()).map(({ study }) => study);
}

/** A study and the address of its module. */
interface StudyModule {
  readonly study: Study;
  readonly module: string;
}

async function allModules(): Promise<StudyModule[]> {
  const modules = [...Deno.readDirSync(new URL(".", import.meta.url))]
    .filter((entry) => entry.isDirectory)
    .map(({ name }) => new URL(`${name}/mod.ts`, import.meta.url).href);
  const found: StudyModule[] = [];
  // One after the other: what they share is then loaded once, in half the time.
  for (const module of modules) found.push({ module, study: (await import(module)).study });
  return found.filter(({ study }) => study !== undefined)
    .sort((a, b) => a.study.notebook < b.study.notebook ? -1 : 1);
}

/** Every study's sweeps by name. */
export async function allSweeps(): Promise<Record<string, Sweep>> {
  return Object.fromEntries(
    (await allStudies()).flatMap(({ sweeps }) => Object.entries(sweeps)),
  );
}

/** Every exported figure's file, a PNG or a GIF, with the address of its study's module. */
export async function allFigures(): Promise<Record<string, string>> {
  return Object.fromEntries(
    (await allModules()).flatMap(({ study, module }) =>
      Object.keys(study.figures).map((name) => [fileOf(name), module])
    ),
  );
}

/**
 * A study's exported figures by the name of their files: a PNG at twice its size, or a GIF. Those that
 * are drawn from one store share its results.
 */
export function figuresOf(
  { figures, results }: Study,
): Record<string, (store: ReadableStore) => Promise<Uint8Array<ArrayBuffer>>> {
  const once = oncePerStore(results);
  return Object.fromEntries(
    Object.entries(figures).map(([name, draw]) => [fileOf(name), async (store: ReadableStore) => {
      const figure = await draw(await once(store));
      return figure instanceof Uint8Array ? figure : await toPng(figure);
    }]),
  );
}

const fileOf = (figure: string) => figure.endsWith(".gif") ? figure : `${figure}.png`;

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
