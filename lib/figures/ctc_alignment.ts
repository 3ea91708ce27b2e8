import * as Plot from "@observablehq/plot";
import { bestPath, greedyDecode } from "../decoding/mod.ts";
import type { Matrix } from "../numeric/mod.ts";
import { inputKey, inputMap, phoneMarks, posteriorKeys, posteriorMap } from "./alignment_parts.ts";
import { palette } from "./palette.ts";
import { type Heading, MARGIN, panels } from "./panels.ts";
import { segments } from "./segments.ts";

/** One sequence, and what a model made of it. */
export interface CtcAlignmentOptions extends Heading {
  /** [T, F] features */
  readonly x: Matrix;
  /** [T, K] log-probabilities, nats; blank first */
  readonly logProbs: Matrix;
  /** [T] the true label of every frame, 0 for silence */
  readonly alignment: Int32Array;
  /** The labels of the sequence, one per phone. */
  readonly target: readonly number[];
}

const WIDTH = 900;
const MARGINS = { top: 8, right: 0, bottom: 36, left: 76 };
const INPUT_ROW = 14;
const POSTERIOR_ROW = 22;

/**
 * A sequence above, the CTC posterior of its every frame below, and the true boundaries of its
 * phones drawn through both. Outlines in the posterior are the frames of each phone, in the row of its label.
 *
 * @example
 * ```ts
 * import { phonemeCorpus } from "lib/corpora/mod.ts";
 * import { ctcAlignment } from "lib/figures/mod.ts";
 * import { matrix, RandomState, sequenceAt } from "lib/numeric/mod.ts";
 *
 * const { x, targets: [target], alignment } = phonemeCorpus(0).batch(new RandomState(17), 1);
 * const T = x.frames.rows;
 * const logProbs = matrix(T, 7, Array(T * 7).fill(-Math.log(7)));
 * ctcAlignment({ x: sequenceAt(x, 0), logProbs, alignment, target });
 * ```
 */
export function ctcAlignment(options: CtcAlignmentOptions): SVGSVGElement {
  const { x, logProbs, alignment, target } = options;
  const { rows: T, cols: F } = x;
  const decoded = greedyDecode(logProbs);
  const blanks = bestPath(logProbs).filter((k) => k === 0).length;
  const right = decoded.join() === target.join();
  const {
    title = right
      ? `CTC finds the phones by itself: short spikes, and blank on ${blanks} of ${T} frames`
      : "CTC has not yet found the phones of this sequence",
    subtitle = `Features above, label probabilities below. Greedy decoding gives ` +
      `${decoded.join(" ") || "nothing"}; the target is ${target.join(" ")}. Dashed: true ` +
      `boundaries, which training never saw. Outlined: the frames of each phone, in the row of its label.`,
  } = options;
  const cellWidth = Math.max(1, Math.floor((WIDTH - MARGINS.left - MARGIN) / T));
  const inputHeight = INPUT_ROW * F;
  const top = 28, gap = 30;
  const posteriorTop = top + inputHeight + gap;
  const posteriorHeight = POSTERIOR_ROW * logProbs.cols;
  const keys = posteriorKeys();
  const keysTop = posteriorTop + posteriorHeight + 48;
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height: keysTop + 40,
    panels: [
      {
        x: 0,
        y: top - MARGINS.top,
        content: inputMap(x, [cellWidth, INPUT_ROW], { ...MARGINS, bottom: 8 }),
      },
      {
        x: 0,
        y: posteriorTop - MARGINS.top,
        content: posteriorMap(logProbs, [cellWidth, POSTERIOR_ROW], MARGINS, [truth(alignment)]),
      },
      {
        x: MARGINS.left,
        y: top,
        content: phoneMarks(alignment, cellWidth, inputHeight + gap + posteriorHeight),
      },
      { x: 282, y: keysTop, content: inputKey() },
      { x: 642, y: keysTop, content: keys.labels },
      { x: WIDTH - MARGIN - 12, y: keysTop, content: keys.blank },
    ],
  });
}

/** Outlines of the cells where the label of a true phone would be right. */
export function truth(alignment: Int32Array): Plot.Markish {
  return Plot.rect(segments(alignment), {
    x1: "start",
    x2: "end",
    y1: "label",
    y2: (d) => d.label + 1,
    stroke: palette.ink,
    strokeWidth: 1.25,
  });
}
