import * as Plot from "./libraries/plot.ts";
import type { Signatures } from "../corpora/mod.ts";
import type { Matrix } from "../numeric/mod.ts";
import { label } from "./document.ts";
import { heatMap } from "./heat_map.ts";
import { palette, signalScale } from "./palette.ts";
import { type Heading, panels } from "./panels.ts";
import { ramp } from "./ramp.ts";

const CELL = [58, 24] as const;
const MARGINS = { top: 40, right: 16, bottom: 40, left: 40 };

/**
 * What the phonemes of a corpus sound like: the amplitude of every band at the onset and after it.
 * Phonemes whose onset is in the same band are joined by a line.
 *
 * @param signatures A corpus's signatures.
 *
 * @example
 * ```ts
 * import { phonemeCorpus } from "lib/corpora/mod.ts";
 * import { corpusSignatures } from "lib/figures/mod.ts";
 *
 * corpusSignatures(phonemeCorpus(0).signatures); // the last value of a notebook cell is shown
 * ```
 */
export function corpusSignatures(
  signatures: Signatures,
  options: Heading = {},
): SVGSVGElement {
  const { early, late } = signatures;
  const shared = sharedOnsets(early);
  const apart = new Set(rowsOf(late).map(String)).size === late.rows;
  const {
    title = apart ? "Phonemes that start alike end apart" : "Some phonemes sound alike throughout",
    subtitle = `Amplitude of every mel-like band, per phoneme. ${onsetText(shared)}. ` +
      `The loud band of an onset does not tell them apart; what follows does.`,
  } = options;
  const width = MARGINS.left + CELL[0] * early.rows + MARGINS.right;
  const height = MARGINS.top + CELL[1] * early.cols + MARGINS.bottom;
  const key = ramp({
    color: signalScale,
    title: "amplitude",
    ticks: [[0, "0"], [0.5, "0.55"], [1, "1.1"]],
  });
  return panels({
    title,
    subtitle,
    width: 2 * width + 48,
    height: height + 44,
    panels: [
      { x: 12, y: 0, content: signaturePlot(early, shared) },
      { x: 12 + MARGINS.left, y: 22, content: name("Onset") },
      { x: 24 + width, y: 0, content: signaturePlot(late, []) },
      { x: 24 + width + MARGINS.left, y: 22, content: name("After the onset") },
      { x: 24 + 2 * width - MARGINS.right, y: height + 6, content: key },
    ],
  });
}

function name(text: string): SVGTextElement {
  return label(0, 0, text, { "font-weight": 600 });
}

function signaturePlot(amplitude: Matrix, shared: readonly SharedOnset[]): SVGSVGElement {
  const { rows: K, cols: F, data } = amplitude;
  const joints = shared.flatMap(({ band, phonemes }) =>
    phonemes.map((k) => ({ band, x: k - 0.5, y: F - 1 - band + 0.5 }))
  );
  return heatMap({
    rows: F,
    cols: K,
    color: (row, k) => signalScale(data[k * F + F - 1 - row] / 1.1),
    cell: CELL,
    gap: 1,
    rowLabels: Array.from({ length: F }, (_, row) => String(F - 1 - row)),
    rowTitle: "band",
    margins: MARGINS,
    marks: [
      Plot.line(joints, { x: "x", y: "y", z: "band", stroke: palette.paper, strokeWidth: 2 }),
      Plot.dot(joints, { x: "x", y: "y", r: 5, fill: palette.paper }),
      Plot.axisX(Array.from({ length: K }, (_, k) => k + 0.5), {
        label: "phoneme",
        labelAnchor: "center",
        labelArrow: "none",
        tickSize: 0,
        tickFormat: (x: number) => String(x + 0.5),
        color: palette.muted,
        fontSize: 11,
      }),
    ],
  });
}

interface SharedOnset {
  readonly band: number;
  /** Labels, from 1. */
  readonly phonemes: readonly number[];
}

/** The bands that two or more phonemes have their onset in. */
function sharedOnsets(early: Matrix): SharedOnset[] {
  const loudest = rowsOf(early).map((row) => row.indexOf(Math.max(...row)));
  return [...new Set(loudest)].map((band) => ({
    band,
    phonemes: loudest.flatMap((b, k) => b === band ? [k + 1] : []),
  })).filter(({ phonemes }) => phonemes.length > 1);
}

function onsetText(shared: readonly SharedOnset[]): string {
  const groups = shared.map(({ band, phonemes }) =>
    `${phonemes.slice(0, -1).join(", ")} and ${phonemes.at(-1)} (band ${band})`
  );
  return groups.length === 0
    ? "No two phonemes share their onset"
    : `Joined: onsets that are shared, by phonemes ${groups.join(", and by ")}`;
}

function rowsOf({ data, rows, cols }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, k) => [...data.subarray(k * cols, (k + 1) * cols)]);
}
