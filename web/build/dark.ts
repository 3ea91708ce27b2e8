/**
 * The colours of the dark theme: each is its light twin with the lightness turned round, in OKLab, so
 * that hues stay and what stood out from the paper still does.
 *
 * Source: B. Ottosson, *A perceptual color space for image processing* (2020).
 *
 * @module
 */

/** Lightness of the dark paper, how far black stands above it, and the bend that keeps mid tones bright. */
const PAPER = 0.2, SPAN = 0.93, BEND = 0.8;
/** A cool tint that every dark colour has, in OKLab's a and b. */
const TINT = [-0.002, -0.009] as const;

/**
 * The dark twin of a colour.
 *
 * @param color As #rrggbb or #rgb.
 */
export function darkOf(color: string): string {
  const [L, a, b] = toOklab(channelsOf(color));
  const turned = PAPER + SPAN * Math.max(0, 1 - L) ** BEND;
  for (let chroma = 1;; chroma -= 0.05) {
    const rgb = fromOklab([turned, chroma * a + TINT[0], chroma * b + TINT[1]]);
    if (chroma > 0 && rgb.some((value) => value < -1e-3 || value > 1 + 1e-3)) continue;
    return "#" + rgb.map(hexByte).join("");
  }
}

/** Both twins, as a colour that follows the theme of the page. */
export function bothOf(color: string): string {
  return `light-dark(${color},${darkOf(color)})`;
}

/**
 * A figure whose colours follow the page's theme: each colour in hexadecimal, white and black gets
 * its dark twin.
 */
export function followTheme(svg: string): string {
  return svg.replaceAll(
    /(\s(?:fill|stroke|stop-color|color)=")(#[0-9a-f]{6}|#[0-9a-f]{3}|white|black)"/gi,
    (_, start, color) => `${start}${bothOf(named[color] ?? color.toLowerCase())}"`,
  );
}

const named: Readonly<Record<string, string>> = { white: "#ffffff", black: "#000000" };

function channelsOf(color: string): number[] {
  const digits = color.length === 4 ? [...color.slice(1)].map((d) => d + d) : [1, 3, 5]
    .map((at) => color.slice(at, at + 2));
  return digits.map((pair) => linear(parseInt(pair, 16) / 255));
}

const linear = (x: number) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
const gamma = (x: number) => x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055;

function hexByte(x: number): string {
  return Math.round(255 * Math.min(1, Math.max(0, x))).toString(16).padStart(2, "0");
}

function toOklab([r, g, b]: readonly number[]): number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([L, a, b]: readonly number[]): number[] {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map(gamma);
}
