import type { Claim } from "lib/claims/mod.ts";
import { CLAIM_MIME } from "lib/jupyter/claim_mime.ts";
import { escapeHtml } from "lib/jupyter/format.ts";
import type { Cell, MimeBundle, Output } from "lib/jupyter/runner/notebook.ts";
import { claimCard } from "./claim_card.ts";
import { figure, type Fragment } from "./figure.ts";
import { joined } from "./files.ts";
import { highlight } from "./highlight.ts";
import { tableOf } from "./table.ts";

/** How many figures, claims and sounds stand before a place of a page. */
export interface Counts {
  figures: number;
  claims: number;
  sounds: number;
}

/** What an output is shown within. */
export interface Around {
  /** The number of the chapter. */
  readonly number: string;
  /** Goes on with what is shown. */
  readonly counts: Counts;
  /** What the cell is about, for a figure that has no title. */
  readonly about: string;
}

/**
 * A code cell with its committed outputs.
 *
 * @param n The cell's place in its notebook.
 */
export function codeCell(
  { source, outputs = [] }: Cell,
  { n, around }: { n: number; around: Around },
): Fragment {
  const shown = outputs.map((output) => outputOf(output, around));
  const html = `<section class="cell" id="cell-${n}" data-cell="${n}" aria-label="Cell ${n}">` +
    `<pre class="source" tabindex="0"><code>${highlight(source)}</code></pre>` +
    `<div class="outputs">${shown.map((part) => part.html).join("")}</div></section>`;
  return { html, files: joined(...shown.map((part) => part.files)) };
}

function outputOf(output: Output, around: Around): Fragment {
  const { number, counts, about: text } = around;
  if (output.output_type === "stream") return printed(output.text);
  if (output.output_type === "error") {
    return printed([output.ename, output.evalue].join(": "));
  }
  const { data } = output;
  if (data[CLAIM_MIME] !== undefined) {
    return { html: claimCard(data[CLAIM_MIME] as Claim, `claim-${++counts.claims}`), files: {} };
  }
  if (typeof data["image/svg+xml"] === "string") {
    return figure({
      name: `${number}-${++counts.figures}`,
      svg: data["image/svg+xml"],
      png: (data["image/png"] as string | undefined)?.replaceAll(/\s/g, ""),
      text,
    });
  }
  return htmlOf(data, number, counts);
}

/** A table or a sound, which the library wrote; else the text. */
function htmlOf(data: MimeBundle, number: string, counts: Counts): Fragment {
  const html = data["text/html"];
  if (typeof html !== "string") return printed(String(data["text/plain"] ?? ""));
  const sound = /^<audio controls title="([^"]*)" src="data:audio\/wav;base64,([^"]+)">/.exec(html);
  if (sound !== null) {
    const [, title, base64] = sound;
    const file = `sounds/${number}-${++counts.sounds}.wav`;
    return {
      html: `<audio class="sound" controls preload="none" title="${title}" src="${file}"></audio>`,
      files: { [file]: Uint8Array.fromBase64(base64) },
    };
  }
  return { html: tableOf(html), files: {} };
}

function printed(text: string): Fragment {
  const html = text === "" ? "" : `<pre class="printed" tabindex="0">${escapeHtml(text)}</pre>`;
  return { html, files: {} };
}
