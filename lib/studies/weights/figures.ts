import { weightMatrices } from "../../figures/mod.ts";
import type { Results } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "weight-matrices": ({ params }: Pick<Results, "params">): SVGSVGElement => weightMatrices(params),
};
