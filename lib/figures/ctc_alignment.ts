import { bestPath, greedyDecode } from "../decoding/mod.ts";
import { type SequenceData, type SequenceLayout, sequencePanels } from "./alignment_parts.ts";
import { type Heading, panels } from "./panels.ts";

/** One sequence, and what a model made of it. */
export interface CtcAlignmentOptions extends Heading, SequenceData {
  /** The labels of the sequence, one per phone. */
  readonly target: readonly number[];
}

const layout: SequenceLayout = {
  width: 900,
  margins: { top: 8, right: 0, bottom: 36, left: 76 },
  rows: [14, 22],
  gaps: [28, 30, 48],
  keys: [282, 642, 12],
};

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
  const { logProbs, target } = options;
  const decoded = greedyDecode(logProbs);
  const blanks = bestPath(logProbs).filter((k) => k === 0).length;
  const right = decoded.join() === target.join();
  const {
    title = right
      ? `CTC finds the phones by itself: short spikes, and blank on ${blanks} of ${logProbs.rows} frames`
      : "CTC has not yet found the phones of this sequence",
    subtitle = `Features above, label probabilities below. Greedy decoding gives ` +
      `${decoded.join(" ") || "nothing"}; the target is ${target.join(" ")}. Dashed: true ` +
      `boundaries, which training never saw. Outlined: the frames of each phone, in the row of its label.`,
  } = options;
  const { panels: parts, keysTop } = sequencePanels(options, layout);
  return panels({ title, subtitle, width: layout.width, height: keysTop + 40, panels: parts });
}
