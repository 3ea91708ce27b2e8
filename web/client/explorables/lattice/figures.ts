import type { Matrix } from "lib/numeric/mod.ts";
import { drawHeatMap, type HeatMap, type Line, type Theme } from "../heat_map.ts";
import type { Cursor } from "./keys.ts";
import { BLANK, type Scene } from "./scene.ts";
import type { Sums } from "./sums.ts";

/** A table over states and frames that can be looked at. */
export type Table = "logAlpha" | "logBeta" | "occupancy";

/** The posteriors, every one as high as it is likely. */
export function drawPosteriors(
  map: HeatMap,
  { labels, posteriors: { rows: T, cols: K, data } }: Scene,
  theme: Theme,
  cursor?: Cursor,
): void {
  const value = (k: number, t: number) => data[t * K + k];
  const color = (k: number, t: number) =>
    (k === 0 ? theme.blank : theme.label)(0.4 + 0.5 * value(k, t));
  drawHeatMap(map, { names: labels, T, color, height: value, cursor }, theme);
}

/** How the lattice is drawn. */
export interface TableOptions {
  readonly table: Table;
  /** Whether the best path is drawn. */
  readonly best: boolean;
  /** [n][T] states of more paths */
  readonly paths: readonly (readonly number[])[];
}

/** A table over the lattice, and paths through it. */
export function drawTable(
  map: HeatMap,
  { posteriors: { rows: T } }: Scene,
  sums: Sums,
  theme: Theme,
  { table, best, paths }: TableOptions,
): void {
  const { states } = sums, values = sums[table];
  const [low, high] = table === "occupancy" ? [0, 1] : rangeOf(values);
  const color = (s: number, t: number) => {
    const value = values.data[t * states.length + s];
    if (value === -Infinity) return undefined;
    const share = high > low ? (value - low) / (high - low) : 1;
    if (table !== "occupancy") return theme.score(0.1 + 0.9 * share);
    return (states[s] === BLANK ? theme.blank : theme.label)(share);
  };
  const lines = paths.map((rows, n): Line => ({
    rows,
    color: theme.accent,
    width: 1,
    offset: 0.6 * ((n + 0.5) / paths.length - 0.5),
  }));
  if (best && sums.best.length > 0) {
    lines.push({ rows: sums.best, color: theme.accent, width: 2.5 });
  }
  drawHeatMap(map, { names: states, T, color, lines }, theme);
}

/** The gradient: purple where descent raises a label, green where it lowers it. */
export function drawGradient(
  map: HeatMap,
  { labels, posteriors: { rows: T, cols: K } }: Scene,
  { gradient }: Sums,
  theme: Theme,
): void {
  const color = (k: number, t: number) => {
    const value = gradient.data[t * K + k];
    return theme.signed((Math.sign(value) * Math.sqrt(Math.abs(value)) + 1) / 2);
  };
  drawHeatMap(map, { names: labels, T, color }, theme);
}

function rangeOf({ data }: Matrix): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of data) {
    if (value === -Infinity) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
