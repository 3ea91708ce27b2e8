import { runsOf } from "./moving_frames.ts";

/**
 * The parts of the moving figure that change with the training, and where they stand. The page is
 * built with them, and `web/client/moving_figure.ts` draws them again.
 *
 * @module
 */

/** Pixels of the figure's own grid. */
export const WIDTH = 760, LEFT = 84, CELL = 13, SOUND = 9, soundTop = 30;
const ROW = 21, GAP = 16;

/** The top of the map of probabilities. */
const answersTop = (bands: number) => soundTop + SOUND * bands + GAP;

/** The top of the best path. */
export function pathTop(bands: number, labels: number): number {
  return answersTop(bands) + ROW * labels + GAP;
}

/** The map of probabilities [T, K]: a row for blank and for each label, ink by probability. */
export function answers(probs: Float64Array, labels: number, bands: number): string {
  const top = answersTop(bands), T = probs.length / labels;
  const cells = Array.from(probs, (p, i) => {
    const t = Math.floor(i / labels), k = i % labels;
    return `<rect class="${k === 0 ? "blank" : "label"}" x="${LEFT + CELL * t}" y="${
      top + ROW * k
    }" width="${CELL}" height="${ROW}" fill-opacity="${opacity(p)}"/>`;
  });
  const names = Array.from(
    { length: labels },
    (_, k) =>
      `<text class="small side" x="${LEFT - 10}" y="${top + ROW * k + 15}">${
        k === 0 ? "blank" : k
      }</text>`,
  );
  const frame = `<rect class="frame" x="${LEFT}" y="${top}" width="${CELL * T}" height="${
    ROW * labels
  }"/>`;
  return `<g class="answers" shape-rendering="crispEdges">${cells.join("")}</g>${frame}${
    names.join("")
  }`;
}

/** The ink of a probability, with two decimals. */
export function opacity(p: number): string {
  return String(Math.round(100 * p) / 100);
}

/** The best path frame by frame, and what is left of it: repeats merged, blanks dropped. */
export function readings(probs: Float64Array, labels: number, bands: number): string {
  const top = pathTop(bands, labels);
  const side = (y: number, text: string) =>
    `<text class="small side" x="${LEFT - 10}" y="${y}">${text}</text>`;
  return `<g class="readings">${readingMarks(probs, labels, top)}</g>` +
    side(top + 14, "frames") + side(top + 50, "reads");
}

/** The marks of {@linkcode readings} that change. */
export function readingMarks(probs: Float64Array, labels: number, top: number): string {
  return runsOf(probs, labels).map(({ label, start, end }) => {
    const path = Array.from(
      { length: end - start },
      (_, n) =>
        `<text class="${label === 0 ? "blank" : "path"}" x="${
          LEFT + CELL * (start + n + 0.5)
        }" y="${top + 14}">${label === 0 ? "·" : label}</text>`,
    );
    if (label === 0) return path.join("");
    const [left, right, middle] = [start, end, (start + end) / 2].map((t) => LEFT + CELL * t);
    return path.join("") +
      `<path class="merge" d="M${left},${top + 20}H${right}M${middle},${top + 20}V${
        top + 32
      }"/><text class="read" x="${middle}" y="${top + 51}">${label}</text>`;
  }).join("");
}
