import { unlessMissing } from "../write_whole.ts";
import { meaningOf } from "./normal_form.ts";
import { runName } from "./run.ts";

/**
 * Looks up the runs in a folder by what their experiments mean, and gives their names in order. Every
 * file is read once: its name holds the hash of its experiment. A file that is not what its name says
 * is left out, as it is for whoever asks for it by that name.
 *
 * @param base Path or file URL of the folder, without a slash at its end.
 */
export function namesInFolder(base: string): (meaning: string) => Promise<string[]> {
  const meanings = new Map<string, Promise<string | undefined>>();

  const read = async (name: string): Promise<string | undefined> => {
    try {
      const { experiment } = JSON.parse(await Deno.readTextFile(locate(`${base}/${name}.json`)));
      if (runName(experiment) === name) return meaningOf(experiment);
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) throw error; // of this process, not of the file
    }
    meanings.delete(name); // what is damaged may be mended
    return undefined;
  };

  return async (meaning) => {
    const files = await unlessMissing(Array.fromAsync(Deno.readDir(locate(base)))) ?? [];
    const names = files.flatMap(({ name }) => /^(.*-[0-9a-f]{8})\.json$/.exec(name)?.[1] ?? []);
    const found = await Promise.all(names.map((name) => {
      if (!meanings.has(name)) meanings.set(name, read(name));
      return meanings.get(name);
    }));
    return names.filter((_, n) => found[n] === meaning).sort();
  };
}

/** A path, or the URL that a text is. */
export function locate(place: string): string | URL {
  return place.startsWith("file:") ? new URL(place) : place;
}
