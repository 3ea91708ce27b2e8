import content from "../client/explorables/voice/page.html" with { type: "text" };
import type { Page } from "../build/page.ts";

/** A recording, heard and aligned in the page. */
export const page: Page = {
  path: "voice.html",
  title: "Your voice",
  description:
    "Record a sentence, type its words, and see where every word and phone is; the sound stays here.",
  scripts: ["voice"],
  render: () => content,
};
