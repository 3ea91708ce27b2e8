import { initWasm, Resvg } from "@resvg/resvg-wasm";
import wasm from "@resvg/resvg-wasm/wasm" with { type: "bytes" };
import regular from "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf" with {
  type: "bytes",
};
import semiBold from "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf" with {
  type: "bytes",
};
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
  readonly width: number;
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
  return await draw(svg, options, (image) => image.asPng().slice());
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

let ready: Promise<void> | undefined;

async function draw<T>(
  svg: SVGSVGElement,
  { scale = 2 }: RasterOptions,
  read: (image: Image) => T,
): Promise<T> {
  await (ready ??= initWasm(wasm));
  const drawing = new Resvg(toXml(svg), {
    fitTo: { mode: "zoom", value: scale },
    font: { fontBuffers: [regular, semiBold], defaultFontFamily: "Inter" },
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
