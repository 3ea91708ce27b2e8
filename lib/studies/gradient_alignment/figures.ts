import { alignmentRows, gradientMatrix } from "../../figures/mod.ts";
import type { Results } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = { "gradient-matrix": matrixOfOne, "gradient-rows": rowsOfOne };

/** How much every frame of one sequence matters for each of its letters. */
function matrixOfOne({ sample }: Pick<Results, "sample">): SVGSVGElement {
  const { scores, labels, truth, found } = sample;
  return gradientMatrix({
    scores,
    labels,
    truth,
    found,
    title: "The gradient of a letter is largest near the letter, and not small beside it",
    subtitle: "Log softmax over time of the log gradient norm. Outlined: where the label truly " +
      "is; orange: where GradScoreExt finds it.",
  });
}

/** The same sequence, aligned in every way. */
function rowsOfOne({ sample }: Pick<Results, "sample">): SVGSVGElement {
  const { x, labels, truth, rows } = sample;
  return alignmentRows({
    x,
    labels,
    truth,
    rows,
    title: "Forced alignment finds the letters; gradients find their neighbourhood",
  });
}
