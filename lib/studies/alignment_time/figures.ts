import { alignmentGrid, alignmentRows } from "../../figures/mod.ts";
import { mean } from "../../numeric/mod.ts";
import { type Results, seeds, SEQUENCES } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = { "alignment-grid": errorsAndBlank, "alignment-rows": oneSequence };

const models = `seeds ${seeds[0]} to ${seeds.at(-1)}`;

/** Error and share of blank with every setting. */
function errorsAndBlank({ cells, silence }: Pick<Results, "cells" | "silence">): SVGSVGElement {
  const means = cells.map(({ blankShift, priorScale, tse, blank }) => ({
    blankShift,
    priorScale,
    tse: mean(tse),
    silenceRatio: mean(blank),
  }));
  return alignmentGrid(means, {
    truth: mean(silence),
    of: `Means over the BLSTMs of ${models}, each on its ${SEQUENCES} held-out sequences.`,
    title: "Shift and prior do the same work: the least errors lie on a diagonal",
  });
}

/** One sequence, aligned with neither, with the best settings, and with the paper's. */
function oneSequence({ sample }: Pick<Results, "sample">): SVGSVGElement {
  return alignmentRows({
    ...sample,
    title: "Without a shift or a prior, phones are peaks",
    subtitle: `One sequence of the BLSTM of seed ${seeds[0]}. Each row names its blank shift and ` +
      "prior scale. Dashed: the true boundaries.",
  });
}
