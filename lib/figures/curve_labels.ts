/** A curve to be named, in pixels from the top left. */
export interface LabelledCurve {
  readonly name: string;
  readonly points: Line;
  /** Thin lines that belong to the curve, to be kept clear of as well; defaults to none. */
  readonly around?: readonly Line[];
}

/** The points of a line, from left to right. */
type Line = readonly (readonly [x: number, y: number])[];

/** [points, 2] x and y of points on lines, close together. */
type Ink = Float64Array;

/** A rectangle in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where a name goes: the middle of its text. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
}

const CLEAR = 5;
const FAR = 90;
const GRID = 6;

/**
 * Finds a place for the name of every curve: near its own curve, touching none, and far from the
 * others; where everything is crowded, the one that touches least. Of equally good places the
 * leftmost is taken. No name leaves the frame, where the ticks are.
 *
 * @param curves Each with one point or more, from left to right.
 * @param frame Where names may stand.
 * @param fontSize Of the names, in pixels.
 * @returns One place per curve.
 *
 * @example
 * ```ts
 * import { placeLabels } from "lib/figures/curve_labels.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const curves = [{ name: "falling", points: [[0, 10], [100, 90]] as const }];
 * const [{ x, y }] = placeLabels(curves, { left: 0, top: 0, right: 200, bottom: 100 }, 12);
 * assertEquals(x > 0 && x < 200 && y > 0 && y < 100, true);
 * ```
 */
export function placeLabels(
  curves: readonly LabelledCurve[],
  frame: Box,
  fontSize: number,
): LabelPlace[] {
  const lines = curves.map(({ points }) => dense(points));
  const inks = curves.map(({ around = [] }, n) => together([lines[n], ...around.map(dense)]));
  const taken: Box[] = [];
  return curves.map(({ name }, n) => {
    const w = 0.66 * fontSize * name.length / 2, h = fontSize / 2;
    const others = inks.filter((_, m) => m !== n);
    let best: { place: LabelPlace; box: Box; score: number } | undefined;
    for (const [px, py] of thinned(lines[n], 12)) {
      for (const [dx, dy, away] of offsets(w, h)) {
        const place = { x: px + dx, y: py + dy };
        const box = boxAround(place, w, h);
        if (!inside(box, frame) || taken.some((other) => overlap(box, other))) continue;
        const least = best?.score ?? -Infinity;
        if (FAR - 2 * away <= least) continue; // not even with nothing around
        const own = distance(box, inks[n]);
        if (own < CLEAR) continue;
        const free = Math.min(FAR, ...others.map((ink) => distance(box, ink)));
        const score = free - 2 * away;
        if (free >= 2 * own && score > least) {
          best = { place, box, score };
        }
      }
    }
    const place = best?.place ?? crowded(lines[n], together(inks), frame, taken, w, h);
    taken.push(boxAround(place, w, h));
    return place;
  });
}

/**
 * The place in the frame that is clear of every line and near to its own, or as clear as may be; the
 * middle of a frame that is smaller than the name.
 */
function crowded(
  own: Ink,
  all: Ink,
  frame: Box,
  taken: readonly Box[],
  w: number,
  h: number,
): LabelPlace {
  let best = { x: (frame.left + frame.right) / 2, y: (frame.top + frame.bottom) / 2 };
  let most = -Infinity;
  for (let x = frame.left + w; x <= frame.right - w; x += GRID) {
    for (let y = frame.top + h; y <= frame.bottom - h; y += GRID) {
      const box = boxAround({ x, y }, w, h);
      if (taken.some((other) => overlap(box, other))) continue;
      const far = distance(box, own);
      if (FAR ** 2 * CLEAR - far <= most) continue; // not even where it touches nothing
      const score = FAR ** 2 * Math.min(CLEAR, distance(box, all)) - far;
      if (score > most) [best, most] = [{ x, y }, score];
    }
  }
  return best;
}

/** From a point of the curve to the middle of a name beside it, and how far beside. */
function offsets(w: number, h: number): (readonly [dx: number, dy: number, away: number])[] {
  return [0, 8, 16, 24, 32].flatMap((away) => {
    const x = w + CLEAR + 3 + away, y = h + CLEAR + 1 + away;
    const beside = [[x, 0, away], [-x, 0, away]] as const;
    return [...[0, w, -w].flatMap((dx) => [[dx, -y, away], [dx, y, away]] as const), ...beside];
  });
}

/** Points no more than three pixels apart along the curve. */
function dense(points: Line): Ink {
  return Float64Array.from(points.flatMap(([x, y], n) => {
    if (n === 0) return [x, y];
    const [x0, y0] = points[n - 1];
    const steps = Math.max(1, Math.ceil(Math.hypot(x - x0, y - y0) / 3));
    return Array.from({ length: steps }, (_, i) => {
      const share = (i + 1) / steps;
      return [x0 + share * (x - x0), y0 + share * (y - y0)];
    }).flat();
  }));
}

function together(inks: readonly Ink[]): Ink {
  return Float64Array.from(inks.flatMap((ink) => [...ink]));
}

function thinned(ink: Ink, step: number): Line {
  const line: [number, number][] = [];
  let last = -Infinity;
  for (let i = 0; i < ink.length; i += 2) {
    if (ink[i] - last < step) continue;
    last = ink[i];
    line.push([ink[i], ink[i + 1]]);
  }
  return line;
}

function boxAround({ x, y }: LabelPlace, w: number, h: number): Box {
  return { left: x - w, right: x + w, top: y - h, bottom: y + h };
}

function inside(box: Box, frame: Box): boolean {
  return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top &&
    box.bottom <= frame.bottom;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** From a box to the nearest point of a curve. */
function distance({ left, top, right, bottom }: Box, ink: Ink): number {
  let least = Infinity; // squared: a figure asks for some million of these
  for (let i = 0; i < ink.length; i += 2) {
    const x = ink[i], y = ink[i + 1];
    const dx = x < left ? left - x : x > right ? x - right : 0;
    const dy = y < top ? top - y : y > bottom ? y - bottom : 0;
    const squared = dx * dx + dy * dy;
    if (squared < least) least = squared;
  }
  return Math.sqrt(least);
}
