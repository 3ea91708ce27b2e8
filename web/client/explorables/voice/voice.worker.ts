/// <reference lib="webworker" />
import "../../live/worker_document.ts"; // first, as figures take the document that is there
import { denoOf } from "../../live/deno.ts";
import { speak } from "lib/corpora/flite/mod.ts";
import { kernelsInUse } from "lib/numeric/kernels/mod.ts";
import type { SpeechModel } from "lib/speech/mod.ts";
import { listen, loadModel } from "./listener.ts";
import type { VoiceMessage, VoiceRequest } from "./messages.ts";

declare const self: DedicatedWorkerGlobalScope;

const say = (message: VoiceMessage) => self.postMessage(message);
let model: Promise<SpeechModel>;

async function answer(request: VoiceRequest): Promise<VoiceMessage | undefined> {
  switch (request.kind) {
    case "site":
      Object.assign(globalThis, { Deno: denoOf(request.site) });
      model = loadModel();
      await model;
      return undefined;
    case "hear": {
      const { sound, text, name } = request;
      return { kind: "heard", heard: await listen(await model, sound, text, name) };
    }
    case "speak": {
      const { samples, sampleRate } = speak(request.text, { voice: "rms" });
      return { kind: "spoken", sound: { sampleRate, channels: [samples] } };
    }
  }
}

self.onmessage = async ({ data }: MessageEvent<VoiceRequest>) => {
  try {
    const message = await answer(data);
    if (message !== undefined) say(message);
  } catch (error) {
    say({ kind: "failed", message: (error as Error).message });
  }
};
say({ kind: "listening", kernels: kernelsInUse() });
