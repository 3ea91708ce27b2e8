import { pathToFileURL } from "node:url";
import type { MimeBundle, Output } from "./notebook.ts";

/** An ISO 8601 date with a time of day, as `new Date()` prints. */
const TIMESTAMP = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/g;

/** How long something took, as `console.timeEnd` and people write it. */
const DURATION =
  /(\b(?:took|elapsed|finished in|done in|ran in)\b:? *|^\w+: )\d[\d.,]* ?(?:ms|s|min)\b/gm;

/**
 * Terminal codes: those for colours and the cursor, titles and links with their terminator, and
 * escapes of two or three characters. Each part stops where the next begins, so that no text is
 * read twice: the cost of every expression here grows with the length of the text, no faster.
 */
const TERMINAL =
  // deno-lint-ignore no-control-regex -- these are the characters that are meant
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-OQ-WYZ\\`-~]/g;

/** Where Deno keeps npm packages, wherever its cache is. */
const NPM_CACHE = "/npm/registry.npmjs.org/";

/** A run of characters that may be a path or URL. */
const PATH = /[^\s"'()<>]+/g;

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
  const plain = text.replace(TERMINAL, "").replaceAll("\r\n", "\n");
  return dropOverwritten(plain)
    .replace(TIMESTAMP, "<time>")
    .replace(new RegExp(`${prefix}/`, "g"), "")
    .replace(new RegExp(`${prefix}(?![\\w.-])`, "g"), ".")
    .replace(PATH, (path) => {
      const at = path.lastIndexOf(NPM_CACHE);
      return at < 0 ? path : `npm:${path.slice(at + NPM_CACHE.length)}`;
    });
}

/** Drops what a line showed before a carriage return overwrote it. */
function dropOverwritten(text: string): string {
  if (!text.includes("\r")) return text;
  return text.split("\n").map((line) => {
    const overwritten = line.slice(0, -1).lastIndexOf("\r");
    return line.slice(overwritten + 1);
  }).join("\n");
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
