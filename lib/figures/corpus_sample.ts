import type { ReferenceBatch } from "../corpora/mod.ts";
import { sequenceAt } from "../numeric/mod.ts";
import { inputKey, inputMap, phoneMarks } from "./alignment_parts.ts";
import { type Heading, MARGIN, type Panel, panels } from "./panels.ts";

/** Which sequences to show. */
export interface CorpusSampleOptions extends Heading {
  /** Places of the sequences in the batch; defaults to the first three. */
  show?: readonly number[];
}

const WIDTH = 900;
const ROW = 15;
const MARGINS = { top: 8, right: 0, bottom: 36, left: 76 };

/**
 * Sequences of a corpus, one above the other on one scale of frames, with the true boundaries and
 * labels of their phones.
 *
 * @param batch Sequences, their targets and the true label of every frame.
 *
 * @example
 * ```ts
 * import { phonemeCorpus } from "lib/corpora/mod.ts";
 * import { corpusSample } from "lib/figures/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 *
 * corpusSample(phonemeCorpus(0).batch(new RandomState(17), 3));
 * ```
 */
export function corpusSample(
  batch: ReferenceBatch,
  options: CorpusSampleOptions = {},
): SVGSVGElement {
  const { x, targets, alignment } = batch;
  const {
    show = targets.slice(0, 3).map((_, b) => b),
    title = "What the network hears: phones in silence, of any length and number",
    subtitle = "Features of every frame. Training sees the labels in order, above each sequence, " +
      "but never where a phone begins or ends (dashed).",
  } = options;
  const longest = Math.max(...show.map((b) => x.offsets[b + 1] - x.offsets[b]));
  const cellWidth = Math.max(1, Math.floor((WIDTH - MARGINS.left - MARGIN) / longest));
  const mapHeight = ROW * x.frames.cols;
  const pitch = mapHeight + 76;
  const drawn = show.flatMap((b, n): Panel[] => {
    const y = 28 + n * pitch;
    const [start, end] = [x.offsets[b], x.offsets[b + 1]];
    return [
      {
        x: 0,
        y: y - MARGINS.top,
        content: inputMap(
          sequenceAt(x, b),
          [cellWidth, ROW],
          MARGINS,
          "frame",
        ),
      },
      {
        x: MARGINS.left,
        y,
        content: phoneMarks(alignment.subarray(start, end), cellWidth, mapHeight),
      },
    ];
  });
  const height = 28 + show.length * pitch;
  const key = { x: WIDTH - MARGIN, y: height - 34, content: inputKey() };
  return panels({ title, subtitle, width: WIDTH, height, panels: [...drawn, key] });
}
