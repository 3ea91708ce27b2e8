import { gifenc } from "./libraries/gifenc.ts";
import { toPixels } from "./png.ts";

/** One picture of a moving one. */
export interface GifFrame {
  /** What it shows; all pictures have one size. */
  readonly svg: SVGSVGElement;
  /** How long it stands, in milliseconds. */
  readonly delay: number;
}

/** How to draw a GIF. */
export interface GifOptions {
  /** Pixels per unit of the SVG; defaults to 1. */
  scale?: number;
  /** Colours, from 2 to 255; defaults to 255. */
  colors?: number;
}

/**
 * Figures of one size as the bytes of an animated GIF that runs for ever. A pixel that does not
 * change from one frame to the next is left transparent, which keeps the file small.
 *
 * @throws {RangeError} If there are no frames, or their sizes differ.
 */
export async function toGif(
  frames: readonly GifFrame[],
  options: GifOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { scale = 1, colors = 255 } = options;
  if (frames.length === 0) throw new RangeError("Cannot make a GIF as there must be a frame");
  const palette = await commonPalette(frames, scale, colors);
  const clear = palette.length;
  const known = new Map<number, number>();
  const encoder = gifenc.GIFEncoder();
  let before: Uint8Array | undefined, size = "";
  for (const { svg, delay } of frames) {
    const { rgba, width, height } = await toPixels(svg, { scale });
    size ||= `${width} x ${height}`;
    if (size !== `${width} x ${height}`) {
      throw new RangeError(
        `Cannot make a GIF as its frames must have one size: ${size}, then ${width} x ${height}`,
      );
    }
    const places = indexed(rgba, palette, known);
    const last = before;
    encoder.writeFrame(
      last ? places.map((c, i) => c === last[i] ? clear : c) : places,
      width,
      height,
      {
        palette: last ? undefined : [...palette, [0, 0, 0]],
        transparent: last !== undefined,
        transparentIndex: clear,
        delay,
        dispose: 1,
      },
    );
    before = places;
  }
  encoder.finish();
  return encoder.bytes();
}

type Color = readonly number[];

/**
 * Half of the colours are those that cover most of the first frame, exactly, so that flat areas
 * keep their tint; the others are mixed for the first, the middle and the last frame.
 */
async function commonPalette(
  frames: readonly GifFrame[],
  scale: number,
  colors: number,
): Promise<Color[]> {
  const places = new Set([0, frames.length >> 1, frames.length - 1]);
  const samples = await Promise.all(
    [...places].map(async (n) => (await toPixels(frames[n].svg, { scale })).rgba),
  );
  const exact = commonest(samples[0], colors >> 1);
  const all = new Uint8Array(samples.reduce((sum, { length }) => sum + length, 0));
  samples.reduce((at, sample) => (all.set(sample, at), at + sample.length), 0);
  return [...exact, ...gifenc.quantize(all, Math.max(2, colors - exact.length))].slice(0, colors);
}

function commonest(rgba: Uint8Array, most: number): Color[] {
  const counts = new Map<number, number>();
  for (let i = 0; i < rgba.length; i += 4) {
    const key = rgb24(rgba, i);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most)
    .map(([key]) => [key >> 16, key >> 8 & 255, key & 255]);
}

/** The place in the palette of every pixel's nearest colour; `known` remembers those found. */
function indexed(
  rgba: Uint8Array,
  palette: readonly Color[],
  known: Map<number, number>,
): Uint8Array {
  const out = new Uint8Array(rgba.length / 4);
  let before = -1; // most pixels have the colour of the last one
  for (let i = 0; i < out.length; i++) {
    const key = rgb24(rgba, 4 * i);
    if (key === before) {
      out[i] = out[i - 1];
      continue;
    }
    before = key;
    let place = known.get(key);
    if (place === undefined) {
      place = gifenc.nearestColorIndex(palette, [...rgba.subarray(4 * i, 4 * i + 3)]) as number;
      known.set(key, place);
    }
    out[i] = place;
  }
  return out;
}

function rgb24(rgba: Uint8Array, at: number): number {
  return rgba[at] << 16 | rgba[at + 1] << 8 | rgba[at + 2];
}
