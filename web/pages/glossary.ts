import { renderInline } from "../build/markdown.ts";
import type { Page } from "../build/page.ts";

/** The words of the field, as the first notebook explains them. */
export const page: Page = {
  path: "glossary.html",
  title: "Glossary",
  description: "The words of the field that the book uses.",
  render: ({ terms }) =>
    `<div class="prose"><h1>Glossary</h1><dl class="glossary">${
      terms.map(({ id, heading, meaning }) =>
        `<dt id="${id}">${renderInline(heading)}</dt><dd>${renderInline(meaning)}</dd>`
      ).join("")
    }</dl></div>`,
};
