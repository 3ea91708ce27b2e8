export { fold39, fold48, foldPhone, type PhoneSet, phonesOf, timitPhones } from "./timit/phones.ts";
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
export { checkTimit, timitSizes } from "./timit/check.ts";
export { openTimit } from "./timit/open.ts";
