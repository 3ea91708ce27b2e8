/// <reference lib="webworker" />
import "../../live/math/install.ts";
import { kernelsInUse } from "lib/numeric/kernels/mod.ts";
import { race } from "./racer.ts";
import type { RaceMessage, RaceRequest } from "./messages.ts";

declare const self: DedicatedWorkerGlobalScope;

const say = (message: RaceMessage) => self.postMessage(message);

self.onmessage = async ({ data }: MessageEvent<RaceRequest>) => {
  try {
    await race(data, say);
  } catch (error) {
    say({ kind: "end", error: (error as Error).message });
  }
};
say({ kind: "listening", kernels: kernelsInUse() });
