import { alignmentGrid, type AlignmentGridOptions } from "../../figures/mod.ts";
import { median } from "../../numeric/mod.ts";
import { referenceSilence, table14 } from "../alignment_time/published.ts";
import type { Cell } from "./timed.ts";

/** Errors of words in milliseconds and the share of silence by setting: medians over seeds. */
export function settingsGrid(
  cells: readonly Cell[],
  options: Pick<AlignmentGridOptions, "truth" | "of" | "title">,
): SVGSVGElement {
  return alignmentGrid(
    cells.map(({ blankShift, priorScale, tse, silence }) => ({
      blankShift,
      priorScale,
      tse: median(tse),
      silenceRatio: median(silence) / 100,
    })),
    { ...options, unit: "ms", digits: 1, silence: "blank or silence" },
  );
}

/** Table 14 as the paper has it. */
export function table14Grid(): SVGSVGElement {
  return alignmentGrid(
    table14.map(({ blankShift, priorScale, tse, silence }) => ({
      blankShift,
      priorScale,
      tse,
      silenceRatio: silence / 100,
    })),
    {
      truth: referenceSilence / 100,
      of: "The paper's: one model of 10,000 subwords on LibriSpeech.",
      title: "In the paper, both together come to 68.2 ms, one alone to 74.3 ms",
      unit: "ms",
      digits: 1,
      silence: "silence",
    },
  );
}
