import { markdownGrid } from "../experiments/table.ts";
import { CLAIM_MIME } from "./claim_mime.ts";
import { display, type MediaBundle } from "./display.ts";
import { escapeHtml } from "./format.ts";
import { type Claim, type ClaimSpec, judge } from "../claims/mod.ts";
import { htmlTable, plainTable } from "./table.ts";

/** A claim whose verdict is not the one its notebook states. */
export class ClaimError extends Error {
  /** The name of the class, as errors print it. */
  override readonly name = "ClaimError";
}

/**
 * Shows a claim, expected beside measured with the verdict, and throws if the verdict is not
 * the one the notebook states: a notebook may state "not reproduced", and is then wrong if the
 * claim holds after all.
 *
 * @param spec The claim, see {@linkcode ClaimSpec}.
 * @returns A promise to await: `await claim({ … })` is the last line of a claim cell.
 * @throws {ClaimError} If the verdict differs from `states`.
 * @throws {RangeError} If there are no rows.
 *
 * @example
 * ```ts
 * import { equal } from "lib/claims/mod.ts";
 * import { claim } from "lib/jupyter/claim.ts";
 *
 * await claim({
 *   kind: "reproduction",
 *   title: "Seven labels over two frames have 49 paths",
 *   source: "Graves et al. 2006, section 3",
 *   states: "reproduced",
 *   rows: [equal("paths", 49, 7 ** 2)],
 * });
 * ```
 */
export async function claim(spec: ClaimSpec): Promise<void> {
  const judged = judge(spec);
  await display(renderClaim(judged));
  if (judged.verdict === judged.states) return;
  const culprits = judged.rows.filter((row) => row.verdict !== judged.states);
  throw new ClaimError(
    `The notebook states "${judged.states}", but its claim is "${judged.verdict}": ` +
      culprits.map((row) =>
        `${row.what}: expected ${row.expected}, measured ${row.measured} (${row.verdict})`
      ).join("; "),
  );
}

/**
 * Renders a judged claim: a table for people as HTML, Markdown and plain text, and the claim
 * itself for the notebook runner. Every verdict is set in the same size of type.
 *
 * @param claim The judged claim.
 * @returns The mime bundle.
 */
export function renderClaim(claim: Claim): MediaBundle {
  const { title, source, states, verdict, rows } = claim;
  const headings = ["", "expected", "measured", "rule", "verdict"];
  const cells = rows.map((row) => [
    row.what,
    row.expected,
    row.measured,
    row.rule,
    row.verdict,
  ]);
  const texts = cells.map((line) => line.map(String));
  const note = verdict === states ? "" : `The notebook states: ${states}.`;
  const heading = verdict[0].toUpperCase() + verdict.slice(1);
  return {
    "text/html": [
      `<h3>${heading}</h3>`,
      `<p>${escapeHtml(title)}<br>Source: ${escapeHtml(source)}</p>`,
      ...(note ? [`<p>${note}</p>`] : []),
      htmlTable(headings, texts),
    ].join("\n"),
    "text/markdown": [
      `### ${heading}`,
      `${title}  \nSource: ${source}`,
      ...(note ? [note] : []),
      markdownGrid(headings, texts),
    ].join("\n\n"),
    "text/plain": [
      heading.toUpperCase(),
      title,
      `Source: ${source}`,
      ...(note ? [note] : []),
      plainTable(headings, texts),
    ].join("\n"),
    [CLAIM_MIME]: claim,
  };
}
