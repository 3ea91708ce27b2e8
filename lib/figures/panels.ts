import { element, label } from "./document.ts";
import { finish } from "./finish.ts";
import { palette } from "./palette.ts";

/** A drawing and the place of its top left corner below the heading, in pixels. */
export interface Panel {
  /** From the left. */
  readonly x: number;
  /** From below the heading. */
  readonly y: number;
  /** What is drawn, from (0, 0). */
  readonly content: SVGElement;
}

/** What a figure says about itself. */
export interface Heading {
  /** The finding, in one line. */
  title?: string;
  /** What is shown, and how to read it; broken into lines where it must. */
  subtitle?: string;
}

/** A whole figure. */
export interface PanelsOptions extends Required<Heading> {
  /** Width in pixels, margins included. */
  width: number;
  /** Height in pixels of what is below the heading. */
  height: number;
  /** Drawn in order, the last on top. */
  readonly panels: readonly Panel[];
}

/** Space left and right of every figure's heading. */
export const MARGIN = 24;
const FONT = "Inter, system-ui, sans-serif";
const LINE = 18;
const CHARACTER = 6.3; // Inter at 12.5 px, on the wide side

/**
 * Composes a figure: a heading, and below it drawings side by side or one above the other, all in
 * one SVG element that needs no style sheet.
 *
 * @example
 * ```ts
 * import { element } from "lib/figures/document.ts";
 * import { panels } from "lib/figures/panels.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const dot = { x: 20, y: 0, content: element("circle", { r: 3 }) };
 * const figure = panels({ title: "A dot", subtitle: "", width: 200, height: 40, panels: [dot] });
 * assertStringIncludes(figure.outerHTML, '<g transform="translate(20,56)">');
 * ```
 */
export function panels(options: PanelsOptions): SVGSVGElement {
  const { title, subtitle, width, height, panels } = options;
  const lines = breakLines(subtitle, (width - 2 * MARGIN) / CHARACTER);
  const top = 56 + LINE * lines.length;
  const figure = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height: top + height,
      viewBox: `0 0 ${width} ${top + height}`,
      style: "max-width: 100%; height: auto",
      role: "img",
      "aria-label": title,
      fill: palette.ink,
      "font-family": FONT,
      "font-size": 12,
    },
    element("rect", { width: "100%", height: "100%", fill: palette.paper }),
    label(MARGIN, 36, title, { "font-size": 17, "font-weight": 600 }),
    ...lines.map((line, n) =>
      label(MARGIN, 58 + LINE * n, line, { "font-size": 12.5, fill: palette.muted })
    ),
    ...panels.map(({ x, y, content }) =>
      element("g", { transform: `translate(${x},${top + y})` }, ...unwrapped(content))
    ),
  );
  return finish(figure);
}

/** A plot as a group without its style sheet; any other drawing as it is. */
function unwrapped(content: SVGElement): SVGElement[] {
  if (content.localName !== "svg") return [content];
  content.querySelectorAll("style").forEach((style) => style.remove());
  const children = [...content.children] as SVGElement[];
  return [element("g", { fill: palette.ink, "text-anchor": "middle" }, ...children)];
}

/** Breaks a text into lines of at most `most` characters, and where it says so by itself. */
function breakLines(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && line.length + 1 + word.length > most) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    if (line !== "") lines.push(line);
  }
  return lines;
}
