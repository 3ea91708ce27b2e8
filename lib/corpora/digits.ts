export { fsddSampleRate, readFsdd, type SpokenDigit } from "./digits/fsdd.ts";
export { connectAll, connectDigits, digitNames } from "./digits/connect.ts";
export {
  completeDigitOptions,
  digitDataSet,
  digitFields,
  type DigitOptions,
  digitSizes,
} from "./digits/data_set.ts";
export { checkDigits, digitReport, openDigits } from "./digits/open.ts";
