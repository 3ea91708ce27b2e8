export { type Recording, recordingCatalogue } from "./recordings/catalogue.ts";
export {
  readTranscriptFile,
  type Transcript,
  transcriptEndings,
} from "./recordings/transcripts.ts";
export type { Unit } from "./recordings/read_recording.ts";
export {
  completeRecordingOptions,
  type ReadRecording,
  recordingDataSet,
  recordingFields,
  type RecordingOptions,
  recordingSizes,
} from "./recordings/data_set.ts";
export {
  checkRecordings,
  openRecordings,
  readRecordings,
  recordingReport,
} from "./recordings/open.ts";
