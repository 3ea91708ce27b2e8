import type { Options } from "minisearch";

/** What is found: a section of a chapter, or a claim. */
export interface Section {
  /** Its address: "04_blstm_against_lstm.html#results". */
  readonly id: string;
  readonly chapter: string;
  readonly heading: string;
  readonly text: string;
  /** How it begins, to show beside what was found. */
  readonly start: string;
}

/** How the index is built, and read again. */
export const searchOptions: Options<Section> = {
  fields: ["heading", "text", "chapter"],
  storeFields: ["heading", "chapter", "start"],
  searchOptions: {
    boost: { heading: 3, chapter: 2 },
    prefix: true,
    fuzzy: 0.2,
    combineWith: "AND",
  },
};
