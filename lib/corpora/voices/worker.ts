/// <reference lib="deno.worker" />
import type { ShardFiles } from "./shard.ts";
import { makeShard } from "./make_shard.ts";
import type { ShardScript } from "./script.ts";

/** What a worker says of the shard that it was asked for. */
export type ShardMessage =
  | { readonly kind: "sentence"; readonly count: number }
  | { readonly kind: "done"; readonly files: ShardFiles }
  | { readonly kind: "failed"; readonly error: string };

const say = (message: ShardMessage, transfer: Transferable[] = []) =>
  self.postMessage(message, transfer);

self.onmessage = ({ data: script }: MessageEvent<ShardScript>) => {
  try {
    const files = makeShard(script, (count) => say({ kind: "sentence", count }));
    say({ kind: "done", files }, [files.wav.buffer]);
  } catch (error) {
    say({ kind: "failed", error: error instanceof Error ? error.message : String(error) });
  }
};
self.postMessage("listening");
