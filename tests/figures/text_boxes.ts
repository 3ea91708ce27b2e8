import { element } from "lib/figures/document.ts";
import { toPixels } from "lib/figures/png.ts";

/** A text of a figure, and the pixels that its ink covers, in the figure's own units. */
export interface TextBox {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How far around the figure ink is looked for. */
const AROUND = 120;

/**
 * Where the ink of each text of a figure lies, as drawn by the rasteriser: each is drawn in a
 * colour of its own, alone, on a canvas larger than the figure.
 */
export async function textBoxes(figure: SVGSVGElement): Promise<TextBox[]> {
  const copy = figure.cloneNode(true) as SVGSVGElement;
  for (const shape of [...copy.querySelectorAll("rect, path, circle, line, clipPath, defs")]) {
    shape.remove();
  }
  const [, , width, height] = copy.getAttribute("viewBox")!.split(" ").map(Number);
  for (const node of copy.querySelectorAll("*")) {
    for (const name of ["stroke", "fill", "opacity", "clip-path", "aria-hidden", "fill-opacity"]) {
      node.removeAttribute(name);
    }
  }
  const texts = [...copy.querySelectorAll("text")].filter(({ textContent }) => textContent !== "");
  texts.forEach((text, n) => {
    text.setAttribute("fill", `#${colorOf(n).toString(16).padStart(6, "0")}`);
    text.setAttribute("text-rendering", "optimizeSpeed"); // no anti-aliasing
  });
  copy.setAttribute(
    "viewBox",
    [-AROUND, -AROUND, width + 2 * AROUND, height + 2 * AROUND].join(" "),
  );
  copy.setAttribute("width", String(width + 2 * AROUND));
  copy.setAttribute("height", String(height + 2 * AROUND));
  copy.prepend(element("g"));
  const raster = await toPixels(copy, { scale: 1 });
  const boxes = texts.map(() => ({ left: 1 / 0, top: 1 / 0, right: -1 / 0, bottom: -1 / 0 }));
  for (let i = 0; i < raster.rgba.length; i += 4) {
    if (raster.rgba[i + 3] !== 255) continue;
    const color = raster.rgba[i] << 16 | raster.rgba[i + 1] << 8 | raster.rgba[i + 2];
    const box = boxes[(color - colorOf(0)) / STEP];
    if (box === undefined) throw new Error(`ink of no text: ${color.toString(16)}`);
    const x = i / 4 % raster.width - AROUND, y = Math.floor(i / 4 / raster.width) - AROUND;
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x + 1);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y + 1);
  }
  return texts.map((text, n) => ({ text: text.textContent!, ...boxes[n] }));
}

const STEP = 257;

function colorOf(n: number): number {
  return 0x010101 + STEP * n;
}
