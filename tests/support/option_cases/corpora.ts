import { all, type Case, homophones, learning, letters, phonemes, voices, words } from "./case.ts";

/** Every option of a corpus. */
export const corpusCases: Record<string, Case> = {
  "corpus.phonemes.phonemes": { change: phonemes({ phonemes: 5 }), changes: all },
  "corpus.phonemes.bands": { change: phonemes({ bands: 9 }), changes: all },
  "corpus.phonemes.phonesPerSequence": {
    change: phonemes({ phonesPerSequence: [3, 12] }),
    changes: all,
  },
  "corpus.phonemes.framesPerPhone": { change: phonemes({ framesPerPhone: [4, 14] }), changes: all },
  "corpus.phonemes.framesPerSilence": {
    change: phonemes({ framesPerSilence: [2, 9] }),
    changes: all,
  },
  "corpus.phonemes.noise": { change: phonemes({ noise: 0.3 }), changes: all },
  "corpus.phonemes.onset": { change: phonemes({ onset: 0.9 }), changes: all },
  "corpus.phonemes.cluster": { change: phonemes({ cluster: 3 }), changes: all },
  "corpus.phonemes.phonotactics": { change: phonemes({ phonotactics: 2 }), changes: all },
  "corpus.words.words": { base: words({}), change: words({ words: ["ab", "bca"] }), changes: all },
  "corpus.words.wordsPerSequence": {
    base: words({}),
    change: words({ wordsPerSequence: [2, 5] }),
    changes: all,
  },
  "corpus.words.framesPerLetter": {
    base: words({}),
    change: words({ framesPerLetter: [2, 4] }),
    changes: all,
  },
  "corpus.words.silenceFactor": {
    base: words({}),
    change: words({ silenceFactor: [0.3, 0.9] }),
    changes: all,
  },
  "corpus.words.noise": { base: words({}), change: words({ noise: 0.2 }), changes: all },
  "corpus.words.noiseOf": {
    base: words({ noise: 0.2 }),
    change: words({ noise: 0.2, noiseOf: "sequence" }),
    changes: all,
  },
  "corpus.homophones.words": {
    base: homophones({}),
    change: homophones({ words: ["chat", "noir"] }),
    changes: all,
  },
  "corpus.homophones.wordsPerText": {
    base: homophones({}),
    change: homophones({ wordsPerText: [1, 6] }),
    changes: all,
  },
  "corpus.homophones.framesPerWord": {
    base: homophones({}),
    change: homophones({ framesPerWord: [1, 4] }),
    changes: all,
  },
  "corpus.homophones.framesPerSilence": {
    base: homophones({}),
    change: homophones({ framesPerSilence: [1, 4] }),
    changes: all,
  },
  "corpus.homophones.plural": {
    base: homophones({}),
    change: homophones({ plural: 0.9 }),
    changes: all,
  },
  "corpus.homophones.article": {
    base: homophones({}),
    change: homophones({ article: 1 }),
    changes: all,
  },
  "corpus.homophones.noise": {
    base: homophones({}),
    change: homophones({ noise: 0.3 }),
    changes: all,
  },
  "corpus.letters.features": {
    base: letters({}),
    change: letters({ features: 21 }),
    changes: all,
  },
  "corpus.letters.framesPerLetter": {
    base: letters({}),
    change: letters({ framesPerLetter: [1, 5] }),
    changes: all,
  },
  "corpus.letters.signature": {
    base: letters({}),
    change: letters({ signature: 0.5 }),
    changes: all,
  },
  "corpus.letters.variation": {
    base: letters({}),
    change: letters({ variation: 0.5 }),
    changes: all,
  },
  "corpus.letters.tilt": {
    base: letters({}),
    change: letters({ tilt: 0.1 }),
    changes: all,
  },
  "corpus.letters.noise": {
    base: letters({}),
    change: letters({ noise: 0.6 }),
    changes: all,
  },
  "corpus.voices.train": { base: voices({}), change: voices({ train: ["awb"] }), changes: all },
  "corpus.voices.test": { base: voices({}), change: voices({ test: ["slt"] }), changes: [] },
  "corpus.voices.testWords": {
    base: voices({}),
    change: voices({ testWords: "unseen" }),
    changes: [],
  },
  "corpus.voices.sentences": {
    base: voices({}),
    change: voices({ sentences: 7 }),
    changes: learning,
  },
  "corpus.voices.stack": { base: voices({}), change: voices({ stack: 2 }), changes: all },
  "corpus.voices.features.of": {
    base: voices({ features: { slopes: 0 } }),
    change: voices({ features: { of: "log-mel", slopes: 0 } }),
    changes: all,
  },
  "corpus.voices.features.slopes": {
    base: voices({ features: { slopes: 0 } }),
    change: voices({ features: { slopes: 1 } }),
    changes: all,
  },
  "corpus.voices.warps": {
    base: voices({}),
    change: voices({ warps: [0.9, 1.1] }),
    changes: learning,
  },
  "corpus.voices.noise.snr": {
    base: voices({ noise: { snr: [5, 10], share: 1 } }),
    change: voices({ noise: { snr: [20, 30], share: 1 } }),
    changes: learning,
  },
  "corpus.voices.noise.share": {
    base: voices({ noise: { snr: [5, 10] } }),
    change: voices({ noise: { snr: [5, 10], share: 1 } }),
    changes: learning,
  },
  "corpus.voices.vocabulary": {
    base: voices({}),
    change: voices({ vocabulary: 2 }),
    changes: all,
  },
  "corpus.voices.labels": { base: voices({}), change: voices({ labels: "words" }), changes: all },
};
