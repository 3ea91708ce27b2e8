import { gifenc } from "./libraries/gifenc.ts";
import type { ColorScale } from "./palette.ts";

const COLORS = 64;

/** Values as an image of one pixel each. */
export interface ValueImageOptions {
  /** Height in pixels. */
  readonly rows: number;
  /** Width in pixels. */
  readonly cols: number;
  /** From 0 to 1; row 0 is at the top. */
  share(row: number, col: number): number;
  /** The colour of a share. */
  readonly color: ColorScale;
}

/**
 * Many values as the address of an image, for an SVG that would be too heavy with a rectangle for
 * each. Colours are rounded to one of 64.
 *
 * @throws {RangeError} If there is not at least one row and one column.
 *
 * @example
 * ```ts
 * import { signalScale, valueImage } from "lib/figures/mod.ts";
 * import { assert } from "@std/assert";
 *
 * const address = valueImage({ rows: 1, cols: 2, share: (_, col) => col, color: signalScale });
 * assert(address.startsWith("data:image/gif;base64,"));
 * ```
 */
export function valueImage({ rows, cols, share, color }: ValueImageOptions): string {
  if (!(rows >= 1 && cols >= 1)) {
    throw new RangeError(
      `Cannot draw an image as it must have a row and a column: it has ${rows} and ${cols}`,
    );
  }
  const palette = Array.from({ length: COLORS }, (_, n) => {
    const hex = color(n / (COLORS - 1));
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  });
  const pixels = new Uint8Array(rows * cols);
  for (let i = 0; i < pixels.length; i++) {
    const value = Math.min(1, Math.max(0, share(Math.floor(i / cols), i % cols)));
    pixels[i] = Math.round(value * (COLORS - 1));
  }
  const encoder = gifenc.GIFEncoder();
  encoder.writeFrame(pixels, cols, rows, { palette });
  encoder.finish();
  return `data:image/gif;base64,${Uint8Array.from(encoder.bytes() as Uint8Array).toBase64()}`;
}
