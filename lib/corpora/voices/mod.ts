export { cacheFolder, voicesFolder } from "./cache_folder.ts";
export { checkVoices, type VoiceReport } from "./check_voices.ts";
export { type MakeOptions, makeVoices } from "./make_voices.ts";
export { defaultSentences, mostSentences, type ShardScript, voiceScripts } from "./script.ts";
export {
  neededScripts,
  openVoices,
  type VoicedSentence,
  type VoicesDataSet,
  type VoicesSource,
} from "./voices.ts";
