export { speak, type SpeakOptions, type SpokenWord, type Timed, type Utterance } from "./speak.ts";
export { pronounce, type PronouncedWord } from "./pronounce.ts";
export { phones, silencePhone, type Voice, voices } from "./voice.ts";
