import { dirname, join } from "node:path";
import { makeFolder, unlessMissing, writeWhole } from "../../write_whole.ts";
import { shardName, type ShardScript } from "./script.ts";
import { decodeShard, sha256, type ShardFiles, type SpokenSentence } from "./shard.ts";

/** A shard as it is found on the disk. */
export type StoredShard =
  | { readonly is: "whole"; readonly sentences: SpokenSentence[]; readonly sha256: string }
  | { readonly is: "missing" }
  | { readonly is: "damaged"; readonly fault: string };

/**
 * The folder of everything that is made here and can be made again: `$UNSEGMENTED_CACHE`, else
 * `unsegmented` in `$XDG_CACHE_HOME`, in `$LOCALAPPDATA` or in `~/.cache`. Needs the permission to
 * read these variables.
 *
 * @throws {RangeError} If none of them, nor `$HOME`, says where.
 */
export function cacheFolder(): string {
  const [own, ...others] = ["UNSEGMENTED_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"]
    .map((name) => Deno.env.get(name));
  if (own) return own;
  const home = Deno.env.get("HOME");
  const caches = others.find(Boolean) ?? (home && join(home, ".cache"));
  if (caches) return join(caches, "unsegmented");
  throw new RangeError(
    "Cannot find the cache as UNSEGMENTED_CACHE must be set: HOME is not, either",
  );
}

/** Where the corpus of voices is, in a cache. */
export function voicesFolder(cache: string): string {
  return join(cache, "voices");
}

/** Reads a shard, whatever state it is in. */
export async function readShard(folder: string, script: ShardScript): Promise<StoredShard> {
  const path = join(folder, shardName(script));
  const [wav, json] = await Promise.all([
    unlessMissing(Deno.readFile(`${path}.wav`)),
    unlessMissing(Deno.readTextFile(`${path}.json`)),
  ]);
  if (json === undefined) return { is: "missing" };
  if (wav === undefined) return { is: "damaged", fault: `${path}.wav is missing` };
  try {
    const sentences = decodeShard(script, { wav, json });
    return { is: "whole", sentences, sha256: sha256(json) };
  } catch (error) {
    return { is: "damaged", fault: `${path}.json: ${(error as Error).message}` };
  }
}

/**
 * Writes a shard: its sound first, so that one whose JSON file is there is whole.
 *
 * @throws {WriteError} If it cannot be written.
 */
export async function writeShard(
  folder: string,
  script: ShardScript,
  { wav, json }: ShardFiles,
): Promise<void> {
  const path = join(folder, shardName(script));
  await makeFolder(dirname(path));
  await writeWhole(`${path}.wav`, wav);
  await writeWhole(`${path}.json`, json);
}
