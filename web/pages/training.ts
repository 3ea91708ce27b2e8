import content from "../client/explorables/training/page.html" with { type: "text" };
import type { Page } from "../build/page.ts";

/** Two networks that race, in the page. */
export const page: Page = {
  path: "training.html",
  title: "Training",
  description: "A BLSTM and an LSTM race in the page, on a corpus that the reader sets.",
  scripts: ["training"],
  render: () => content,
};
