import { stripVTControlCharacters } from "node:util";
import { pathToFileURL } from "node:url";
import type { MimeBundle, Output } from "./notebook.ts";

/** An ISO 8601 date with a time of day, as `new Date()` prints. */
const TIMESTAMP = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/g;

/** How long something took, as `console.timeEnd` and people write it. */
const DURATION =
  /(\b(?:took|elapsed|finished in|done in|ran in)\b:? *|^\w+: )\d[\d.,]* ?(?:ms|s|min)\b/gm;

/** Where Deno keeps npm packages, wherever its cache is. */
const NPM_CACHE = /(?:file:\/\/)?[^\s"'()<>]*\/npm\/registry\.npmjs\.org\//g;

/** What a line showed before a carriage return overwrote it. */
const OVERWRITTEN = /[^\n]*\r(?=[^\n])/g;

/**
 * Clears execution noise from text: ANSI codes, overwritten progress, timestamps, and the
 * absolute path of the project and of Deno's npm cache.
 *
 * @param text The text.
 * @param root The absolute path of the project, without a slash at its end.
 * @returns The text, the same on every machine.
 */
export function cleanText(text: string, root: string): string {
  const prefix = `(?:${literal(pathToFileURL(root).href)}|(?:file://)?${literal(root)})`;
  return stripVTControlCharacters(text)
    .replace(/\r\n/g, "\n")
    .replace(OVERWRITTEN, "")
    .replace(TIMESTAMP, "<time>")
    .replace(new RegExp(`${prefix}/`, "g"), "")
    .replace(new RegExp(`${prefix}(?![\\w.-])`, "g"), ".")
    .replace(NPM_CACHE, "npm:");
}

/**
 * Clears execution noise from one output. In streams, durations go too ("took 12 ms"); rich
 * outputs keep theirs, as there a duration is content.
 *
 * @param output The output.
 * @param root The absolute path of the project.
 * @returns A new output.
 */
export function cleanOutput(output: Output, root: string): Output {
  switch (output.output_type) {
    case "stream":
      return { ...output, text: cleanText(output.text, root).replace(DURATION, "$1<time>") };
    case "error":
      return {
        ...output,
        evalue: cleanText(output.evalue, root),
        traceback: output.traceback.map((line) => cleanText(line, root)),
      };
    default:
      return { ...output, data: cleanBundle(output.data, root) };
  }
}

function cleanBundle(bundle: MimeBundle, root: string): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle).map((
      [mime, value],
    ) => [mime, /^(image\/(?!svg)|audio|video)/.test(mime) ? value : cleanValue(value, root)]),
  );
}

function cleanValue(value: unknown, root: string): unknown {
  if (typeof value === "string") return cleanText(value, root);
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, root));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, cleanValue(v, root)]));
}

/** A regular expression that matches exactly this text. */
function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
