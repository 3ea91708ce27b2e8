export { drawSentence, type Words } from "./grammar.ts";
export * from "./sentences.ts";
export { closedWords, type OpenClass, openWords } from "./vocabulary.ts";
