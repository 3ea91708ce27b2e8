import { join } from "node:path";

/**
 * The folder of everything that is made here and can be made again: `$UNSEGMENTED_CACHE`, else
 * `unsegmented` in `$XDG_CACHE_HOME`, in `$LOCALAPPDATA` or in `~/.cache`. Needs the permission to
 * read the first of these variables, and the others where it is not set.
 *
 * @throws {RangeError} If no variable says where.
 */
export function cacheFolder(): string {
  const own = Deno.env.get("UNSEGMENTED_CACHE");
  if (own) return own;
  const home = Deno.env.get("HOME");
  const caches = Deno.env.get("XDG_CACHE_HOME") || Deno.env.get("LOCALAPPDATA") ||
    home && join(home, ".cache");
  if (caches) return join(caches, "unsegmented");
  throw new RangeError("Cannot find the cache as UNSEGMENTED_CACHE or HOME must be set");
}

/** Where the corpus of voices is, in a cache. */
export function voicesFolder(cache: string = cacheFolder()): string {
  return join(cache, "voices");
}
