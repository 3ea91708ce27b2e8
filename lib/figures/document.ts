import { jsdom } from "./jsdom/deferred.js";
import { toXml } from "./xml.ts";

/** Attributes of an SVG element; `undefined` leaves one out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const SVG = "http://www.w3.org/2000/svg";
let shared: Document | undefined;

/**
 * The one document that all figures are drawn in, the page's own where there is a page; a notebook
 * shows each of them as XML. Elsewhere the first call loads jsdom, most of a second: who only imports
 * figures does not wait for it.
 */
export function figureDocument(): Document {
  if (shared === undefined) {
    shared = globalThis.document ?? new jsdom.JSDOM("").window.document as unknown as Document;
    const svg = Object.getPrototypeOf(shared.createElementNS(SVG, "svg"));
    Object.defineProperty(svg, Symbol.for("Jupyter.display"), {
      value(this: SVGSVGElement) {
        return { "image/svg+xml": toXml(this) };
      },
      configurable: true,
    });
  }
  return shared;
}

/**
 * Makes an SVG element.
 *
 * @example
 * ```ts
 * import { element } from "lib/figures/document.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const label = element("text", { x: 3, y: 4 }, "frames");
 * assertEquals(label.outerHTML, '<text x="3" y="4">frames</text>');
 * ```
 */
export function element<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = figureDocument().createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children);
  return made;
}

/** A line of text; attributes such as `text-anchor` and `font-weight` as SVG has them. */
export function label(
  x: number,
  y: number,
  text: string,
  attributes: Attributes = {},
): SVGTextElement {
  return element("text", { x, y, ...attributes }, text);
}
