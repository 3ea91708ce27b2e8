import * as Plot from "@observablehq/plot";
import { greedyDecode } from "../decoding/mod.ts";
import { inputKey, inputMap, phoneMarks, posteriorKeys, posteriorMap } from "./alignment_parts.ts";
import { type CtcAlignmentOptions, truth } from "./ctc_alignment.ts";
import { label } from "./document.ts";
import { palette } from "./palette.ts";
import { MARGIN, panels } from "./panels.ts";
import { curvePlot, type CurvesRun } from "./training_curves.ts";

/** One moment of a training. */
export interface TrainingFrameOptions extends CtcAlignmentOptions {
  /** Steps taken. */
  readonly iter: number;
  /** The trainings whose phoneme error rate is drawn below. */
  readonly runs: readonly CurvesRun[];
  /** The last iteration on their axis; defaults to 700. */
  readonly iters?: number;
}

const WIDTH = 820;
const MARGINS = { top: 8, right: 0, bottom: 34, left: 70 };
const INPUT_ROW = 11;
const POSTERIOR_ROW = 18;

/**
 * One picture of a moving one: a sequence, the posterior of its every frame after `iter` steps, and
 * the phoneme error rate of whole trainings with a mark at that step.
 */
export function trainingFrame(options: TrainingFrameOptions): SVGSVGElement {
  const { x, logProbs, alignment, target, iter, runs, iters = 700 } = options;
  const {
    title = "The alignment that CTC finds while the BLSTM trains",
    subtitle = "Features, label probabilities, and the error rate of both models",
  } = options;
  const decoded = greedyDecode(logProbs);
  const verdict = decoded.join() === target.join() ? "right" : `target ${target.join(" ")}`;
  const cellWidth = Math.max(1, Math.floor((WIDTH - MARGINS.left - MARGIN) / x.rows));
  const inputHeight = INPUT_ROW * x.cols, posteriorHeight = POSTERIOR_ROW * logProbs.cols;
  const top = 26, gap = 26;
  const posteriorTop = top + inputHeight + gap;
  const keysTop = posteriorTop + posteriorHeight + 44;
  const curvesTop = keysTop + 58;
  const keys = posteriorKeys();
  const right = { "text-anchor": "end" };
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height: curvesTop + 152,
    panels: [
      {
        x: WIDTH - MARGIN,
        y: -38,
        content: label(0, 0, `iteration ${iter}`, {
          ...right,
          "font-size": 17,
          "font-weight": 600,
          fill: palette.blstm,
        }),
      },
      {
        x: WIDTH - MARGIN,
        y: -16,
        content: label(0, 0, `decoded ${decoded.join(" ") || "nothing"} – ${verdict}`, right),
      },
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
      { x: 262, y: keysTop, content: inputKey() },
      { x: 586, y: keysTop, content: keys.labels },
      { x: WIDTH - MARGIN - 8, y: keysTop, content: keys.blank },
      {
        x: MARGINS.left,
        y: curvesTop,
        content: label(0, 0, "Phoneme error rate (PER), errors per label", { "font-weight": 600 }),
      },
      {
        x: 0,
        y: curvesTop + 6,
        content: curvePlot(runs, "per", iters, {
          width: WIDTH,
          height: 142,
          left: MARGINS.left,
          marks: [Plot.ruleX([iter], { stroke: palette.ink, strokeWidth: 1.5 })],
        }),
      },
    ],
  });
}
