import { compareTable, comparisonFigure } from "../synthetic_tables/mod.ts";
import type { Results } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = { "table-10": priorsFigure, "table-13": ratesFigure };

function priorsFigure({ priors }: Pick<Results, "priors">): SVGSVGElement {
  return comparisonFigure(10, compareTable("table-10", priors), {
    title: "At ten frames per letter the average posterior and a weak static prior work",
  });
}

function ratesFigure({ rates }: Pick<Results, "rates">): SVGSVGElement {
  return comparisonFigure(13, compareTable("table-13", rates), {
    title: "At two frames per letter, no prior is needed",
  });
}
