import { dirname, join } from "node:path";
import { makeFolder, unlessMissing, writeWhole } from "../../write_whole.ts";
import { shardName, type ShardScript } from "./script.ts";
import { decodeShard, sha256, type ShardFiles, type SpokenSentence } from "./shard.ts";

/** A shard as it is found on the disk. */
export type StoredShard =
  | { readonly is: "whole"; readonly sentences: SpokenSentence[]; readonly sha256: string }
  | { readonly is: "missing" }
  | { readonly is: "damaged"; readonly fault: string };

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
