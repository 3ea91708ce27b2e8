import type { Resvg } from "./libraries/resvg.js";
import { palette } from "./palette.ts";
import { toXml } from "./xml.ts";

/** How to draw a figure's pixels. */
export interface RasterOptions {
  /** Pixels per unit of the SVG; defaults to 2. */
  scale?: number;
}

/** The pixels of a figure. */
export interface Raster {
  /** [height, width, 4] red, green, blue, alpha from 0 to 255 */
  readonly rgba: Uint8Array;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/**
 * A figure as the bytes of a PNG file, with the fonts that come along: no text depends on what is
 * installed.
 *
 * @example
 * ```ts
 * import { element } from "lib/figures/document.ts";
 * import { toPng } from "lib/figures/png.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const png = await toPng(element("svg", { width: 20, height: 10 }), { scale: 3 });
 * assertEquals(new DataView(png.buffer).getUint32(16), 60); // its width
 * ```
 */
export async function toPng(
  svg: SVGSVGElement,
  options: RasterOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  // A plot without a background of its own must be read on dark pages, too.
  return await draw(svg, options, (image) => image.asPng().slice(), palette.paper);
}

/** The pixels of a figure. */
export async function toPixels(svg: SVGSVGElement, options: RasterOptions = {}): Promise<Raster> {
  return await draw(svg, options, (image) => ({
    rgba: image.pixels,
    width: image.width,
    height: image.height,
  }));
}

type Image = ReturnType<InstanceType<typeof Resvg>["render"]>;

/** The renderer and its letters are loaded when the first figure needs them. */
interface Renderer {
  readonly Resvg: typeof Resvg;
  readonly fontBuffers: Uint8Array[];
}

let loaded: Promise<Renderer> | undefined;

async function load(): Promise<Renderer> {
  const [{ initWasm, Resvg, wasm }, { inter }] = await Promise.all([
    import("./libraries/resvg.js"),
    import("./fonts/inter.ts"),
  ]);
  const [{ regular, semiBold }] = await Promise.all([inter(), initWasm(wasm)]);
  return { Resvg, fontBuffers: [regular, semiBold] };
}

async function draw<T>(
  svg: SVGSVGElement,
  { scale = 2 }: RasterOptions,
  read: (image: Image) => T,
  background?: string,
): Promise<T> {
  const { Resvg, fontBuffers } = await (loaded ??= load());
  const drawing = new Resvg(toXml(svg), {
    fitTo: { mode: "zoom", value: scale },
    font: { fontBuffers, defaultFontFamily: "Inter" },
    background,
  });
  try {
    const image = drawing.render();
    try {
      return read(image);
    } finally {
      image.free();
    }
  } finally {
    drawing.free();
  }
}
