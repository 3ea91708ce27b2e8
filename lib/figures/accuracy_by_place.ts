import * as Plot from "./libraries/plot.ts";
import { palette } from "./palette.ts";
import { type Heading, MARGIN, panels } from "./panels.ts";
import { axisY, plot } from "./plot.ts";

/** How often one listener is right, by the place of the frame inside its phone. */
export interface AccuracyCurve {
  /** Who listens, written where the curve begins; lines are broken at "\n". */
  readonly name: string;
  /** Shares from 0 to 1 at the 1st, 2nd, … frame. */
  readonly start: readonly number[];
  /** Shares at the last frame but n, …, the last but one, the last. */
  readonly end: readonly number[];
}

/** What else to draw. */
export interface AccuracyByPlaceOptions extends Heading {
  /** A level to compare with, such as a guess, and what it is called; defaults to none. */
  reference?: { readonly share: number; readonly name: string };
}

const WIDTH = 900;
const HEIGHT = 330;
const TOP = 34;
const BOTTOM = 52;
const LEFT = 190;
const BREAK = 0.9;
const colors = ["#1f7a70", "#9a5b00"];

/**
 * How often a phone is told from one of its frames, by the frame's place: counted from the phone's
 * start on the left, from its end on the right.
 *
 * @param curves One or two listeners, with equally many places at the start and at the end.
 *
 * @example
 * ```ts
 * import { accuracyByPlace } from "lib/figures/mod.ts";
 *
 * accuracyByPlace([{ name: "one frame alone", start: [0.3, 0.8], end: [1, 0.9] }]);
 * ```
 */
export function accuracyByPlace(
  curves: readonly AccuracyCurve[],
  options: AccuracyByPlaceOptions = {},
): SVGSVGElement {
  const {
    title = "How well one frame tells its phone, by its place in the phone",
    subtitle = "Share of unseen phones named rightly from a single frame.",
    reference,
  } = options;
  const n = curves[0].start.length;
  const endsAt = n + BREAK;
  const points = curves.flatMap(({ name, start, end }, c) => [
    ...start.map((share, i) => ({ part: `${name} start`, c, x: i, share })),
    ...end.map((share, i) => ({ part: `${name} end`, c, x: endsAt + i, share })),
  ]);
  const last = endsAt + n - 1;
  const places = new Map([
    ...Array.from({ length: n }, (_, i) => [i, ordinal(i + 1)] as const),
    ...Array.from(
      { length: n },
      (_, i) => [last - i, i === 0 ? "last" : `${ordinal(i + 1)} last`] as const,
    ),
  ]);
  const textOf = (share: number) => share.toFixed(2);
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height: HEIGHT,
    panels: [{
      x: 0,
      y: 0,
      content: plot({
        width: WIDTH,
        height: HEIGHT,
        marginLeft: 56,
        marginRight: MARGIN,
        marginTop: TOP,
        marginBottom: BOTTOM,
        x: { domain: [-LEFT / 90, last + 0.4], axis: null },
        y: { domain: [0, 1] },
        marks: [
          Plot.frame({ anchor: "bottom", stroke: palette.faint }),
          axisY(null, { tickFormat: ".1f", fontSize: 11, ticks: 6 }),
          Plot.text(["accuracy, share of phones"], {
            frameAnchor: "top-left",
            dx: MARGIN - 56,
            dy: -14,
            lineAnchor: "bottom",
            textAnchor: "start",
            fill: palette.muted,
            fontSize: 11,
          }),
          Plot.axisX([...places.keys()], {
            tickFormat: (x: number) => places.get(x)!,
            tickSize: 4,
            label: "place of the frame in its phone",
            labelAnchor: "center",
            labelArrow: "none",
            labelOffset: 40,
            color: palette.muted,
            fontSize: 11,
          }),
          ...(reference === undefined ? [] : [
            Plot.ruleY([reference.share], {
              x1: -0.3,
              x2: last + 0.4,
              stroke: palette.blank,
              strokeDasharray: "4,4",
            }),
            Plot.text([`${reference.name}, ${textOf(reference.share)}`], {
              x: last + 0.4,
              y: reference.share,
              textAnchor: "end",
              dy: 11,
              fill: palette.muted,
              fontSize: 11,
            }),
          ]),
          Plot.line(points, {
            x: "x",
            y: "share",
            z: "part",
            stroke: ({ c }) => colors[c],
            strokeWidth: 2.5,
          }),
          Plot.dot(points, { x: "x", y: "share", r: 4, fill: ({ c }) => colors[c] }),
          Plot.text(curves, {
            x: 0,
            y: apart(curves.map(({ start }) => start[0]), 16),
            text: ({ start }) => textOf(start[0]),
            dy: 9,
            ...value,
          }),
          Plot.text(curves, {
            x: last,
            y: apart(curves.map(({ end }) => end[n - 1]), 16),
            text: ({ end }) => textOf(end[n - 1]),
            ...value,
          }),
          Plot.text(curves, {
            x: 0,
            y: apart(curves.map(({ start }) => start[0]), 36),
            text: "name",
            dx: -12,
            textAnchor: "end",
            fill: (_, c) => colors[c],
            fontSize: 12,
            fontWeight: 600,
          }),
        ],
      }),
    }],
  });
}

const value = {
  dx: 9,
  textAnchor: "start",
  fill: (_: unknown, c: number) => colors[c],
  fontSize: 11,
  fontWeight: 600,
} as const;

/** The places of labels at these shares, the lower ones first, at least `pixels` from each other. */
function apart(shares: readonly number[], pixels: number): number[] {
  const gap = pixels / (HEIGHT - TOP - BOTTOM);
  const places = [...shares];
  let below = -Infinity;
  for (const c of shares.map((_, c) => c).sort((a, b) => shares[a] - shares[b])) {
    below = places[c] = Math.max(places[c], below + gap);
  }
  return places;
}

/** 1st, 2nd, 3rd, 4th, … */
function ordinal(n: number): string {
  const suffix = n % 100 >= 11 && n % 100 <= 13 ? "th" : ["th", "st", "nd", "rd"][n % 10] ?? "th";
  return `${n}${suffix}`;
}
