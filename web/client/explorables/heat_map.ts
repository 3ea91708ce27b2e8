import type { ColorScale } from "lib/figures/palette.ts";

/** A table of coloured cells on a canvas: rows by name down the side, frames to the right. */
export interface HeatMap {
  /** Where it is drawn, and what has the focus of the keyboard. */
  readonly canvas: HTMLCanvasElement;
  /** Height of a row, pixels. */
  readonly rowHeight: number;
}

/** What is drawn. */
export interface HeatMapContent {
  /** What stands left of each row. */
  readonly names: readonly string[];
  /** Frames. */
  readonly T: number;
  /** The colour of a cell; `undefined` where there is nothing. */
  color(row: number, t: number): string | undefined;
  /** From 0 to 1, how much of the height of a cell is coloured, from below; defaults to all. */
  height?(row: number, t: number): number;
  /** Lines through cells, [T] rows, the last on top. */
  readonly lines?: readonly Line[];
  /** The cell that has the focus. */
  readonly cursor?: { readonly row: number; readonly t: number };
}

/** A line from cell to cell, one row a frame. */
export interface Line {
  readonly rows: readonly number[];
  readonly color: string;
  readonly width: number;
  /** Rows by which it is set off, so that lines can be told apart; defaults to 0. */
  readonly offset?: number;
}

/** The colours of the page's theme. */
export interface Theme {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly faint: string;
  readonly accent: string;
  /** Of the models. */
  readonly racers: { readonly blstm: string; readonly lstm: string };
  /** Of a probability. */
  readonly label: ColorScale;
  /** Of the probability of blank. */
  readonly blank: ColorScale;
  /** Of scores. */
  readonly score: ColorScale;
  /** Of a signed value, 0.5 for none. */
  readonly signed: ColorScale;
}

const LEFT = 30;
const BELOW = 24;

/** Draws a table; the canvas takes the width of its place on the page. */
export function drawHeatMap(
  { canvas, rowHeight }: HeatMap,
  { names, T, color, height = () => 1, lines = [], cursor }: HeatMapContent,
  { ink, muted, faint, paper, accent }: Theme,
): void {
  const width = canvas.clientWidth, rows = names.length;
  const context = sized(canvas, width, rows * rowHeight + BELOW);
  const left = (t: number) => Math.round(LEFT + t * (width - LEFT) / T);
  const gap = (width - LEFT) / T >= 8 ? 1 : 0;
  context.fillStyle = paper;
  context.fillRect(LEFT, 0, width - LEFT, rows * rowHeight);
  for (let row = 0; row < rows; row++) {
    for (let t = 0; t < T; t++) {
      const fill = color(row, t);
      if (fill === undefined) continue;
      const tall = height(row, t) * (rowHeight - 1);
      context.fillStyle = fill;
      context.fillRect(left(t), (row + 1) * rowHeight - tall, left(t + 1) - left(t) - gap, tall);
    }
  }
  context.fillStyle = faint;
  for (let row = 0; row <= rows; row++) context.fillRect(LEFT, row * rowHeight, width - LEFT, 1);
  context.font = "13px Inter, system-ui, sans-serif";
  context.fillStyle = ink;
  context.textAlign = "right";
  context.textBaseline = "middle";
  names.forEach((name, row) => context.fillText(name, LEFT - 8, (row + 0.5) * rowHeight));
  context.font = "11px Inter, system-ui, sans-serif";
  context.fillStyle = muted;
  context.textAlign = "center";
  const every = (width - LEFT) / T >= 22 ? 1 : 5;
  for (let t = 0; t < T; t += every) {
    context.fillText(`${t}`, (left(t) + left(t + 1)) / 2, rows * rowHeight + BELOW / 2);
  }
  context.lineJoin = "round";
  for (const line of lines) {
    context.strokeStyle = line.color;
    context.lineWidth = line.width;
    context.beginPath();
    line.rows.forEach((row, t) => {
      const y = (row + 0.5 + (line.offset ?? 0)) * rowHeight;
      context.lineTo((left(t) + left(t + 1)) / 2, y);
    });
    context.stroke();
  }
  if (cursor === undefined) return;
  context.strokeStyle = accent;
  context.lineWidth = 2;
  const x = left(cursor.t), wide = left(cursor.t + 1) - x;
  context.strokeRect(x, cursor.row * rowHeight + 1, wide, rowHeight - 1);
}

/** A place on a canvas in rows and frames. */
export interface Place {
  readonly row: number;
  readonly t: number;
  /** From 0 at the foot of the row to 1 at its head. */
  readonly share: number;
}

/** The cell at a point, the nearest if it is outside. */
export function placeAt(
  { canvas, rowHeight }: HeatMap,
  x: number,
  y: number,
  rows: number,
  T: number,
): Place {
  const inside = (n: number, most: number) => Math.min(most - 1, Math.max(0, Math.floor(n)));
  const row = inside(y / rowHeight, rows);
  return {
    row,
    t: inside((x - LEFT) / ((canvas.clientWidth - LEFT) / T), T),
    share: shareOf(y, row, rowHeight),
  };
}

/** How high a point is in a row, from 0 to 1. */
export function shareOf(y: number, row: number, rowHeight: number): number {
  return Math.min(1, Math.max(0, (row + 1) - y / rowHeight));
}

/** The context of a canvas that has as many pixels as the screen has for it. */
function sized(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const scale = globalThis.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d")!;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
