import { classHighlighter, highlightTree } from "@lezer/highlight";
import { escapeHtml } from "lib/jupyter/format.ts";
import process from "node:process";

/** The parser reads a setting from the environment while it loads; it finds an empty one. */
const { env } = process;
process.env = {};
const { parser } = await import("@lezer/javascript");
process.env = env;

const typescript = parser.configure({ dialect: "ts" });

/**
 * TypeScript as HTML: each token in a span with the classes that CodeMirror's `classHighlighter`
 * gives it, so that a cell looks the same before and while it is edited.
 */
export function highlight(code: string): string {
  let html = "", at = 0;
  highlightTree(typescript.parse(code), classHighlighter, (from, to, classes) => {
    html += escapeHtml(code.slice(at, from));
    html += `<span class="${classes}">${escapeHtml(code.slice(from, to))}</span>`;
    at = to;
  });
  return html + escapeHtml(code.slice(at));
}
