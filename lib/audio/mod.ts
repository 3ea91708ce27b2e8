export * from "./sound.ts";
export * from "./wav.ts";
export * from "./wav_writer.ts";
export { isSphere, readSphere } from "./sphere.ts";
export { readSound } from "./read_sound.ts";
export * from "./window.ts";
export * from "./fourier.ts";
export * from "./framing.ts";
export * from "./mel_filters.ts";
export {
  type Dithered,
  type FrameOptions,
  type MelOptions,
  mfccFields,
  type MfccOptions,
} from "./frame_options.ts";
export type { Extractor, FeatureStream } from "./extractor.ts";
export { logMel, logMelExtractor } from "./log_mel.ts";
export * from "./mfcc.ts";
export * from "./deltas.ts";
export * from "./normalize_utterance.ts";
export * from "./stack_frames.ts";
export * from "./add_noise.ts";
export * from "./spec_augment.ts";
export * from "./resample.ts";
export * from "./sound_stream.ts";
export * from "./feature_blocks.ts";
export * from "./speech_features.ts";
