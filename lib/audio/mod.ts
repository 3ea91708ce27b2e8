export * from "./sound.ts";
export * from "./wav.ts";
export * from "./wav_writer.ts";
export * from "./sphere.ts";
export * from "./read_sound.ts";
