import { toXml } from "../figures/xml.ts";
import { type DisplayOptions, frontEnd } from "./front_end.ts";

/** A mime bundle: each key a mime type, each value a text or a JSON object. */
export type MediaBundle = Record<string, string | object>;

/** The method by which a value says how a notebook shows it, as Deno's kernel looks for it. */
export const $display: unique symbol = Symbol.for("Jupyter.display");

/** A value that says how a notebook shows it: as the last expression of a cell it is shown. */
export interface Displayable {
  /** What the notebook is given to show. */
  [$display](): MediaBundle;
}

/** What {@linkcode show} can show: SVG or HTML (as text or element), PNG or GIF bytes, a table. */
export type Showable = string | { outerHTML: string } | Uint8Array | Displayable;

/**
 * Shows an SVG, an HTML fragment, image bytes or a displayable value, at this place in the cell. A
 * figure has a PNG and its title beside the SVG, as JupyterLab shows no SVG of a notebook that it
 * does not trust. Outside a kernel it prints the text twin, if there is one.
 *
 * @param content What to show.
 * @returns A promise to await, so that outputs keep their order.
 *
 * @example
 * ```ts
 * import { show } from "lib/jupyter/display.ts";
 * await show("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
 * ```
 */
export async function show(content: Showable): Promise<void> {
  await display(await withTwins(content));
}

/**
 * Makes a place in the cell's output that can be drawn again and again, for figures that move
 * while a training runs. The notebook keeps the last drawing.
 *
 * @param id The place's name, unique in the notebook.
 * @returns A function that draws; await each call.
 *
 * @example
 * ```ts
 * import { live } from "lib/jupyter/display.ts";
 * const draw = live("progress");
 * for (let i = 0; i < 3; i++) await draw(`<b>${i}</b>`);
 * ```
 */
export function live(id: string): (content: Showable) => Promise<void> {
  let update = false;
  return async (content) => {
    const options = { display_id: id, update };
    update = true;
    await display(await withTwins(content), options);
  };
}

/**
 * Displays a mime bundle. Outside a kernel it prints the bundle's `text/plain`, if there is one.
 *
 * @param bundle The bundle.
 * @param options `display_id` names the display; `update` redraws the one of that name.
 */
export async function display(
  bundle: MediaBundle,
  options: DisplayOptions = {},
): Promise<void> {
  const shown = frontEnd();
  if (shown !== undefined) await shown.show(bundle, imageWidth(bundle), options);
  else if (bundle["text/plain"] !== undefined) console.log(bundle["text/plain"]);
}

/**
 * Turns what can be shown into the mime bundle a front end receives.
 *
 * @param content What to show.
 * @returns The bundle, of one mime type or of several twins.
 * @throws {TypeError} If bytes are neither PNG nor GIF, or the content is of another kind.
 */
export function toBundle(content: Showable): MediaBundle {
  if (content instanceof Uint8Array) return { [imageType(content)]: content.toBase64() };
  if (typeof content === "object" && content !== null) {
    if ($display in content) return content[$display]();
    if (isSvgElement(content)) return toBundle(toXml(content));
    if (typeof content.outerHTML === "string") return toBundle(content.outerHTML);
  }
  if (typeof content !== "string") {
    throw new TypeError(`Cannot show a ${typeof content}: expected SVG, HTML, bytes or a table`);
  }
  const isSvg = /^\s*(<\?xml[^>]*>\s*)?<svg[\s/>]/.test(content);
  // HTML serialisation writes a no-break space by a name that XML does not know.
  return isSvg
    ? { "image/svg+xml": content.replaceAll("&nbsp;", "\u00a0") }
    : { "text/html": content };
}

function isSvgElement(content: object): content is Element {
  const { namespaceURI, localName } = content as Partial<Element>;
  return namespaceURI === "http://www.w3.org/2000/svg" && localName === "svg";
}

/** A PNG beside an SVG has twice its pixels, and is shown at its width. */
function imageWidth(bundle: MediaBundle): Record<string, unknown> {
  const svg = bundle["image/svg+xml"];
  const width = typeof svg === "string" ? /<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1] : undefined;
  return width === undefined || !("image/png" in bundle) ? {} : { "image/png": { width: +width } };
}

/** The bundle of what is shown; of a figure, for who shows not every SVG, with PNG and title. */
async function withTwins(content: Showable): Promise<MediaBundle> {
  const bundle = toBundle(content);
  if (frontEnd()?.showsSvg !== false || !isFigure(content)) return bundle;
  const { toPng } = await import("../figures/png.ts");
  return {
    ...bundle,
    "image/png": (await toPng(content)).toBase64(),
    "text/plain": content.getAttribute("aria-label") ?? "figure",
  };
}

function isFigure(content: Showable): content is Showable & SVGSVGElement {
  return typeof content === "object" && "localName" in content && content.localName === "svg";
}

function imageType(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 6));
  if (head.startsWith("\x89PNG")) return "image/png";
  if (head.startsWith("GIF8")) return "image/gif";
  throw new TypeError(`Cannot show bytes: expected a PNG or GIF, got ${JSON.stringify(head)}`);
}
