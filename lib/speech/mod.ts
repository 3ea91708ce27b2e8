/**
 * A recording and its text in, words and phones in time out; or a recording alone, and the phones
 * that are recognised in it. Sounds and models come in as values: nothing here reads a file.
 *
 * @module
 */
export { hearingOf } from "./hearing.ts";
export type { HeardUnit, Hearing } from "./hearing.ts";
export { readSpeechModel, speechModel } from "./speech_model.ts";
export type { SpeechModel } from "./speech_model.ts";
export { hear } from "./hear.ts";
export type { Heard, HearOptions } from "./hear.ts";
export { readText } from "./read_text.ts";
export type { ReadWord } from "./read_text.ts";
export { wordLabels } from "./word_labels.ts";
export { textChain } from "./text_chain.ts";
export type { TextChain } from "./text_chain.ts";
export { bestPath } from "./best_path.ts";
export type { BestPath, FrameScores } from "./best_path.ts";
export { expectedPlaces } from "./expected_places.ts";
export type { Extent, PlacedLabel } from "./place_words.ts";
export type { PronouncedWord } from "../corpora/flite/pronounce.ts";
export { confidenceOf, labelScore, matchingWords, wordScore } from "./confidence.ts";
export { alignHeard, alignRecording, TextMismatchError } from "./align_recording.ts";
export type {
  AlignRecordingOptions,
  RecordingAlignment,
  SaidLabel,
  SaidWord,
} from "./align_recording.ts";
export { recogniseHeard, recogniseRecording } from "./recognise_recording.ts";
export type { RecordingRecognition } from "./recognise_recording.ts";
export { type PosteriorTracks, posteriorTracks } from "./posterior_tracks.ts";
export { alignmentText, recognitionText, recordingEndings } from "./recording_text.ts";
export type { RecordingFormat, TextOptions } from "./recording_text.ts";
