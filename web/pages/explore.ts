import type { Page } from "../build/page.ts";
import { page as lattice } from "./lattice.ts";
import { page as training } from "./training.ts";
import { page as voice } from "./voice.ts";

/** The pages that compute as the reader draws, trains or speaks. */
export const page: Page = {
  path: "explore.html",
  title: "Explore",
  description: "Three pages that compute as you draw, train and speak, each to be linked to.",
  render: () =>
    `<div class="prose"><h1>Explore</h1>
<p>Three pages that compute as you draw, train and speak, with the library's own code and nothing to
install. Their addresses hold what you set, so that a scene can be shared. Every chapter runs in the
browser, too: open one, and press <em>Run this page</em>.</p>
${
      [lattice, training, voice].map(({ path, title, description }) =>
        `<h2><a href="${path}">${title}</a></h2><p>${description}</p>`
      ).join("\n")
    }</div>`,
};
