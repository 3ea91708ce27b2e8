import { equal, judge } from "lib/claims/mod.ts";
import { renderClaim } from "lib/jupyter/claim.ts";
import { formatNotebook } from "lib/jupyter/runner/notebook.ts";
import { type Book, bookOf } from "../../web/build/book.ts";

const prose = `# 00 · Start here

**What we found.** Much holds. Some
does not.

## How the book is read

1. The write-up: [01](01_first.ipynb) the first.

## Words

| word         | meaning                    |
| ------------ | -------------------------- |
| label, blank | what a frame can be called |
| $\\alpha$    | a scale                    |
`;

/** A book of three chapters, one of them in no part; the second has a claim. */
export function smallBook(): Book {
  const claim = judge({
    kind: "question",
    title: "Is it <1>?",
    source: "the write-up timit-blstm-ctc, Open questions",
    states: "no",
    rows: [equal("the figure", 1, 2)],
  });
  return bookOf({
    "02_second.ipynb": notebook("# 02 · Second\n\nNothing else."),
    "01_first.ipynb": notebook("# 01 · First\n\n**What we found.** A label. More.", {
      ...renderClaim(claim),
    }),
    "00_start.ipynb": notebook(prose),
  }, "# Unsegmented\n\nWhat it is.\n\n![A picture](figures/a.gif)\n\nWhat CTC is.\n\n## Use\n");
}

function notebook(source: string, data?: Record<string, unknown>): string {
  return formatNotebook({
    metadata: {},
    cells: [
      { cell_type: "markdown", id: "a", metadata: {}, source },
      {
        cell_type: "code",
        id: "b",
        metadata: {},
        source: "await claim();",
        outputs: data === undefined ? [] : [{ output_type: "display_data", data, metadata: {} }],
      },
    ],
  });
}
