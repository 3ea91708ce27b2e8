import * as Plot from "./libraries/plot.ts";
import { greedyDecode } from "../decoding/mod.ts";
import { type SequenceLayout, sequencePanels } from "./alignment_parts.ts";
import type { CtcAlignmentOptions } from "./ctc_alignment.ts";
import { label } from "./document.ts";
import { palette } from "./palette.ts";
import { MARGIN, panels } from "./panels.ts";
import { curvePlot, type TrainingCurve } from "./training_curves.ts";

/** One moment of a training. */
export interface TrainingFrameOptions extends CtcAlignmentOptions {
  /** Steps taken. */
  readonly iter: number;
  /** The trainings whose phoneme error rate is drawn below. */
  readonly runs: readonly TrainingCurve[];
  /** The last iteration on their axis; defaults to 700. */
  readonly iters?: number;
}

const WIDTH = 820;
const LEFT = 70;
const layout: SequenceLayout = {
  width: WIDTH,
  margins: { top: 8, right: 0, bottom: 34, left: LEFT },
  rows: [11, 18],
  gaps: [26, 26, 44],
  keys: [262, 586, 8],
};

/**
 * One picture of a moving one: a sequence, the posterior of its every frame after `iter` steps, and
 * the phoneme error rate of whole trainings with a mark at that step.
 */
export function trainingFrame(options: TrainingFrameOptions): SVGSVGElement {
  const { logProbs, target, iter, runs, iters = 700 } = options;
  const {
    title = "The alignment that CTC finds while the BLSTM trains",
    subtitle = "Features, label probabilities, and the error rate of both models",
  } = options;
  const decoded = greedyDecode(logProbs);
  const verdict = decoded.join() === target.join() ? "right" : `target ${target.join(" ")}`;
  const { panels: sequence, keysTop } = sequencePanels(options, layout);
  const curvesTop = keysTop + 58;
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
      ...sequence,
      {
        x: LEFT,
        y: curvesTop,
        content: label(0, 0, "Phoneme error rate (PER), errors per label", { "font-weight": 600 }),
      },
      {
        x: 0,
        y: curvesTop + 6,
        content: curvePlot(runs, "per", iters, {
          width: WIDTH,
          height: 142,
          left: LEFT,
          marks: [Plot.ruleX([iter], { stroke: palette.ink, strokeWidth: 1.5 })],
        }),
      },
    ],
  });
}
