import { part } from "../part.ts";
import type { Table } from "./figures.ts";
import type { Cursor } from "./keys.ts";
import type { Scene } from "./scene.ts";
import type { Sums } from "./sums.ts";

/** Writes what stands above the figures. */
export function writeReadings({ word, posteriors: { rows: T } }: Scene, sums: Sums): void {
  const { loss, paths, needs, greedy } = sums;
  write("probability", loss === Infinity ? "0" : probability(Math.exp(-loss)));
  write("loss", loss === Infinity ? "∞" : loss.toFixed(3));
  write("paths", count(paths));
  write("greedy", greedy);
  write(
    "fit",
    loss === Infinity
      ? `“${word}” does not fit: it needs ${needs} frames and there are ${T}. The loss is infinite, ` +
        `and the gradient zero: such a target teaches nothing, and is counted instead.`
      : "",
  );
}

/** Writes what the cell of the cursor says, in words. */
export function writeReading(
  { labels, posteriors: { cols: K, data } }: Scene,
  { gradient }: Sums,
  { row, t }: Cursor,
): void {
  const p = data[t * K + row], asked = p - gradient.data[t * K + row];
  write(
    "reading",
    `Frame ${t}, ${row === 0 ? "blank" : labels[row]}: the network says ${p.toFixed(2)}, ` +
      `the paths ask for ${asked.toFixed(2)}, the gradient is ${signed(p - asked)}.`,
  );
}

/** Writes how a table over the lattice is read. */
export function writeTableNote(_: Scene, { loss }: Sums, table: Table): void {
  const notes: Record<Table, string> = {
    occupancy:
      "Occupancy: the share of the sum whose paths pass through a state at a frame. Every " +
      "frame's shares add up to 1.",
    logAlpha: "log α: the sum over all ways to come to a state, up to and with a frame.",
    logBeta: "log β: the sum over all ways to go on from a state, from and with a frame.",
  };
  write("table-says", loss === Infinity ? "No path fits: the lattice is empty." : notes[table]);
}

function write(id: string, text: string): void {
  const place = part(id, HTMLElement);
  if (place.textContent !== text) place.textContent = text;
}

function probability(p: number): string {
  return p >= 0.001 ? p.toFixed(3) : p.toExponential(1).replace("-", "−");
}

function signed(value: number): string {
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text.replace("-", "−");
}

/** A count to three digits. */
function count(n: number): string {
  return Number(n.toPrecision(3)).toLocaleString("en");
}
