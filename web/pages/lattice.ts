import content from "../client/explorables/lattice/page.html" with { type: "text" };
import type { Page } from "../build/page.ts";

/** A word over frames that the reader draws, and what CTC makes of it. */
export const page: Page = {
  path: "lattice.html",
  title: "The lattice",
  description: "Type a word, draw what a network says, and see how CTC sums over every alignment.",
  scripts: ["lattice"],
  render: () => content,
};
