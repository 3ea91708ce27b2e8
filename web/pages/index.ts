import type { Page } from "../build/page.ts";
import { findingsList } from "../build/findings.ts";
import { movingFigure } from "../build/moving_figure.ts";
import { explained } from "../build/explained.ts";
import { openingOf, sourcesOf } from "../build/readme.ts";
import { pageContext, renderInline, renderMarkdown } from "../build/markdown.ts";
import { tallyBars, tallySentence } from "../build/tally.ts";
import { beginnings } from "../build/beginnings.ts";

/** The cover: what CTC is, what was found, where to begin. */
export const page: Page = {
  path: "index.html",
  title: "Unsegmented: CTC, reproduced",
  description:
    "What the literature says about Connectionist Temporal Classification, held against runs.",
  scripts: ["moving_figure", "terms"],
  render: (book) => {
    const [project, ctc] = openingOf(book.readme), context = pageContext(book.terms);
    return `<div class="cover">
<section class="opening"><h1>Unsegmented</h1><p class="lead">${renderInline(project)}</p>
<p><a href="#found">${tallySentence(book.claims)}</a></p></section>
<section class="wide" aria-labelledby="ctc"><h2 id="ctc">What CTC is</h2>
${renderMarkdown(ctc.replace("Above,", "Below,"), context)}${movingFigure()}</section>
<section aria-labelledby="found"><h2 id="found">What was found</h2>
${tallyBars(book.claims)}
<p><a href="claims.html">All ${book.claims.length} claims</a>, with source, rule and verdict. Most are from
<a href="#sources">a write-up and a paper on alignment</a>. What matters most:</p>
${findingsList(book, context)}</section>
<section aria-labelledby="begin"><h2 id="begin">Where to begin</h2>${beginnings(book)}</section>
<section aria-labelledby="sources"><h2 id="sources">Sources</h2>
<p>Every chapter names its own; most claims come from these:</p>
${renderMarkdown(sourcesOf(book.readme))}</section>
</div>${explained(context)}`;
  },
};
