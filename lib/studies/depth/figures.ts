import { iterationsToSolveDots, palette } from "../../figures/mod.ts";
import { median } from "../../numeric/mod.ts";
import type { Results } from "./results.ts";
import { corpusNames, corpusTitles, experiment, modelFor, networkNames } from "./sweep.ts";

/** The study's figures, by the names of their files. */
export const figures = { depth: depthDots };

/** When BLSTMs of one, two and three layers and a pyramid solve their corpora. */
function depthDots(results: Results): SVGSVGElement {
  const panels = corpusNames.map((corpus) => ({
    name: corpusTitles[corpus],
    groups: networkNames.map((network) => {
      const { solved } = results[corpus][network];
      const middle = median(solved);
      const { hidden, pyramid } = modelFor(network, corpus);
      return {
        name: `${network.replace(" of 2", "")}\n${hidden} cells`,
        note: middle === Infinity ? "never" : `${middle}`,
        apart: pyramid,
        series: [{ name: "BLSTM", color: palette.blstm, iterations: solved }],
      };
    }),
  }));
  return iterationsToSolveDots(panels, {
    title: "At equal weights, one wide layer learns sooner than two or three narrow ones",
    cap: Math.max(...corpusNames.map((corpus) => experiment("1 layer", corpus, 0).iters)),
    noteName: "median",
  });
}
