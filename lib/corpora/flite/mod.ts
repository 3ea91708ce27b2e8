export * from "./speak.ts";
export { pronounce, type PronouncedWord } from "./pronounce.ts";
export { phones, silencePhone, type Voice, voices } from "./voice.ts";
