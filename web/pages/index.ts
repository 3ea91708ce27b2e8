import type { Page } from "../build/page.ts";
import { findingsList } from "../build/findings.ts";
import { movingFigure } from "../build/moving_figure.ts";
import { openingOf } from "../build/readme.ts";
import { renderInline } from "../build/markdown.ts";
import { tallyBars } from "../build/tally.ts";
import { beginnings } from "../build/beginnings.ts";

/** The cover: what CTC is, what was found, where to begin. */
export const page: Page = {
  path: "index.html",
  title: "Unsegmented: CTC, reproduced",
  description:
    "What the literature says about Connectionist Temporal Classification, held against runs.",
  scripts: ["moving_figure"],
  render: (book) => {
    const [project, ctc] = openingOf(book.readme);
    return `<div class="cover">
<section class="opening"><h1>Unsegmented</h1><p class="lead">${renderInline(project)}</p></section>
<section class="wide" aria-labelledby="ctc"><h2 id="ctc">What CTC is</h2>
<p>${renderInline(ctc.replace("Above,", "Below,"))}</p>${movingFigure()}</section>
<section aria-labelledby="found"><h2 id="found">What was found</h2>
${tallyBars(book.claims)}
<p><a href="claims.html">All ${book.claims.length} claims</a>, with source, rule and verdict. The five that matter most:</p>
${findingsList(book)}</section>
<section aria-labelledby="begin"><h2 id="begin">Where to begin</h2>${beginnings(book)}</section>
</div>`;
  },
};
