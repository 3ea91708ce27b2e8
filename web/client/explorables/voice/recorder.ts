import { readWav, type Sound } from "lib/audio/mod.ts";

/** A recording under way. */
export interface Recording {
  /** Ends it, and gives what was said. */
  stop(): Promise<Sound>;
}

/**
 * Listens to the microphone, as it is: no filter of the browser changes the sound.
 *
 * @throws {DOMException} If the reader does not allow it, or there is no microphone.
 */
export async function record(): Promise<Recording> {
  const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: raw });
  const recorder = new MediaRecorder(stream), parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.start();
  return {
    async stop() {
      const stopped = new Promise((resolve) => recorder.onstop = resolve);
      recorder.stop();
      await stopped;
      for (const track of stream.getTracks()) track.stop();
      return await decoded(new Blob(parts, { type: recorder.mimeType }));
    },
  };
}

/** The sound of a file: a WAV as the library reads it, others as the browser does. */
export async function decoded(file: Blob): Promise<Sound> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (String.fromCharCode(...bytes.subarray(0, 4)) === "RIFF") return readWav(bytes);
  const context = new AudioContext();
  try {
    const sound = await context.decodeAudioData(bytes.buffer);
    const channels = Array.from(
      { length: sound.numberOfChannels },
      (_, n) => Float64Array.from(sound.getChannelData(n)),
    );
    return { sampleRate: sound.sampleRate, channels };
  } finally {
    await context.close();
  }
}
