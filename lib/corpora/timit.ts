export {
  fold39,
  fold48,
  foldPhone,
  phoneNames,
  type PhoneSet,
  timitPhones,
} from "./timit/phones.ts";
export { timitFold } from "./timit/fold.ts";
export { coreTestSpeakers, developmentSpeakers } from "./timit/speakers.ts";
export { readTranscript, type Stretch } from "./timit/transcript.ts";
export {
  isDialectSentence,
  timitCatalogue,
  type TimitEntry,
  timitSets,
} from "./timit/catalogue.ts";
export {
  timitDataSet,
  timitDataSizes,
  timitFields,
  timitInventory,
  type TimitOptions,
  type TimitSets,
} from "./timit/data_set.ts";
export { timitReport, timitSizes } from "./timit/check.ts";
export { checkTimit, openTimit, readTimit } from "./timit/open.ts";
