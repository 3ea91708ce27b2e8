/** What the corpora of speech say about themselves without being opened; flite stays asleep. */
export { type CorpusOptions, type DataSet, unopenedDataSet } from "../corpora/mod.ts";
export { completeVoicesOptions, labelNames } from "../corpora/voices/options.ts";
export { voiceSampleRate } from "../corpora/voices/script.ts";
export { completeDigitOptions } from "../corpora/digits/data_set.ts";
export { digitNames } from "../corpora/digits/connect.ts";
export { fsddSampleRate } from "../corpora/digits/fsdd.ts";
export { timitInventory } from "../corpora/timit/data_set.ts";
export { timitSampleRate } from "../corpora/timit/read_utterance.ts";
export { fold39 } from "../corpora/timit.ts";
export { completeRecordingOptions } from "../corpora/recordings/data_set.ts";
